"""Which elements of a web page belong to the site and not to the manual on it.

Told by tag and role, by the vocabulary of class and id names (English, pinyin, Chinese), and by
links that leave little else. What holds a page's main heading, its `main` or `article`, or most
of its words is never taken for furniture because of a name. (Link density after Kohlschütter,
Fankhauser and Nejdl, Boilerplate Detection using Shallow Text Features, WSDM 2010.)
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

_TAGS = re.compile("nav|footer|aside|form|menu|dialog|select|textarea|header")
_ROLES = re.compile(
    "navigation|banner|contentinfo|complementary|search|menu|menubar|toolbar|dialog|alertdialog|"
    "form|tablist"
)
_WHOLE = (
    "nav|navs|navi|menu|crumbs?|side|foot|ft|ad|ads|adv|banner|login|signin|register|signup|share|"
    "social|sns|search|reply|replies|hot|rank|ranking|pager|tags|vip|popup|modal|toast|qrcode|"
    "cookies?|gdpr|byline|daohang|mbx|caidan|dibu|yejiao|banquan|fenxiang|denglu|zhuce|sousuo|"
    "remen|pinglun|liuyan|huifu|guanggao|tuijian|xiangguan|xgyd|xgwz"
)
_BEGINNING = (
    "navbar|navigat|breadcrumb|sidebar|sidenav|footer|copyright|comments|related|recommend|"
    "relate|sponsor|advert|pagina|toolbar|subscri|newsletter|disqus|masthead|topbar|sharebar|"
    "mianbaoxie|xiangguan|tuijian|guanggao"
)
_PAIRS = (
    r"(?:site|page|global|top)[-_]?(?:header|head|bar)|(?:page|prev|post)[-_]?(?:nav|next|prev)|"
    r"(?:post|entry|article)[-_]?(?:meta|info)|(?:may|also|guess)[-_]?(?:you[-_]?)?like|"
    r"cookie[-_]?\w*|comment[-_]?(?:list|box|area|form|section)"
)
_NAME = re.compile(
    rf"(?<![a-z])(?:(?:{_WHOLE}|{_PAIRS})(?![a-z])|(?:{_BEGINNING}))"
    r"|导航|導航|导览|面包屑|麵包屑|评论|評論|留言|相关|相關|推荐|推薦|广告|廣告|底部|页脚|頁腳|"
    r"版权|版權|分享|登录|登入|猜你喜欢"
)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_ROOTS = ("html", "body", "main", "article")

_LINKS = 3  # fewer links make no list of links
_LINKED = 0.5  # share of the characters that stand in links
_BESIDE = 20  # characters a link beside it, as a date or a counter has
_MOST = 0.5  # share of a page's characters


@dataclass(slots=True)
class _Measure:
    """What an element holds: characters, those within links, links, and the page's main parts."""

    characters: int = 0
    linked: int = 0
    links: int = 0
    main: bool = False

    def add(self, other: "_Measure") -> None:
        """Count an inner element too."""
        self.characters += other.characters
        self.linked += other.linked
        self.links += other.links
        self.main |= other.main


def elements(tree: etree._Element) -> frozenset[etree._Element]:
    """The outermost and inner elements of `tree` that are furniture."""
    measures = _measures(tree)
    total = measures[tree].characters
    found = {
        element
        for element, measure in measures.items()
        if element.tag not in _ROOTS
        and not measure.main
        and (_is_links(measure) or (measure.characters <= _MOST * total and _is_named(element)))
    }
    return frozenset(found | set(_orphans(tree, found)))


def _measures(tree: etree._Element) -> dict[etree._Element, _Measure]:
    """Every element's measure, inner elements first."""
    measures: dict[etree._Element, _Measure] = {}
    for _, element in etree.iterwalk(tree, events=("end",)):
        inner = _Measure(_count(element.text), main=element.tag in ("h1", "main", "article"))
        for child in element:
            inner.add(measures[child])
            inner.characters += _count(child.tail)
        if _leaves(element):
            inner.linked, inner.links = inner.characters, 1
        measures[element] = inner
    return measures


def _count(text: str | None) -> int:
    """Characters that are not blank."""
    return len("".join(text.split())) if text else 0


def _leaves(element: etree._Element) -> bool:
    """Whether the element is a link away from the page, or a button."""
    return element.tag == "button" or (
        element.tag == "a" and not element.get("href", "#").startswith("#")
    )


def _is_links(measure: _Measure) -> bool:
    """Whether there is little but links."""
    beside = measure.characters - measure.linked
    return (
        measure.links >= _LINKS
        and measure.linked > _LINKED * measure.characters
        and beside <= _BESIDE * measure.links
    )


def _is_named(element: etree._Element) -> bool:
    """Whether the element's tag, role, class or id says that it is furniture."""
    if _TAGS.fullmatch(element.tag) or _ROLES.fullmatch(element.get("role", "")):
        return not (element.tag == "header" and _within_article(element))
    if element.get("title", "") in ("header", "footer"):  # as LibreOffice names a page's margins
        return True
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return bool(_NAME.search(_CAMEL.sub("-", names).lower()))


def _within_article(element: etree._Element) -> bool:
    """Whether a header is that of an article or section and not of the site."""
    return any(above.tag in ("article", "section", "main") for above in element.iterancestors())


def _orphans(tree: etree._Element, found: set[etree._Element]) -> Iterator[etree._Element]:
    """Headings below which there is only furniture, as over a list of related pages."""
    for heading in tree.iter(*_HEADINGS):
        following = []
        for sibling in heading.itersiblings():
            if sibling.tag in _HEADINGS:
                break
            following.append(sibling)
        words = [heading.tail, *(sibling.tail for sibling in following)]
        if following and not any(map(_count, words)) and found.issuperset(following):
            yield heading
