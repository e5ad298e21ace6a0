"""An interrupt that Python drops, because it falls into one of its own callbacks, ends the run all the same."""

import os
import signal

import pytest

from bgtools.run.driver import _stopped_by_signals


class Careless:
    """Swallows what is raised while it goes, as Python does with all that goes."""

    def __del__(self):
        os.kill(os.getpid(), signal.SIGINT)
        for _ in range(1000):
            pass


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_interrupt_that_was_dropped_is_still_known():
    with _stopped_by_signals() as stopped:
        assert stopped == []
        one = Careless()
        del one
        assert stopped == [signal.SIGINT]


def test_an_interrupt_is_one_at_once_and_the_handlers_are_put_back():
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    for number in (signal.SIGINT, signal.SIGTERM):
        with pytest.raises(KeyboardInterrupt), _stopped_by_signals():
            signal.raise_signal(number)
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="no terminals that close")
def test_what_nohup_ignores_stays_ignored():
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with _stopped_by_signals() as stopped:
            signal.raise_signal(signal.SIGHUP)
        assert stopped == []
    finally:
        signal.signal(signal.SIGHUP, before)
