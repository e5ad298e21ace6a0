"""PDF files of a whole report by three producers: LibreOffice (from Word), reportlab, and a browser (Chromium)."""

import random
from contextlib import contextmanager
from html import escape

import office
from papers import runs
from site_probes import CHROMIUM, FLAGS

DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def tagged(text, tag="super"):
    """Return a text as mark-up, its marks and raised digits in tags."""
    return "".join(
        escape(one, quote=False) if kind == "text" else f"<{tag}>{one.translate(DIGITS)}</{tag}>"
        for kind, one in runs(text)
    )


def reportlab(path, made, seed):
    """Paragraphs and ruled tables, heads and numbers on each page, notes at the end in small letters; looks by lot."""
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Spacer
    from reportlab.platypus import Paragraph as Text
    from reportlab.platypus import Table as Grid

    office.reportlab_font()
    chance = random.Random(seed)
    size = chance.choice((9, 10, 11.5))
    page = landscape(A4) if chance.random() < 0.2 else A4
    base = {"fontName": "DejaVuSans", "fontSize": size, "leading": 1.35 * size, "spaceAfter": 0.5 * size}
    style = ParagraphStyle("text", alignment=chance.choice((0, 4)), firstLineIndent=chance.choice((0, 20)), **base)
    head = ParagraphStyle("head", **base | {"fontName": "DejaVuSans-Bold"})
    cell = ParagraphStyle("cell", **base | {"fontSize": 7.5, "leading": 9.5, "spaceAfter": 0})
    small = ParagraphStyle("note", **base | {"fontSize": 0.8 * size, "leading": size})
    story = []
    for part in made.parts:
        if part.rows:
            rows = [[Text(tagged(one), cell) if one else "" for one in row] for row in part.rows]
            ruled = [("GRID", (0, 0), (-1, -1), 0.5, colors.black)]
            story += [Grid(rows, style=ruled, repeatRows=1), Spacer(1, 8)]
        else:
            story.append(Text(tagged(part.text), head if part.level else style))
    story += [Text(tagged(f"\ue000{mark}\ue001 {text}"), small) for mark, text in made.notes.items()]
    column = page[0] - 120

    def edges(canvas, document):
        canvas.setFont("DejaVuSans", 9)
        canvas.drawCentredString(page[0] / 2, page[1] - 30, str(canvas.getPageNumber()))

    document = BaseDocTemplate(str(path), pagesize=page, title="", author="")
    frame = Frame(60, 50, column, page[1] - 100)
    document.addPageTemplates([PageTemplate(frames=[frame], onPage=edges)])
    document.build(story)
    return path


CSS = """@page {{ size: A4 {turn}; margin: 20mm 18mm 20mm 25mm; @{edge}-center {{ content: counter(page); font-size: 9pt }} }}
body {{ font: {size}pt/1.4 {font}; columns: {columns}; text-align: {align}; letter-spacing: {spacing} }}
p {{ margin: 0 0 .5em; text-indent: {indent} }} .head {{ font-weight: bold; font-variant: {caps}; text-indent: 0 }}
table {{ border-collapse: collapse; font-size: 80%; letter-spacing: 0 }} td {{ border: .5pt solid; padding: 2pt }}
sup {{ {sup} }} .note {{ font-size: 80%; text-indent: 0 }}"""


def page_of(made, seed):
    """Return a paper as a web page to be printed; its looks by lot."""
    chance = random.Random(seed)
    looks = {
        "turn": "landscape" if chance.random() < 0.2 else "",
        "edge": chance.choice(("top", "bottom")),
        "size": chance.choice((10, 11, 13)),
        "font": chance.choice(("'DejaVu Serif'", "'DejaVu Sans'", "'Liberation Serif', 'DejaVu Serif'")),
        "columns": 2 if chance.random() < 0.3 and not any(part.rows for part in made.parts) else 1,
        "align": chance.choice(("left", "justify")),
        "spacing": chance.choice(("0", "0", "0.3pt")),
        "indent": chance.choice(("0", "10mm")),
        "caps": chance.choice(("normal", "normal", "small-caps")),
        "sup": chance.choice(("", "font-size: 65%; line-height: 0", "font-size: 100%; vertical-align: 4pt")),
    }
    body = ""
    for part in made.parts:
        if part.rows:
            rows = ("".join(f"<td>{tagged(one, 'sup')}" for one in row) for row in part.rows)
            body += f"<table>{''.join(f'<tr>{row}' for row in rows)}</table>"
        else:
            body += f"<p{' class=head' if part.level else ''}>{tagged(part.text, 'sup')}</p>"
    for mark, text in made.notes.items():
        body += f"<p class=note><sup>{mark}</sup> {tagged(text, 'sup')}</p>"
    return f"<!doctype html><html lang=vi><meta charset=utf-8><style>{CSS.format(**looks)}</style><body>{body}</body></html>"


@contextmanager
def browser():
    """Yield what prints a page of HTML to a PDF file."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = opened.new_page()

        def printed(path, html):
            page.set_content(html)
            page.pdf(path=str(path), prefer_css_page_size=True)
            return path

        yield printed
        opened.close()
