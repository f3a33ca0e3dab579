"""The pages in a real browser, without a mouse."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

from tests.api.server import serving

CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SLOW = 30_000
"""Milliseconds that a busy machine may take."""

pytestmark = pytest.mark.skipif(
    CHROMIUM is None and os.environ.get("CI") != "true",
    reason="no browser: install Debian's package chromium to run the tests of the pages",
)


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    """A server over the little library."""
    with serving(home) as address:
        with urlopen(f"{address}/readyz", timeout=SLOW * 6 / 1000) as ready:
            assert ready.status == 200
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    assert CHROMIUM, "chromium is missing: .ci/run installs it"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The search page of a reader in Taiwan, or of a test's own locale; it must log no error."""
    locale = getattr(request, "param", "zh-TW")
    context = browser.new_context(locale=locale, base_url=address)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    context.set_default_timeout(SLOW)
    expect.set_options(timeout=SLOW)
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda told: wrong.append(told.text) if told.type == "error" else None)
    page.goto("/")
    yield page
    context.close()
    assert wrong == []


def ask(page: Page, question: str) -> None:
    """Type a question and press Enter; the first result has the focus afterwards."""
    page.keyboard.press("Control+k")
    page.keyboard.type(question)
    page.keyboard.press("Enter")
    expect(page.locator(".result").first).to_be_focused()


def test_a_question_leads_to_the_marked_words_without_a_mouse(page: Page) -> None:
    """Traditional question, Simplified passage, Enter, the cited words marked and in view."""
    page.check("input[value=original]")
    ask(page, "客人投訴後幾天內要答覆")
    first = page.locator(".result").first
    expect(first.locator(".text")).to_contain_text("值班经理须在3个工作日内答复")
    expect(first.locator(".place")).to_contain_text("第二章 投诉")
    page.keyboard.press("Enter")
    mark = page.locator("#mark")
    expect(mark).to_be_in_viewport()
    marked = "".join(page.locator("mark").all_inner_texts())
    assert "值班经理须在3个工作日内答复" in marked
    expect(page.locator("#place")).to_contain_text("第二章 投诉")


def test_the_passage_comes_in_the_readers_script(page: Page) -> None:
    """A browser set to Traditional Chinese shows Traditional words, on the page and in it."""
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hant")
    ask(page, "客人投訴後幾天內要答覆")
    expect(page.locator(".result .text").first).to_contain_text("值班經理須在3個工作日")
    expect(page.locator(".deadline").first).to_contain_text("3個工作日")
    page.check("input[value=hans]")
    expect(page.locator(".result .text").first).to_contain_text("值班经理须在3个工作日")


def test_results_come_while_typing(page: Page) -> None:
    """No Enter is needed: the answer comes after a pause, and stays."""
    page.locator("#query").press_sequentially("信用卡丟了怎麼辦", delay=30)
    expect(page.locator(".result .text").first).to_contain_text("持卡人")
    expect(page.locator("#query")).to_be_focused()


def test_a_late_answer_does_not_replace_the_latest(page: Page) -> None:
    """The first question is held back until the second one is answered."""
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        held.append(route) if "退貨" in (route.request.post_data or "") else route.continue_()

    page.route("**/v1/search", hold_the_first)
    with page.expect_request("**/v1/search"):
        page.fill("#query", "退貨")
    page.fill("#query", "信用卡丟了怎麼辦")
    expect(page.locator(".result .text").first).to_contain_text("持卡人")
    held[0].abort()
    page.wait_for_timeout(300)
    expect(page.locator(".result .text").first).to_contain_text("持卡人")


@pytest.mark.parametrize("page", ["zh-CN"], indirect=True)
def test_a_forbidden_sentence_is_never_offered_to_copy(page: Page) -> None:
    """It is labelled wherever it stands; only the right words have a button."""
    ask(page, "客人等太久该怎么说")
    first = page.locator(".result").first
    expect(first.locator(".never")).to_have_text("绝不要说：您等着吧。")
    expect(first.locator(".never button")).to_have_count(0)
    expect(first.locator(".say")).to_contain_text("非常抱歉让您久等了")
    page.keyboard.press("c")
    expect(page.locator("#status")).to_have_text("话术已复制")
    spoken = page.evaluate("navigator.clipboard.readText()")
    assert spoken == "非常抱歉让您久等了，我马上为您查询。"
    page.keyboard.press("Shift+C")
    expect(page.locator("#status")).to_have_text("已连同出处复制")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "【绝不要说：您等着吧。】" in copied
    assert "前台服务手册 › 第一章 电话" in copied
    assert "/documents/" in copied


def test_the_keys_move_clear_and_come_back(page: Page) -> None:
    """j and k, the arrows, Escape; the way back from the source finds the same result."""
    ask(page, "客人")
    page.keyboard.press("j")
    expect(page.locator(".result").nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#mark")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(page.locator(".result").nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator(".result").first).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator("#query")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("/")
    expect(page.locator("#query")).to_be_focused()
    expect(page.locator("#query")).to_have_value("客人")
    page.keyboard.press("Escape")
    expect(page.locator(".result")).to_have_count(0)
    expect(page.locator("#query")).to_have_value("")


@pytest.mark.parametrize("page", ["en-US"], indirect=True)
def test_what_the_handbook_does_not_say_is_said_to_be_missing(page: Page) -> None:
    """In the reader's language, with the nearest passages marked as such."""
    ask(page, "how do I grow tomatoes")
    expect(page.locator("#notice")).to_contain_text("Not in the handbook.")
    expect(page.locator("#results")).to_have_class("results nearest")
    expect(page.locator(".near").first).to_have_text("nearest passage, not an answer")
    expect(page.locator(".answer, .deadline, .say")).to_have_count(0)


@pytest.mark.parametrize("page", ["en-US"], indirect=True)
def test_a_lost_number_is_told_though_nothing_is_answered(page: Page) -> None:
    """The nearest passage has the limit that is asked for, but its source has lost the number."""
    said = page.evaluate("""async () => {
        const { showNearest } = await import("/static/results.js");
        const deadline = { value: null, unit: "year", comparator: "at_least", quote: "",
            span: [0, 4], iso8601: null, business_days: false, recurrence: null, actor: "",
            trigger: "" };
        const shown = (value_missing, intent) => showNearest({
            text: "保存 年。", kinds: [], marks: [], highlights: [], scripts: [], columns: "",
            citation: { title: "手册", heading_path: [], page: null, url: "/", span: [0, 5] },
            answer: { deadlines: [{ ...deadline, value_missing }] },
        }, intent).querySelector(".deadlines")?.textContent ?? "";
        return [shown(true, "deadline"), shown(false, "deadline"), shown(true, "rule")];
    }""")
    assert "the source has lost the number" in said[0]
    assert said[1:] == ["", ""]


@pytest.mark.parametrize("page", ["en-US"], indirect=True)
def test_the_answer_stands_out_with_its_limit(page: Page) -> None:
    """The sentence is marked in its passage, the limit typed in the reader's words."""
    ask(page, "客人投诉后几天内要答复")
    first = page.locator(".result").first
    answer = "".join(first.locator(".answer").all_inner_texts())
    assert answer == "2.1 接到客人投诉后，值班经理须在3个工作日内答复。"
    expect(first.locator(".deadline strong")).to_have_text("within 3 working days")
    expect(first.locator(".deadline")).to_contain_text("who: 值班经理")


@pytest.mark.parametrize(
    ("page", "limits"),
    [
        (
            "en-US",
            [
                "every Friday",
                "2 times every month",
                "every quarter",
                "within 1 hour",
                "day 3",
                "before day 5",
                "by day 7",
                "at most 2 times",
            ],
        ),
        (
            "zh-CN",
            [
                "每周五",
                "每个月2次",
                "每个季度",
                "1小时内",
                "第3天",
                "第5天前",
                "第7天内",
                "最多2次",
            ],
        ),
    ],
    indirect=["page"],
)
def test_a_limit_says_how_often_it_comes_back_and_which_day_it_is(
    page: Page, limits: list[str]
) -> None:
    """The same limits in two languages, worded by the page's own script."""
    said = page.evaluate("""async () => {
        const { inWords } = await import("/static/deadline.js");
        const limit = (value, unit, comparator, recurrence, quote) =>
            inWords({ value, unit, comparator, recurrence, quote, value_missing: false });
        return [
            limit(5, "weekday", "at", "R/P1W"),
            limit(2, "time", "every", "R/P1M"),
            limit(1, "quarter", "every", "R/P3M"),
            limit(1, "hour", "within", null),
            limit(3, "day", "at", null, "第3天"),
            limit(5, "day", "before", null, "第5天前"),
            limit(7, "day", "within", null, "不迟于第7天"),
            limit(2, "time", "within", null),
        ];
    }""")
    assert said == limits


@pytest.mark.parametrize("page", ["zh-CN"], indirect=True)
def test_mistyped_words_are_told_and_can_be_searched_as_they_are(page: Page) -> None:
    """What was searched instead is on the page; one click takes the words as typed."""
    ask(page, "kehu投诉后几天内要答复")
    expect(page.locator("#meant")).to_contain_text("客户投诉后几天内要答复")
    with page.expect_request("**/v1/search") as asked:
        page.locator("#meant button").click()
    assert asked.value.post_data_json["exact"] is True
    expect(page.locator("#meant")).to_be_hidden()


def test_passages_are_suggested_while_the_question_is_typed(page: Page) -> None:
    """They come before the answer, and give way to it."""
    held: list[Route] = []
    page.route("**/v1/search", lambda route: held.append(route))
    page.locator("#query").press_sequentially("無條件退貨", delay=20)
    expect(page.locator(".suggestion").first).to_contain_text("無條件退貨")
    expect(page.locator("#results")).to_have_class("results suggested")
    page.unroute("**/v1/search")
    page.keyboard.press("Enter")
    expect(page.locator(".result").first).to_be_focused()
    expect(page.locator(".suggestion")).to_have_count(0)


def test_a_slow_suggestion_is_shown_while_the_answer_is_awaited(page: Page) -> None:
    """The question is asked before its suggestion is back; neither takes the other's place."""
    held: list[Route] = []
    late: list[Route] = []
    page.route("**/v1/search", lambda route: held.append(route))
    page.route("**/v1/suggest*", lambda route: late.append(route))
    with page.expect_request("**/v1/search"):
        page.fill("#query", "無條件退貨")
    late[-1].continue_()
    expect(page.locator(".suggestion").first).to_contain_text("無條件退貨")
    held[-1].continue_()
    expect(page.locator(".result .text").first).to_contain_text("無條件退貨")
    expect(page.locator(".suggestion")).to_have_count(0)


def test_a_late_suggestion_does_not_replace_the_answer(page: Page) -> None:
    """It is held back until the question is answered."""
    held: list[Route] = []
    page.route("**/v1/suggest*", lambda route: held.append(route))
    page.fill("#query", "信用卡丟了怎麼辦")
    expect(page.locator(".result .text").first).to_contain_text("持卡人")
    for route in held:
        route.abort()
    page.wait_for_timeout(300)
    expect(page.locator(".result .text").first).to_contain_text("持卡人")


@pytest.mark.parametrize("page", ["en-US"], indirect=True)
def test_markup_in_a_manual_is_shown_and_not_run(page: Page) -> None:
    """A hostile question is text as well."""
    ask(page, "lost parcel <img src=x onerror=alert(1)>")
    expect(page.locator(".result .text").first).to_contain_text("within ten days")
    expect(page.locator(".result img")).to_have_count(0)
    expect(page).to_have_title("Handbook")


def test_repairs_and_damage_are_told_in_the_viewer(page: Page, ids: dict[str, str]) -> None:
    """The title of a mark says what was there, or what is lost."""
    page.goto(f"/documents/{ids['shop.txt']}")
    page.check("#edited")
    expect(page.locator(".edit").first).to_have_attribute(
        "title", "bracketed_pinyin：刪去「(xùn)」"
    )
    page.goto(f"/documents/{ids['hotel.txt']}")
    expect(page.locator("#text .damage")).to_have_attribute("title", "原文此處缺了數字。")


def test_an_unknown_document_is_told_in_the_viewer(browser: Browser, address: str) -> None:
    """With the service's own words."""
    page = browser.new_page(base_url=address)
    page.goto("/documents/none")
    expect(page.locator("#notice")).to_contain_text("document 'none' is not in generation")
    page.close()


def test_the_pages_fit_a_narrow_screen(page: Page) -> None:
    """360 pixels, nothing to scroll sideways."""
    page.set_viewport_size({"width": 360, "height": 740})
    ask(page, "客人等太久該怎麼說")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.keyboard.press("Enter")
    expect(page.locator("#mark")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_the_reference_is_drawn_from_the_description(page: Page) -> None:
    """Every operation is on it."""
    page.goto("/docs")
    expect(page.locator(".operation")).to_have_count(11)
    expect(page.locator("#operations")).to_contain_text("POST /v1/search")


def test_the_report_on_all_documents_is_sorted_by_its_figures(
    browser: Browser, home: Path, tmp_path: Path
) -> None:
    """By the keyboard as well; the highest first, then the lowest, the page being a mere file."""
    runner = [sys.executable, "-c", "from api.cli import main; main()"]
    command = [*runner, "--home", str(home), "report", "--html", str(tmp_path / "report.html")]
    subprocess.run(command, check=True, capture_output=True, timeout=SLOW / 100)
    page = browser.new_page()
    page.goto((tmp_path / "report.html").as_uri())
    cells = page.locator(".cleaning tbody td:nth-child(8)")
    page.get_by_role("button", name="passages").press("Enter")
    down = [int(text) for text in cells.all_inner_texts()]
    page.get_by_role("button", name="passages").press("Enter")
    up = [int(text) for text in cells.all_inner_texts()]
    page.close()
    assert down == sorted(down, reverse=True)
    assert up == down[::-1] != down
