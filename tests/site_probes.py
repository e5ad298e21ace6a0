"""What a browser sees of a page: what is cut, what is split, how long it is, on screens and on paper.

Used by the tests of the pages and by `benchmarks/pages.py`; any folder of pages will do.
"""

import os
import shutil
import statistics

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
WIDTHS = (390, 768, 1280, 1600)
SCREEN = 900
SHEET = 688  # A4 less the margins of the pages, in CSS pixels

# Words and numbers that stand on two lines: broken where no reader would break them.
SPLIT = r"""() => {
  const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = document.createRange();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (parent.closest('pre, code, script, style, .long, .unseen, option') || !parent.checkVisibility({ contentVisibilityAuto: true })) continue;
    for (const match of node.data.matchAll(/[^\s\u00a0]+/g)) {
      const parts = [...match[0].matchAll(/.*?(?:[-–—/](?=\p{L})|$)/gu)].filter((part) => part[0].length > 1);
      for (const part of parts) {
        range.setStart(node, match.index + part.index);
        range.setEnd(node, match.index + part.index + part[0].length);
        const tops = [...range.getClientRects()].filter((box) => box.width > 0).map((box) => box.top);
        if (tops.length > 1 && Math.max(...tops) - Math.min(...tops) > 4) found.push(part[0]);
      }
    }
  }
  return found;
}"""
# Tables, figures and texts that reach beyond the window or their column.
CUT = """() => [...document.querySelectorAll('main table, main pre, main img, main figure, main p, main li, main td, main th')]
  .filter((one) => one.checkVisibility() && !one.closest('.drawn')).filter((one) => {
    const box = one.getBoundingClientRect(), edge = Math.min(document.documentElement.clientWidth,
      one.closest('main').getBoundingClientRect().right);
    return box.width > 0 && box.right > edge + 1.5 && getComputedStyle(one).position !== 'absolute';
  }).map((one) => one.outerHTML.slice(0, 90))"""
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
HEIGHT = "() => document.documentElement.scrollHeight"


def screens(page):
    """Return how many screens of 900 pixels a page is long."""
    return page.evaluate(HEIGHT) / SCREEN


def on_paper(page, path):
    """Print a page into a PDF file; return it opened.

    Returns
    -------
    pypdfium2.PdfDocument
    """
    import pypdfium2

    page.pdf(path=path, prefer_css_page_size=True, print_background=True)
    return pypdfium2.PdfDocument(path)


def split_on_paper(page, document):
    """Return the numbers of a page that do not stand whole on its sheets."""
    page.emulate_media(media="print")
    said = set(page.evaluate("document.body.innerText").split())
    printed = {word for sheet in document for word in sheet.get_textpage().get_text_range().split()}
    page.emulate_media(media="null")
    return sorted(one for one in said if any(letter.isdigit() for letter in one) and one not in printed)


def filled(document):
    """Return how much of each sheet is used, from 0 to 1: down to the lowest ink above the foot."""
    used = []
    for sheet in document:
        picture = sheet.render(scale=0.4, grayscale=True).to_numpy()
        rows = (picture.reshape(picture.shape[0], -1) < 200).any(axis=1)
        body = rows[int(len(rows) * 0.06) : int(len(rows) * 0.945)]
        used.append((max((i for i, ink in enumerate(body) if ink), default=-1) + 1) / len(body))
    return used


def nearly_empty(document):
    """Return how many sheets but the last are used by less than a third."""
    return sum(one < 1 / 3 for one in filled(document)[:-1])


def summary(rows):
    """Return the sum, or the median, of what was measured."""
    return statistics.median(rows) if rows else 0
