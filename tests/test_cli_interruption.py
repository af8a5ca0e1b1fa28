"""Ctrl-C and being told to end while a batch runs: heeded once, unless it was deaf to it."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest

from archscan.cli.interruption import ENDING_SIGNALS, interrupted_once


@pytest.fixture(autouse=True)
def usual() -> Iterator[None]:
    """Begin with the handlers of a program just started, whoever runs the tests."""
    before = {one: signal.getsignal(one) for one in ENDING_SIGNALS}
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    yield
    for one, handler in before.items():
        signal.signal(one, handler)


@pytest.mark.parametrize("told", ENDING_SIGNALS)
def test_the_first_is_heeded_and_those_after_it_are_not(told: signal.Signals) -> None:
    with interrupted_once():
        with pytest.raises(KeyboardInterrupt):
            signal.getsignal(told)(told, None)
        for one in (signal.SIGINT, signal.SIGTERM):
            assert signal.getsignal(one) is signal.SIG_IGN
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


def test_whoever_was_started_deaf_to_one_stays_so() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with interrupted_once():
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
        with pytest.raises(KeyboardInterrupt):
            signal.getsignal(signal.SIGTERM)(signal.SIGTERM, None)
    assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
