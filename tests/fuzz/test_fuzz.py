"""Every reader, given what is nearly right: it reads, or refuses in a sentence; it never breaks, and it comes to an end.

A fixed hundred mutations for each here; `make fuzz` makes ten thousand others.
"""

import os
import signal

import pytest
from hypothesis import HealthCheck, given, settings
from mutations import mutated
from readers import READERS

from bgdata.errors import BgdataError

TIMES = int(os.environ.get("FUZZ", "0"))
LONGEST = 60  # seconds of a processor for one reading: what takes so long grows without measure
SETTINGS = settings(
    max_examples=TIMES or 100,
    derandomize=not TIMES,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


def endless(*_):
    raise AssertionError(f"not read after {LONGEST} seconds of a processor")


@pytest.mark.parametrize("name", READERS)
def test_what_is_nearly_right_is_read_or_refused_in_a_sentence(name):
    read, seeds = READERS[name]

    @SETTINGS
    @given(mutated(list(seeds)))
    def holds(content):
        signal.setitimer(signal.ITIMER_VIRTUAL, LONGEST)
        try:
            read(content)
        except BgdataError as error:
            assert str(error)
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)

    before = signal.signal(signal.SIGVTALRM, endless)
    try:
        holds()
    finally:
        signal.signal(signal.SIGVTALRM, before)
