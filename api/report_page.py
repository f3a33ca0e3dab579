"""The cleaning report as a page: what a document lost, what changed in it, what is damaged.

It is made here, so that `kb report --html` can write the same page into a file that stands alone,
styles and script with it: a table over several documents is sorted by any of its figures.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from typing import Literal

from kb.rendering import render
from kb.report import AROUND, Change, CleaningReport, Damage, Place, Quality

Tongue = Literal["en", "zh-Hans", "zh-Hant"]

STATIC = Path(__file__).parent / "static"
STYLES = ("style.css", "report.css")

_WORDS = {
    "report": ("Cleaning report", "清理报告"),
    "back": ("Back", "返回"),
    "source": ("Source file", "源文件"),
    "document": ("Document", "文档"),
    "read as": ("Read as", "读取方式"),
    "sure": ("sure to {}", "把握 {}"),
    "raw_characters": ("characters as read", "读入字数"),
    "characters": ("characters after cleaning", "清理后字数"),
    "changed": ("changed", "改动"),
    "dropped": ("dropped", "删去"),
    "marked": ("damaged and left", "损坏而保留"),
    "recognised": ("read by OCR", "由图片识别"),
    "doubtful": ("edits to look at", "需要过目的改动"),
    "sections": ("sections", "章节"),
    "passages": ("passages", "段落"),
    "deadlines": ("deadlines", "时限"),
    "scripts": ("scripts", "话术"),
    "cut_off": ("cut off", "中断"),
    "yes": ("yes", "是"),
    "no": ("no", "否"),
    "damage": ("Damaged and left as it is", "损坏而保留原样"),
    "furniture": ("Dropped: not the manual", "删去：不属于手册"),
    "changes": ("Repaired, rule by rule", "逐条规则的修复"),
    "nothing": ("Nothing.", "无。"),
    "place": ("characters {}–{} of the source", "源文第 {}–{} 字"),
    "page": ("page {}", "第 {} 页"),
    "value_missing": ("a number is lost", "缺了数字"),
    "damaged": ("damaged", "损坏"),
    "columns": ("columns ran into one another", "分栏混在一起"),
}
"""Each in English and in Simplified Chinese; Traditional is rendered from it."""


def linked_styles() -> str:
    """The styles for a page that this server sends."""
    return "".join(f'<link rel="stylesheet" href="/static/{name}">' for name in STYLES)


def embedded_styles() -> str:
    """The styles for a page that stands alone in a file."""
    return f"<style>{''.join((STATIC / name).read_text('utf8') for name in STYLES)}</style>"


def tongue(accepted: str) -> Tongue:
    """The language of the page for a browser's Accept-Language header."""
    first = accepted.partition(",")[0].partition(";")[0].strip().lower()
    if not first.startswith("zh"):
        return "en"
    return "zh-Hant" if first.endswith(("-tw", "-hk", "-mo", "-hant")) else "zh-Hans"


def report_page(
    reports: Sequence[CleaningReport], styles: str, language: Tongue = "en", back: str = ""
) -> str:
    """Return the page of one report or of several, the latter with a table over them all.

    `styles` is markup for its head, `back` the address of the document that it is about.
    """
    title = escape(reports[0].title if len(reports) == 1 else _say("report", language))
    link = f'<a class="button" href="{escape(back)}">← {_say("back", language)}</a>' if back else ""
    table = _table(reports, language) if len(reports) > 1 else ""
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{title} – {_say('report', language)}</title>{styles}</head>\n"
        f'<body><header class="bar"><div class="column">{link}<div class="heading">'
        f"<h1>{title}</h1></div></div></header>\n"
        f'<main class="column cleaning">{table}'
        f"{''.join(_document(report, language) for report in reports)}</main></body></html>\n"
    )


def _say(key: str, language: Tongue) -> str:
    english, simplified = _WORDS.get(key, (key, key))
    if language == "en":
        return english
    return render(simplified, "hant" if language == "zh-Hant" else "hans")


_SHARES = ("changed", "dropped", "marked", "recognised")
_COUNTS = ("doubtful", "sections", "passages", "deadlines", "scripts")


def _table(reports: Sequence[CleaningReport], language: Tongue) -> str:
    names = ("document", *_SHARES, *_COUNTS, "cut_off")
    head = "".join(
        f'<th><button type="button">{_say(name, language)}</button></th>' for name in names
    )
    rows = "".join(
        f'<tr><td data-value="{escape(each.title)}">'
        f'<a href="#{escape(each.document_id)}">{escape(each.title)}</a></td>'
        + "".join(
            f'<td data-value="{value:g}">{cell}</td>'
            for value, cell in zip(
                _values(each.quality), _cells(each.quality, language), strict=True
            )
        )
        + "</tr>"
        for each in reports
    )
    script = (STATIC / "report.js").read_text("utf8")
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    return f'<div class="wide">{table}</div><script type="module">{script}</script>'


def _values(quality: Quality) -> list[float]:
    """The figures by which a table is sorted, in the order of its columns."""
    return [getattr(quality, name) for name in (*_SHARES, *_COUNTS, "cut_off")]


def _cells(quality: Quality, language: Tongue) -> list[str]:
    values = _values(quality)
    shares, counts = values[: len(_SHARES)], values[len(_SHARES) : -1]
    ends = _say("yes" if quality.cut_off else "no", language)
    return [*(f"{share:.1%}" for share in shares), *(f"{count:,}" for count in counts), ends]


def _document(report: CleaningReport, language: Tongue) -> str:
    name = f"{escape(report.source.path)} · {escape(report.version)}"
    return (
        f'<section id="{escape(report.document_id)}"><h2>{escape(report.title)}</h2>'
        f'<p class="place">{name}</p>{_reading(report, language)}'
        f"{_figures(report.quality, language)}"
        f"{_block('damage', [_damage(each, language) for each in report.damages], language)}"
        f"{_block('furniture', [_change(each, language) for each in report.dropped], language)}"
        f"{_repairs(report.changes, language)}</section>\n"
    )


def _reading(report: CleaningReport, language: Tongue) -> str:
    sure = _say("sure", language).format(f"{report.certainty:.0%}")
    notes = "".join(f"<li>{escape(note)}</li>" for note in report.notes)
    return (
        f"<p>{_say('read as', language)} <b>{escape(report.encoding)}</b>, {sure}</p>"
        f"{f'<ul>{notes}</ul>' if notes else ''}"
    )


def _figures(quality: Quality, language: Tongue) -> str:
    names = ("raw_characters", "characters", *_SHARES, *_COUNTS, "cut_off")
    sizes = [f"{quality.raw_characters:,}", f"{quality.characters:,}"]
    pairs = zip(names, [*sizes, *_cells(quality, language)], strict=True)
    told = "".join(
        f"<div><dt>{_say(name, language)}</dt><dd>{cell}</dd></div>" for name, cell in pairs
    )
    return f'<dl class="figures">{told}</dl>'


def _repairs(changes: Iterable[Change], language: Tongue) -> str:
    """A fold for each rule, the rarest first: what is rare is what an editor has to look at."""
    by_rule: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        by_rule[change.rule].append(change)
    folds = [
        f"<details><summary><code>{escape(rule)}</code> {len(made):,}</summary>"
        f"<ul>{''.join(_change(each, language) for each in made)}</ul></details>"
        for rule, made in sorted(by_rule.items(), key=lambda pair: len(pair[1]))
    ]
    told = "".join(folds) or f"<p>{_say('nothing', language)}</p>"
    return f"<h3>{_say('changes', language)}</h3>{told}"


def _block(name: str, entries: Sequence[str], language: Tongue) -> str:
    told = f"<ul>{''.join(entries)}</ul>" if entries else f"<p>{_say('nothing', language)}</p>"
    return f"<h3>{_say(name, language)} ({len(entries):,})</h3>{told}"


def _change(change: Change, language: Tongue) -> str:
    before = f"<del>{_visible(change.before)}</del>" if change.before else ""
    after = f"<ins>{_visible(change.after)}</ins>" if change.after else ""
    told = f"{change.certainty:.0%} · {_where(change.place, language)}"
    return _entry(change.place, before + after, told)


def _damage(damage: Damage, language: Tongue) -> str:
    told = f"{escape(_say(damage.kind, language))} · {_where(damage.place, language)}"
    return _entry(damage.place, f'<mark class="damage">{_visible(damage.words)}</mark>', told)


def _entry(place: Place, words: str, told: str) -> str:
    before = "…" if len(place.lead) == AROUND else ""
    behind = "…" if len(place.tail) == AROUND else ""
    line = f"{before}{escape(place.lead)}{words}{escape(place.tail)}{behind}"
    return f'<li><span class="line">{line}</span> <span class="place">{told}</span></li>\n'


def _where(place: Place, language: Tongue) -> str:
    pages = [_say("page", language).format(number) for number in place.pages]
    return " · ".join([*pages, _say("place", language).format(*place.source_span)])


def _visible(words: str) -> str:
    """Words as markup, with a sign for every blank and line end that would not be seen."""
    if words.strip():
        return escape(words)
    return escape(words.replace(" ", "␣").replace("\n", "↵"))
