"""What made a reader take for ever, or break: read, or refused in a sentence, in little time at a size no office reaches.

Whether time grows with the size alone is measured by `benchmarks/growth.py`; here a reading has sixty seconds of a
processor, which none of these needs a hundredth of.
"""

import signal
import sys
from pathlib import Path

import pytest
from growing import KINDS, packed_odt, pdf_page

sys.path.append(str(Path(__file__).parent / "fuzz"))
import readers

from bgdata.errors import BgdataError
from bgtools.read.document.documents import read

SIZE, SECONDS = 3_000, 60
FILED = {  # at the sizes at which they took more than twenty seconds, or broke
    "numbers in one paragraph": 24_000,
    "n of N": 12_000,
    "one long word": 40_000,
    "lines without a full stop": 22_000,
    "short lines of digits": 12_000,
    "ranges in a row": 112_000,
}
READ = {
    "statements": readers.statements,
    "numbers": readers.numbers,
    "HTML": readers.shown,
    "printed output": readers.printed,
    "expressions": readers.rule,
    "CSV": lambda text: readers.table(text.encode()),
    "descriptor": lambda text: readers.descriptor(text.encode()),
    "notebooks": lambda text: readers.notebook(text.encode()),
    "docx": lambda body: read(readers.office.packed(readers.FOLDER / "a.docx", readers.office.word_xml(body))),
    "odt": lambda body: read(packed_odt(readers.FOLDER / "a.odt", body)),
    "PDF": lambda content: readers.sheets.answer_for(pdf_page(readers.FOLDER / "a.pdf", content)),
}


def endless(*_):
    raise AssertionError(f"not read after {SECONDS} seconds of a processor")


@pytest.fixture(autouse=True)
def bounded():
    before = signal.signal(signal.SIGVTALRM, endless)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    yield
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    signal.signal(signal.SIGVTALRM, before)


def reads(reader, text):
    """Read; a refusal has to be a sentence."""
    try:
        READ[reader](text)
    except BgdataError as error:
        assert str(error)
    return True


@pytest.mark.parametrize("reader, kind", KINDS, ids=[f"{reader}: {kind}" for reader, kind in KINDS])
def test_what_repeats_itself_is_read_or_refused_in_little_time(reader, kind):
    assert reads(reader, KINDS[reader, kind](SIZE))


@pytest.mark.parametrize("kind, size", FILED.items(), ids=FILED)
def test_what_took_a_reader_twenty_seconds_takes_little_time(kind, size):
    assert reads("statements", KINDS["statements", kind](size))
