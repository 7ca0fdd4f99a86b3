"""The report in a real browser: what it shows, by mouse, keyboard and to a screen reader."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from browser import chromium, emulate, missing, resize

import cleaner
from cleaner.normalize import printable
from cleaner.review.gather import Entry, gather
from cleaner.review.report import write_report
from cleaner.review.trace import Passage, trace, trace_of_record

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())

ROOT = Path(__file__).resolve().parent.parent
ARTICLE = (
    "date 2020-01-08 A headline of the day\n\nThe bridge was closed on Monday, she said.\n\n"
    "Advertisement\n\nNobody could say when it would be open to traffic again.\n"
)
OWN = len(list(gather([ROOT / "fixtures", ROOT / "seeds"])))
RECORD = cleaner.clean(ARTICLE).to_dict(explain=True)
MANY = 5000
SCRIPT = "<script>window.pwned=1</script>"
IMAGE = "<img src=x onerror='window.pwned=1'>"
HOSTILE = [
    SCRIPT, f"</script>{SCRIPT}", f"--></style></title>{SCRIPT}", IMAGE,
    "javascript:window.pwned=1", "before\u2028after\u2029end", "null\x00byte", "{{script}} ${1}",
    "\u202eright to left\u202c", "עברית ועוד", "x" * 50_000, "&lt;b&gt; &amp;",
    "\ud800 half a pair",
    "__proto__", "constructor",
]  # fmt: skip


def hostile() -> Iterator[Entry]:
    """Documents whose every field is an attack, each by its own name."""
    for text in HOSTILE:
        article = {
            **RECORD, "headline": text, "site": text, "url": "javascript:window.pwned=1",
            "authors": [text], "credits": [text], "standfirst": text, "date": text,
            "language": text, "warnings": [text], "source": {"headline": text, "date": text},
            "body": text,
        }  # fmt: skip
        passages = (
            Passage(text, "body"),
            Passage(text, "removed", "paragraph", 3, text, text),
            Passage(text, "headline"),
        )
        yield Entry(text[:100], replace(trace(ARTICLE), article=article, passages=passages))
        yield Entry(f"record {text[:100]}", trace_of_record({**article, "removed": []}))
        yield Entry(f"broken {text[:100]}", error=text)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Addresses of reports: our own collections, hostile ones, many."""
    folder = tmp_path_factory.mktemp("reports")
    said = "the council met on Monday to talk about the bridge over the river, its mayor said."
    long = "\n\n".join(f"In {n} {said}\n\nAdvertisement" for n in range(350))
    collections = {
        "own": gather([ROOT / "fixtures", ROOT / "seeds"]),
        "hostile": hostile(),
        "many": (
            Entry(f"{n:04}.txt", trace_of_record({**RECORD, "headline": f"Story {n}"}))
            for n in range(MANY)
        ),
        "odd": iter([
            Entry("long.txt", trace(long)),
            Entry("huge.txt", trace("z" * 1_500_000)),
            Entry("record.txt", trace_of_record(RECORD)),
            Entry("broken.txt", error="broken.txt: the file is empty"),
        ]),
        "none": iter([]),
    }  # fmt: skip
    for name, entries in collections.items():
        write_report(entries, folder / f"{name}.html", f"Report {name}")
    return {name: (folder / f"{name}.html").as_uri() for name in collections}


@pytest.fixture(scope="module")
def chrome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with chromium(tmp_path_factory.mktemp("profile")) as driver:
        yield driver


class Report:
    """A report on show, and the hands to work it."""

    def __init__(self, driver: Any, address: str):
        self.driver = driver
        driver.get("about:blank")
        driver.get_log("browser")
        driver.get(address)
        self.until("document.querySelector('main h1') !== null")

    def __call__(self, expression: str) -> Any:
        return self.driver.execute_script(f"return ({expression})")

    def until(self, expression: str) -> None:
        from selenium.webdriver.support.wait import WebDriverWait

        WebDriverWait(self.driver, 30, 0.02).until(lambda _: self(expression), expression)

    def press(self, *keys: str) -> None:
        from selenium.webdriver.common.action_chains import ActionChains

        for key in keys:
            ActionChains(self.driver, duration=0).send_keys(key).perform()

    def click(self, selector: str) -> None:
        self.driver.find_element("css selector", selector).click()

    def text(self, selector: str) -> str:
        return str(self(f"document.querySelector({json.dumps(selector)}).textContent"))

    def show(self, name: str) -> None:
        """Go to the document of that name by searching for it."""
        self.driver.execute_script("document.getElementById('search').value = arguments[0]", name)
        self("document.getElementById('search').dispatchEvent(new Event('input')), true")
        row = f"[...document.querySelectorAll('.row')].find(r => r.title === {json.dumps(name)})"
        self.until(f"{row} !== undefined")
        self(f"{row}.click(), true")
        where = "(document.querySelector('.where') || document.body).textContent"
        self.until(f"{where}.endsWith({json.dumps(name)})")

    def push(self, selector: str, name: str = "") -> None:
        """Push the first button of that title, or of a text that begins so."""
        self(
            f"[...document.querySelectorAll({json.dumps(selector)})].find(b =>"
            f" b.title === {json.dumps(name)} || b.textContent.startsWith({json.dumps(name)}))"
            ".click(), true"
        )

    def push_all(self, selector: str) -> None:
        self(
            f"[...document.querySelectorAll({json.dumps(selector)})].forEach(b => b.click()), true"
        )

    def quiet(self) -> bool:
        """Whether nothing was said on the console: no error, nothing refused by the policy."""
        return self.driver.get_log("browser") == []


@pytest.fixture
def own(chrome: Any, pages: dict[str, str]) -> Iterator[Report]:
    report = Report(chrome, pages["own"])
    yield report
    assert report.quiet()


KEYS = {"down": "\ue015", "up": "\ue013", "end": "\ue010", "home": "\ue011", "escape": "\ue00c",
        "enter": "\ue007", "tab": "\ue004", "right": "\ue014"}  # fmt: skip


# --- the overview --------------------------------------------------------------------------------


def test_the_overview_counts(own: Report) -> None:
    articles = [entry.trace.article for entry in gather([ROOT / "fixtures", ROOT / "seeds"])
                if entry.trace]  # fmt: skip
    figures = own("""Object.fromEntries([...document.querySelectorAll('.figure')].map(f =>
        [f.querySelector('dt').textContent, f.querySelector('dd').textContent]))""")
    removed = [row for article in articles for row in article["removed"]]
    assert figures["documents"] == str(len(articles))
    assert figures["passages removed"] == f"{len(removed):,}"
    assert figures["without a date"] == str(sum(a["date"] is None for a in articles))
    mean = sum(a["confidence"] for a in articles) / len(articles)
    assert float(figures["mean confidence"]) == pytest.approx(mean, abs=0.001)
    bins = own(
        "[...document.querySelectorAll('.histogram button')].map(b => Number(b.textContent))"
    )
    assert len(bins) == 20
    assert sum(bins) == len(articles)
    bars = own("""[...document.querySelectorAll('.card')]
        .find(c => c.textContent.includes('by reason')).querySelectorAll('button').length""")
    assert bars == len({row["reason"] for row in removed})
    least = own("document.querySelector('.least a b').textContent")
    assert least == min(articles, key=lambda a: float(a["confidence"]))["headline"]


def test_filters(own: Report) -> None:
    def found() -> int:
        return int(re.match(r"(\d+) of", own.text("#status"))[1])  # type: ignore[index]

    bar = "[...document.querySelectorAll('.bars button')].find(b => b.title === 'credit')"
    own.push(".bars button", "credit")
    credit = found()
    assert 0 < credit < OWN
    assert own(f"{bar}.getAttribute('aria-pressed')") == "true"
    assert own("document.getElementById('by-reason').value") == "=credit"
    assert own.text("main h1").startswith(f"Overview of {credit}")
    own.push(".bars button", "no-date")
    assert 0 < found() < credit
    for _ in range(2):
        own.click(".chip")
    assert own.text("#status") == f"{OWN} documents"
    bin_ = ".histogram button:not(:disabled)"
    said = int(own.text(bin_))
    own.push(bin_)
    assert found() == said
    assert 0 < said < OWN
    own.click(".chip")
    own("document.getElementById('more').open = true")
    own("document.getElementById('low').value = '0.99', "
        "document.getElementById('low').dispatchEvent(new Event('change')), true")  # fmt: skip
    assert 0 < found() < OWN


def test_search(own: Report) -> None:
    own.press("/")
    assert own("document.activeElement.id") == "search"
    own.press(*"hebrew")
    own.until(f"document.getElementById('status').textContent === '1 of {OWN} documents'")
    for _ in "hebrew":
        own.press("\ue003")
    own.press(*"three hundred novels")
    own.until("document.getElementById('status').textContent.startsWith('0 of')")
    own.click("#in-text")
    own.until(f"/^[1-9]\\d* of {OWN}/.test(document.getElementById('status').textContent)")


def test_sorting(own: Report) -> None:
    own("document.getElementById('more').open = true")
    tops = set()
    for order in ("confidence", "order", "removed", "date", "name"):
        own(f"document.getElementById('sort').value = '{order}', "
            "document.getElementById('sort').dispatchEvent(new Event('change')), true")  # fmt: skip
        tops.add(own("document.querySelector('.row').title"))
    dumps = (ROOT / "fixtures" / "dumps").glob("*.txt")
    assert f"dumps/{min(path.name for path in dumps)}" in tops
    assert len(tops) >= 3


# --- one document --------------------------------------------------------------------------------


def test_source_beside_article(own: Report) -> None:
    own.show("pages/dbc-pause.html")
    article = cleaner.clean_file(ROOT / "fixtures" / "pages" / "dbc-pause.html")
    assert own.text("main h1") == article.headline
    shown = own("[...document.querySelectorAll('.result .passage.body')].map(p => p.textContent)")
    assert shown == article.body.split("\n\n")
    # Each kept passage stands beside itself.
    assert own("""[...document.querySelectorAll('.result .passage.body')].every(after => {
        const before = [...document.querySelectorAll('.source .passage.body')]
            .find(p => p.textContent === after.textContent);
        return before.getBoundingClientRect().top === after.getBoundingClientRect().top
            && before.getBoundingClientRect().right <= after.getBoundingClientRect().left;
    })""")
    own.push_all(".fold")
    removed = own("""[...document.querySelectorAll('.source .removed')].map(p => [
        p.querySelector('del').textContent, p.dataset.reason, p.querySelector('.tag').textContent
    ])""")
    assert [row[:2] for row in removed] == [[r.text, r.reason] for r in article.removed]
    for (_, reason, tag), row in zip(removed, article.removed, strict=True):
        assert tag == f"removed: {reason} {row.rule}"


def test_views(own: Report) -> None:
    own.show("000_c4db7cf247cd57a4.txt")
    visible = """['source', 'result'].map(name =>
        document.querySelector(`.${name} .passage`).getClientRects().length > 0)"""
    views = {"source": [True, False], "article": [False, True], "both": [True, True]}
    for name, expected in views.items():
        own(f"document.querySelector('input[value={name}]').click(), true")
        assert own(visible) == expected


def test_next_and_previous_by_keyboard(own: Report) -> None:
    places = []
    for key in ("j", "j", KEYS["right"], "k"):
        own.press(key)
        own.until(f"document.title !== {json.dumps(places[-1] if places else 'Report own')}")
        own.until("document.activeElement.tagName === 'H1'")
        places.append(own("document.title"))
        assert own("document.querySelector('.row[aria-selected=true]') !== null")
    assert places[3] == places[1]
    assert len(set(places)) == 3
    own.driver.back()
    own.until(f"document.title === {json.dumps(places[2])}")
    own.press(KEYS["escape"])
    own.until("document.querySelector('main h1').textContent === 'Overview'")
    assert own("location.hash") == "#/"


def test_removed_passages_by_keyboard(own: Report) -> None:
    own.show("000_c4db7cf247cd57a4.txt")
    own("document.querySelector('main h1').focus(), true")
    seen = []
    for key in "nnp":
        own.press(key)
        seen.append(own.text(".passage.shown del"))
    assert seen[0] == seen[2] != seen[1]
    own.push(".badge.why", "sponsored")
    assert own("document.querySelector('.passage.shown').dataset.reason") == "sponsored"


def test_the_list_by_keyboard(own: Report) -> None:
    own("document.getElementById('list').focus(), true")
    own.press(KEYS["down"])
    own.until("document.querySelector('.where') !== null")
    assert own("document.activeElement.id") == "list"
    active = """document.getElementById(
        document.getElementById('list').getAttribute('aria-activedescendant'))"""
    assert own(f"{active}.getAttribute('aria-posinset')") == "1"
    own.press(KEYS["end"])
    own.until(f"({active} || document.body).getAttribute('aria-posinset') === '{OWN}'")
    own.until(f"document.querySelector('.where').textContent.startsWith('{OWN} of {OWN}')")
    own.press(KEYS["enter"])
    assert own("document.activeElement.tagName") == "H1"


def test_help(own: Report) -> None:
    own.press("?")
    assert own("document.getElementById('help').open")
    own.press("j")  # is for the help, not for what lies under it
    assert own("location.hash") == ""
    own.press(KEYS["escape"])
    assert not own("document.getElementById('help').open")


# --- what it says to a screen reader -------------------------------------------------------------


@pytest.mark.parametrize("name", ["", "pages/dbc-pause.html"])
def test_everything_has_a_name_and_a_place(own: Report, name: str) -> None:
    if name:
        own.show(name)
    nameless = own("""[...document.querySelectorAll('button, a, input, select')].filter(e =>
        !(e.textContent.trim() || e.getAttribute('aria-label') || (e.labels && e.labels.length)))
        .map(e => e.outerHTML)""")
    assert nameless == []
    landmarks = own("['main', 'nav[aria-label]', 'aside[aria-label]', 'header', '[role=search]',"
                    "'[role=status][aria-live]', '[role=listbox][aria-label]']"
                    ".map(s => document.querySelectorAll(s).length)")  # fmt: skip
    assert landmarks == [1] * 7
    assert own("document.querySelectorAll('h1').length") == 1
    assert own("document.documentElement.lang") == "en"
    sizes = own(
        "[...document.querySelectorAll('[role=option]')].map(o => o.getAttribute('aria-setsize'))"
    )
    assert sizes
    assert len(set(sizes)) == 1


CONTRAST = """(() => {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const over = (colours) => {  // as the screen mixes them, from the bottom up
    canvas.clearRect(0, 0, 1, 1);
    for (const colour of colours) { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); }
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const light = (rgb) => {
    const [r, g, b] = rgb.map(v => v / 255)
      .map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const poor = [];
  for (const element of document.querySelectorAll('body *')) {
    const own = [...element.childNodes].some(n => n.nodeType === 3 && n.data.trim());
    if (!own || !element.getClientRects().length) continue;
    if (element.closest('.unseen, .skip, :disabled, script, style')) continue;
    if (getComputedStyle(element).opacity !== '1') poor.push(`${element.className} is faint`);
    const grounds = [];
    for (let e = element; e; e = e.parentElement) {
      grounds.unshift(getComputedStyle(e).backgroundColor);
    }
    const ground = over(grounds), ink = over([...grounds, getComputedStyle(element).color]);
    const [a, b] = [light(ground), light(ink)].sort((x, y) => y - x);
    const ratio = (a + .05) / (b + .05);
    if (ratio < 4.5) {
      poor.push(`${element.className} ${element.textContent.slice(0, 30)} ${ratio.toFixed(2)}`);
    }
  }
  return poor;
})()"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["", "pages/dbc-pause.html", "000_c4db7cf247cd57a4.txt"])
def test_everything_can_be_read_in_light_and_dark(own: Report, scheme: str, name: str) -> None:
    emulate(own.driver, prefers_color_scheme=scheme)
    try:
        if name:
            own.show(name)
            own.push_all(".fold")
        ground = own("getComputedStyle(document.body).backgroundColor")
        brightness = sum(map(int, re.findall(r"\d+", ground)))
        assert (brightness < 150) == (scheme == "dark")
        assert own(CONTRAST) == []
    finally:
        emulate(own.driver)


# --- hostile documents ---------------------------------------------------------------------------


def test_hostile_documents_show_as_text(chrome: Any, pages: dict[str, str]) -> None:
    report = Report(chrome, pages["hostile"])
    elements = "document.querySelectorAll('img, iframe, main script, main style, [onerror]').length"
    for number in range(3 * len(HOSTILE)):
        report(f"location.hash = '#/document/{number}', true")
        report.until(f"document.querySelector('.row[aria-selected=true]').id === 'row-{number}'"
                     f" && document.querySelector('main').textContent.length > 20")  # fmt: skip
        text = HOSTILE[number // 3]
        expected = printable(text) if number % 3 == 2 else text.replace("\ud800", "?")
        report.until(f"document.querySelector('main').textContent.includes({json.dumps(expected)})")
        assert report(elements) == 0
    links = report("[...document.querySelectorAll('a')].map(a => a.getAttribute('href'))")
    assert {link[0] for link in links} == {"#"}
    assert report("window.pwned") is None
    report("location.hash = '#/', true")
    report.until("document.querySelector('main h1').textContent === 'Overview'")
    assert report(elements) == 0
    assert report("window.pwned") is None
    assert report("document.documentElement.scrollWidth <= innerWidth")
    assert report.quiet()


@pytest.mark.parametrize(
    "attack",
    [
        "const s = document.createElement('script'); s.textContent = 'window.pwned = 1';"
        " document.body.append(s)",
        "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.pwned = 1\">')",
        "document.body.insertAdjacentHTML('beforeend',"
        " '<iframe srcdoc=\"<script>parent.pwned = 1</script>\"></iframe>')",
        "const a = document.createElement('a'); a.href = 'javascript:window.pwned=1';"
        " document.body.append(a); a.click()",
        "fetch('http://127.0.0.1:9/').catch(() => {})",
    ],
)
def test_the_policy_would_stop_what_got_through(
    chrome: Any, pages: dict[str, str], attack: str
) -> None:
    report = Report(chrome, pages["own"])
    chrome.execute_script(attack)
    refused = re.compile("Content Security Policy")
    log: list[str] = []
    for _ in range(100):
        log += [entry["message"] for entry in chrome.get_log("browser")]
        if any(refused.search(message) for message in log):
            break
    assert any(refused.search(message) for message in log), log
    assert report("window.pwned") is None


# --- many, long, unknown -------------------------------------------------------------------------


def test_thousands_of_documents(chrome: Any, pages: dict[str, str]) -> None:
    report = Report(chrome, pages["many"])
    assert report.text("#status") == "5,000 documents"
    assert report("document.querySelectorAll('.row').length") < 50
    report("document.getElementById('list').focus(), true")
    report.press(KEYS["end"])
    report.until("document.querySelector('main h1').textContent === 'Story 4999'")
    report.until("document.querySelector('.row:last-child').title === '4999.txt'")
    assert report("document.querySelectorAll('.row').length") < 50
    assert report("document.getElementsByTagName('*').length") < 2500
    report.show("2718.txt")
    assert report.text("main h1") == "Story 2718"
    assert report.quiet()


def test_long_documents_are_drawn_piece_by_piece(chrome: Any, pages: dict[str, str]) -> None:
    report = Report(chrome, pages["odd"])
    report.show("long.txt")
    count = "document.querySelectorAll('.source .passage').length"
    assert report(count) == 600
    report.push(".longer")
    assert report(count) == 700
    assert report("document.querySelector('.longer')") is None
    report.show("huge.txt")
    assert report.text(".cut").startswith("This document is long: 500,000 characters more")


def test_two_lists_where_the_order_is_not_known(chrome: Any, pages: dict[str, str]) -> None:
    report = Report(chrome, pages["odd"])
    report.show("record.txt")
    assert "two lists" in report.text("main .note")
    assert report("[...document.querySelectorAll('.source del')].map(d => d.textContent)") == [
        "Advertisement"
    ]
    body = report("[...document.querySelectorAll('.result .passage.body')].map(p => p.textContent)")
    assert body == RECORD["body"].split("\n\n")


def test_what_could_not_be_read_is_listed(chrome: Any, pages: dict[str, str]) -> None:
    report = Report(chrome, pages["odd"])
    assert report.text(".errors") == "broken.txt: the file is empty"
    report.show("broken.txt")
    assert report.text("main h1") == "Not read"


def test_no_documents(chrome: Any, pages: dict[str, str]) -> None:
    report = Report(chrome, pages["none"])
    assert report.text("#status") == "0 documents"
    report.press("j", "n", KEYS["down"])
    assert report.text("main h1") == "Overview"
    assert report.quiet()


# --- narrow, and on paper ------------------------------------------------------------------------


def test_on_a_narrow_screen(chrome: Any, pages: dict[str, str]) -> None:
    resize(chrome, 390, 844)
    try:
        report = Report(chrome, pages["own"])
        fits = """document.documentElement.scrollWidth <= innerWidth
            && document.querySelector('main').scrollWidth <= innerWidth"""
        assert report(fits)
        assert report("document.getElementById('side').getClientRects().length") == 0
        report.click("#toggle")
        assert report("document.getElementById('toggle').getAttribute('aria-expanded')") == "true"
        report.click(".row")
        report.until("document.querySelector('.where') !== null")
        assert report(fits)
        assert report("document.getElementById('toggle').getAttribute('aria-expanded')") == "false"
    finally:
        resize(chrome, 1360, 900)


def test_on_paper(own: Report) -> None:
    own.show("pages/dbc-pause.html")
    emulate(own.driver, "print")
    try:
        hidden = """['.bar', '#side', '.views'].map(s =>
            getComputedStyle(document.querySelector(s)).display)"""
        assert own(hidden) == ["none"] * 3
        assert own("getComputedStyle(document.querySelector('main')).overflowY") == "visible"
    finally:
        emulate(own.driver)
    pdf = base64.b64decode(own.driver.execute_cdp_cmd("Page.printToPDF", {})["data"])
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) >= 3  # the whole document, not one screen
