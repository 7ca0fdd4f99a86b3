"""Make the pictures of docs/ from the seeds and fixtures: `python docs/make_screenshots.py`.

Needs the extra `browser` and Debian's chromium and chromium-driver.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

from cleaner.review.explain import explain
from cleaner.review.gather import gather
from cleaner.review.report import write_report
from cleaner.review.trace import trace_file

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
SEED = "seeds/000_c4db7cf247cd57a4.txt"
LINES = 36

sys.path.insert(0, str(ROOT / "tests"))
from browser import chromium, emulate, resize  # noqa: E402  (where the tests have it)

FIND = "return [...document.querySelectorAll('.row')].find(r => r.title === arguments[0]).click()"


def terminal() -> str:
    """Return the HTML of a terminal that shows a seed explained."""
    os.environ.update(COLUMNS="104", FORCE_COLOR="1", TERM="xterm-256color")
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        shown = explain(trace_file(ROOT / SEED), SEED, nowhere)
        console = Console(record=True, file=nowhere, width=104)
        lines = [f"$ cleaner explain {SEED}", *shown.splitlines()[:LINES]]
        console.print(Text.from_ansi("\n".join(lines)))
    page = console.export_html(inline_styles=True)
    style = "body{margin:0;padding:18px 22px;background:#fff}pre{font-size:13px;line-height:1.35}"
    return re.sub("</head>", f"<style>{style}</style></head>", page, count=1)


def main() -> None:
    """Write all pictures."""
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.html"
        write_report(
            gather([ROOT / "fixtures", ROOT / "seeds"]), report, "cleaner: fixtures and seeds"
        )
        (Path(folder) / "terminal.html").write_text(terminal(), encoding="utf-8")
        with chromium(Path(folder) / "profile", 900, 720) as driver:
            driver.implicitly_wait(10)
            driver.get((Path(folder) / "terminal.html").as_uri())
            driver.save_screenshot(str(IMAGES / "explain.png"))
            resize(driver, 1180, 730)
            driver.get(report.as_uri())
            driver.find_element("css selector", ".figure")
            driver.save_screenshot(str(IMAGES / "report-overview.png"))
            emulate(driver, prefers_color_scheme="dark")
            driver.execute_script("document.getElementById('list').scrollTop = 1e6")  # the seed is
            driver.find_element("css selector", f".row[title='{Path(SEED).name}']")  # a sure one
            driver.execute_script(FIND, Path(SEED).name)
            driver.find_element("css selector", ".pair")
            driver.save_screenshot(str(IMAGES / "report-document.png"))
    for path in sorted(IMAGES.glob("*.png")):
        print(path.relative_to(ROOT), path.stat().st_size)


if __name__ == "__main__":
    main()
