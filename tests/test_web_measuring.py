"""The process in which the page's photos are measured, whatever becomes of it."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import BrokenExecutor

import pytest
from conftest import SAMPLES

import archscan
from archscan.reasons import UNREADABLE
from archscan.web import measuring
from archscan.web.asked import Asked
from archscan.web.measuring import Measurer

LEFT = SAMPLES / "cardboard_neutral_left.jpg"


@pytest.fixture
def measurer():
    made = Measurer()
    yield made
    made.close()


def test_a_photo_that_ends_its_process_harms_no_other(measurer):
    async def both():
        first = asyncio.create_task(measurer.page(LEFT.read_bytes(), Asked()))
        second = asyncio.create_task(measurer.page(LEFT.read_bytes(), Asked()))
        while measurer._process is None or not measurer._process._processes:
            await asyncio.sleep(0.01)
        for number in list(measurer._process._processes):
            os.kill(number, signal.SIGKILL)
        return await first, await second

    lost, measured = asyncio.run(both())
    assert "worker-lost" in lost
    assert "Left foot: neutral arch" in measured


@pytest.mark.skipif(sys.platform != "linux", reason="not every system limits memory")
def test_the_process_for_photos_has_no_more_memory_than_it_is_allowed(measurer):
    import resource

    measurer.warm()
    asked = measurer._process.submit(resource.getrlimit, resource.RLIMIT_AS)
    assert asked.result(timeout=60)[0] == measuring.MOST_MEMORY


@pytest.mark.skipif(sys.platform == "win32", reason="it stores no memory by itself")
def test_a_photo_that_ends_its_process_is_not_stored_with_its_memory(measurer):
    import resource

    before = resource.getrlimit(resource.RLIMIT_CORE)
    if before[1] == 0:
        pytest.skip("no process here stores its memory")
    resource.setrlimit(resource.RLIMIT_CORE, (before[1], before[1]))
    try:
        measurer.warm()
        asked = measurer._process.submit(resource.getrlimit, resource.RLIMIT_CORE)
        assert asked.result(timeout=60) == (0, 0)
    finally:
        resource.setrlimit(resource.RLIMIT_CORE, before)


def test_the_end_does_not_wait_for_a_photo(measurer):
    measurer.warm()
    measurer._process.submit(time.sleep, 60)
    (worker,) = measurer._process._processes.values()
    measurer.close()
    worker.join(10)
    assert worker.exitcode is not None


def test_a_process_that_falls_between_photos_costs_none(measurer):
    async def after_a_fall():
        measurer.warm()
        (worker,) = measurer._process._processes.values()
        worker.kill()
        while not measurer._process._broken:
            await asyncio.sleep(0.01)
        return await measurer.page(LEFT.read_bytes(), Asked())

    assert "Left foot: neutral arch" in asyncio.run(after_a_fall())


TOO_LONG = """
import re
import archscan
from archscan.web import measuring
from archscan.web.asked import Asked
measuring.MOST_SECONDS = 0.5
archscan.scan = lambda *_, **__: re.match("(a+)+b", "a" * 60)
measuring.measured_page(b"x", Asked())
"""
"""Like a decoder in C, such a match lets no other thread of Python's run."""


def test_a_photo_that_takes_too_long_ends_its_process():
    done = subprocess.run([sys.executable, "-c", TOO_LONG], capture_output=True, timeout=60)
    assert (done.returncode, done.stderr) == (1, b"")


@pytest.mark.parametrize("reason", [measuring.GIVEN_UP, UNREADABLE["fault"]])
def test_what_is_urgent_is_said_first_though_nothing_could_be_measured(
    measurer, monkeypatch, reason
):
    wishes = Asked(age=40.0, symptoms=("groin-numbness",))
    if reason is measuring.GIVEN_UP:

        def broken(*_):
            raise BrokenExecutor

        monkeypatch.setattr(measurer, "_handed", broken)
        text = asyncio.run(measurer.page(b"", wishes))
    else:
        monkeypatch.setattr(archscan, "scan", lambda *_, **__: 1 / 0)
        text = measuring.measured_page(b"", wishes)
    assert reason.message in text
    shown = text.partition("<body>")[2]
    assert shown.index("Get medical help now") < shown.index("Could not be read")


def test_a_fault_of_ours_is_a_page_too(monkeypatch):
    monkeypatch.setattr(archscan, "scan", lambda *_, **__: 1 / 0, raising=False)
    text = measuring.measured_page(b"x", Asked())
    assert "our fault" in text
    assert "ZeroDivision" not in text
