"""Each way in which an office's program can set a number, in a dozen variants of a generator: the number is read as it stands."""

import random
import re
from html import escape

import office
import papers_pdf
import pytest
from site_probes import CHROMIUM

from bgtools.read.document.documents import read

VARIANTS = range(12)
needs_browser = pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed")
WORDS = """các cơ quan trong tỉnh đã triển khai nhiều giải pháp đồng bộ; việc phối hợp giữa các ngành được duy trì thường xuyên và
cán bộ phụ trách tại cơ sở được hướng dẫn kịp thời theo kế hoạch chung""".split()


def number(chance):
    """A number as reports print it: plain, in groups, with decimals, a share, a span."""
    value = chance.choice((chance.randrange(100, 1000), chance.randrange(1000, 999999)))
    text = f"{value:,}".replace(",", ".")
    return chance.choice((text, text, f"{chance.randrange(10, 100)},{chance.randrange(1, 10)}%", f"{text},5"))


def sentences(kind):
    """Return (before, number, after) of each variant; some have a number at the end of the sentence."""
    found = []
    for variant in VARIANTS:
        chance = random.Random(f"{kind} {variant}")
        before = f"Việc {variant + 1} {' '.join(chance.sample(WORDS, chance.randint(3, 12)))} có"
        after = chance.choice(("", f" {' '.join(chance.sample(WORDS, chance.randint(2, 14)))}"))
        found.append((before, number(chance), f"{after}."))
    return found


def told(kind, spell=lambda number: number):
    return [f"{before} {spell(printed)}{after}" for before, printed, after in sentences(kind)]


def heard(path, leave=0):
    document = read(path)
    return [passage.text for passage in document.passages[1 : len(document.passages) - leave]], document.digits.lost


# Word


def run(text, look=""):
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def halves(chance, text):
    place = chance.randrange(1, len(text))
    return text[:place], text[place:]


def cut(chance, text, between):
    one, other = halves(chance, text)
    return f"{run(one)}{between}{run(other)}"


def field(chance, text):
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    code = f"<w:r><w:instrText> =SUM(B{chance.randrange(9)}:B12) </w:instrText></w:r>"
    inner = cut(chance, text, "") if chance.random() < 0.5 else run(text)
    return f"{mark('begin')}{code}{mark('separate')}{inner}{mark('end')}"


def changed(chance, text):
    who = 'w:id="1" w:author="A" w:date="2024-12-01T00:00:00Z"'
    gone = f"<w:r><w:delText>{chance.randrange(10**6)}</w:delText></w:r>"
    one, other = halves(chance, text)
    return f"<w:del {who}>{gone}</w:del><w:ins {who}>{run(one)}</w:ins>{run(other)}"


def moved(chance, text):
    who = 'w:id="1" w:author="A" w:date="2024-12-01T00:00:00Z"'
    return f"<w:moveFrom {who}>{run(str(chance.randrange(10**6)))}</w:moveFrom><w:moveTo {who}>{run(text)}</w:moveTo>"


def controlled(chance, text):
    return f"<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{cut(chance, text, '')}</w:sdtContent></w:sdt>"


def commented(chance, text):
    return f'<w:commentRangeStart w:id="{chance.randrange(9)}"/>{run(text)}<w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r>'


def choice(chance, text):
    both = run(text)
    return f'<mc:AlternateContent><mc:Choice Requires="x">{both}</mc:Choice><mc:Fallback>{both}</mc:Fallback></mc:AlternateContent>'


def hidden(chance, text):
    return cut(chance, text, run(str(chance.randrange(10**5)), "<w:vanish/>"))


LOOKS = (
    "<w:smallCaps/>",
    "<w:caps/>",
    '<w:spacing w:val="60"/>',
    '<w:w w:val="66"/>',
    '<w:fitText w:val="900"/>',
    "<w:u/>",
)
WORD = {
    "runs cut anywhere": lambda chance, text: cut(chance, text, '<w:proofErr w:type="spellStart"/>'),
    "small capitals, spacing, width": lambda chance, text: cut(chance, text, "").replace(
        "<w:rPr>", f"<w:rPr>{chance.choice(LOOKS)}"
    ),
    "simple field": lambda chance, text: (
        f'<w:fldSimple w:instr=" DOCPROPERTY n{chance.randrange(99)} ">{run(text)}</w:fldSimple>'
    ),
    "complex field": field,
    "tracked change": changed,
    "moved text": moved,
    "content control": controlled,
    "comment": commented,
    "once more for old programs": choice,
    "hidden digits inside": hidden,
    "smart tag, custom XML": lambda chance, text: (
        f'<w:smartTag w:uri="u" w:element="e"><w:customXml>{run(text)}</w:customXml></w:smartTag>'
    ),
    "bookmark, page break seen last": lambda chance, text: cut(
        chance,
        text,
        '<w:bookmarkStart w:id="1" w:name="b12"/><w:bookmarkEnd w:id="1"/><w:r><w:lastRenderedPageBreak/></w:r>',
    ),
    "link": lambda chance, text: (
        f'<w:hyperlink w:anchor="a{chance.randrange(99)}">{cut(chance, text, "")}</w:hyperlink>'
    ),
    "unseen letters": lambda chance, text: run(chance.choice("\u200b\u2060\ufeff\u00ad").join(halves(chance, text))),
}


@pytest.mark.parametrize("kind", WORD)
def test_a_number_is_whole_however_word_holds_it(tmp_path, kind):
    body = office.paragraph("I. KẾT QUẢ CỦA TỈNH")
    for variant, (before, printed, after) in enumerate(sentences(kind)):
        chance = random.Random(f"{kind} {variant}")
        body += f"<w:p>{run(f'{before} ')}{WORD[kind](chance, printed)}{run(after)}</w:p>"
    path = office.packed(tmp_path / "a.docx", office.word_xml(body))
    assert heard(path) == (told(kind), 0)


@pytest.mark.parametrize("sign", ["<w:br/>", '<w:br w:type="page"/>', "<w:cr/>"])
def test_a_number_that_a_break_by_hand_cuts_behind_its_point_is_whole(tmp_path, sign):
    body, known = office.paragraph("I. KẾT QUẢ CỦA TỈNH"), []
    for variant in VARIANTS:
        chance = random.Random(f"{sign} {variant}")
        head, tail = chance.randrange(1, 999), chance.randrange(100, 999)
        known.append(f"Việc {variant} có {head}.{tail} lượt người.")
        body += f"<w:p>{run(f'Việc {variant} có {head}.')}<w:r>{sign}</w:r>{run(f'{tail} lượt người.')}</w:p>"
    assert heard(office.packed(tmp_path / "a.docx", office.word_xml(body))) == (known, 0)


# PDF


def broken(chance, text):
    """The number goes on below, behind a point; where it has none, it stays."""
    return re.sub(r"\.(\d{3})", r".<br>\1", text, count=1)


def tag(style):
    return lambda chance, text: f'<span style="{style}">{text}</span>'


PDF = {
    "letter-spaced by the printer": ("p { letter-spacing: 0.7pt }", tag("")),
    "only the number letter-spaced": ("", tag("letter-spacing: 1pt")),
    "small capitals": ("p { font-variant: small-caps }", tag("")),
    "ligatures, figures of other heights": (
        "p { font-family: 'DejaVu Serif'; font-feature-settings: 'liga', 'onum' }",
        tag(""),
    ),
    "broken over lines": ("", broken),
    "larger, bold": ("", tag("font-size: 150%; font-weight: bold")),
    "another font, coloured, underlined": (
        "",
        tag("font-family: 'DejaVu Sans'; color: red; text-decoration: underline"),
    ),
    "condensed": ("p { letter-spacing: -0.3pt }", tag("")),
    "justified in a narrow column": ("body { width: 60mm; text-align: justify } p { text-indent: 8mm }", tag("")),
    "two columns": ("body { columns: 2; column-gap: 8mm } p { text-indent: 5mm }", tag("")),
    "turned page": ("body { writing-mode: vertical-rl }", tag("")),
    "turned page, number upright": ("body { writing-mode: sideways-lr }", tag("")),
    "raised a little": ("", tag("position: relative; top: -0.5pt")),
}


WATERMARK = (
    "body::before { content: 'DỰ THẢO 2'; position: fixed; top: 30%; left: 5%; font-size: 70pt; color: #ccc;"
    " transform: rotate(-45deg) }"
)
PDF["a slanting mark over the page"] = (WATERMARK, tag(""))


@pytest.fixture(scope="module")
def printed():
    with papers_pdf.browser() as print_:
        yield print_


@needs_browser
@pytest.mark.parametrize("kind", PDF)
@pytest.mark.parametrize("edge", ["{}", "- {} -", "Trang {}/9"])
def test_a_number_is_whole_however_a_pdf_sets_it(tmp_path, printed, kind, edge):
    style, spell = PDF[kind]
    body = "<p>I. KẾT QUẢ</p>"
    for variant, (before, text, after) in enumerate(sentences(kind)):
        body += f"<p>{before} {spell(random.Random(f'{kind} {variant}'), text)}{after}</p>"
    count = '" counter(page) "'.join(edge.split("{}"))
    page = f'@page {{ size: A5; margin: 18mm; @bottom-center {{ content: "{count}" }} }} p {{ margin: 0 0 6pt; }}'
    path = printed(
        tmp_path / "a.pdf", f"<!doctype html><html lang=vi><meta charset=utf-8><style>{page} {style}</style>{body}"
    )
    assert heard(path) == (told(kind), 0)
