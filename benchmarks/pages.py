"""Measure a folder of reviewers' pages in a browser: what is cut or split, how long pages are, on screens and on paper.

    python benchmarks/pages.py build/site/2024-S1 [--pages index,03-telecom]

Prints one line for each page; nothing is judged here.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from site_probes import (
    CHROMIUM,
    CUT,
    FLAGS,
    SCREEN,
    SHEET,
    SIDEWAYS,
    SPLIT,
    WIDTHS,
    filled,
    on_paper,
    screens,
    split_on_paper,
)


def measured(browser, file):
    """Return what there is to say about a page: by width (cut, split, screens), and on paper."""
    found = {}
    for width in WIDTHS:
        page = browser.new_page(viewport={"width": width, "height": SCREEN})
        page.goto(file.as_uri())
        page.evaluate("document.fonts.ready.then(() => 1)")
        cut = len(page.evaluate(CUT)) + (page.evaluate(SIDEWAYS) > 0)
        found[width] = (cut, len(page.evaluate(SPLIT)), screens(page))
        page.close()
    page = browser.new_page(viewport={"width": SHEET, "height": SCREEN})
    page.goto(file.as_uri())
    with tempfile.TemporaryDirectory() as folder:
        document = on_paper(page, Path(folder) / "page.pdf")
        used, split = filled(document), split_on_paper(page, document)
        document.close()
    page.close()
    return found, len(used), sum(one < 1 / 3 for one in used[:-1]), split


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--pages", default="")
    asked = arguments.parse_args()
    names = set(filter(None, asked.pages.split(",")))
    files = [path.resolve() for path in sorted(asked.folder.glob("*.html")) if not names or path.stem in names]
    print(
        "page".ljust(24)
        + "".join(f"{f'{width} cut/split/screens':>24}" for width in WIDTHS)
        + "   paper sheets/empty/split   kB"
    )
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for file in files:
            found, sheets, empty, split = measured(browser, file)
            cells = "".join(f"{f'{cut} / {parted} / {long:.1f}':>24}" for cut, parted, long in found.values())
            paper = f"{sheets} / {empty} / {len(split)}"
            print(f"{file.stem:<24}{cells}{paper:>22}{file.stat().st_size / 1000:>12.0f}  {' '.join(split[:6])}")
        browser.close()


if __name__ == "__main__":
    main()
