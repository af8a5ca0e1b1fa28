"""Photos handed out to workers, on any executor; a lost worker loses no photo."""

from __future__ import annotations

import os
import signal
import sys
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    wait,
)
from concurrent.futures.process import ProcessPoolExecutor
from contextlib import contextmanager
from numbers import Integral
from pathlib import Path
from typing import ParamSpec, TypeVar

from archscan.batch.scoring import Options, Record, Task, keep_to_one_core, score, unusable
from archscan.batch.stems import stem_of
from archscan.errors import ArchscanError, OptionError
from archscan.reasons import Reason
from archscan.replacing import refuse_replacing, unused

Given = ParamSpec("Given")
Result = TypeVar("Result")

WAITING_EACH = 4
"""Photos handed out for each worker at a time: enough that none is idle, few enough
that memory does not grow with the folder."""

MOST_FALLS = 2
"""A photo that brought its worker down this often, all alone, is given up."""

MOST_ON_WINDOWS = 61
"""Processes that can be waited for at a time there."""

STARTED_WITH = {
    # Read by numpy's linear algebra when it is imported.
    "OPENBLAS_NUM_THREADS": "1",
    # A process that is started begins with a line of Python, which would look for what it imports
    # in the folder one is in first: a socket.py beside the photos would be run.
    "PYTHONSAFEPATH": "1",
}
"""Variables of the environment of our processes; what somebody has set is left as it is."""

WORKER_BYTES = 600 * 2**20
"""Memory to count for each worker: a 12-megapixel photo needs half of this, a
48-megapixel one nearly all."""


NO_WORKERS = Reason(
    "no-workers",
    "The processes that score photos end before they begin.",
    "They read the program that starts them: call this below 'if __name__ == \"__main__\":' in a "
    "file, or pass an executor. What they wrote to standard error tells more.",
)
"""Without this all photos would be held to be the cause."""


def start_worker() -> None:
    """Prepare a process: one thread, and Ctrl-C is for the one who started it."""
    import threading

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    keep_to_one_core()


def _leave_with_parent() -> None:
    """End with the process that started us: one that is killed can tell nobody to stop."""
    import multiprocessing
    from multiprocessing.connection import wait

    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


class LocalExecutor(ProcessPoolExecutor):
    """Processes on this machine that never hear Ctrl-C, which a terminal sends to them too."""

    def submit(
        self, work: Callable[Given, Result], /, *given: Given.args, **named: Given.kwargs
    ) -> Future[Result]:
        """Hand work out; a process is started here for it, where none is idle.

        Parameters
        ----------
        work, given, named
            As for any executor.

        Returns
        -------
        concurrent.futures.Future
            Of what the work gives.
        """
        with _out_of_earshot(), _started_with():
            return super().submit(work, *given, **named)


@contextmanager
def _out_of_earshot() -> Iterator[None]:
    """Keep Ctrl-C from the processes that are started meanwhile.

    They come to ignore it by themselves, but only after a second of importing.
    """
    if sys.platform == "win32":
        from ctypes import windll

        windll.kernel32.SetConsoleCtrlHandler(None, True)
        try:
            yield
        finally:
            windll.kernel32.SetConsoleCtrlHandler(None, False)
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _started_with() -> Iterator[None]:
    """Let the processes that are started meanwhile find :data:`STARTED_WITH`.

    What else the program starts is none of ours.
    """
    missing = {name: value for name, value in STARTED_WITH.items() if name not in os.environ}
    os.environ.update(missing)
    try:
        yield
    finally:
        for name in missing:
            del os.environ[name]


def local_executor(jobs: int) -> LocalExecutor:
    """Make processes on this machine.

    Threads would share one interpreter, which half of the work needs; processes do not.

    Parameters
    ----------
    jobs
        How many; on Windows at most :data:`MOST_ON_WINDOWS`.

    Returns
    -------
    LocalExecutor
        Started afresh, not forked: OpenCV's threads do not survive a fork.
    """
    import multiprocessing

    context = multiprocessing.get_context("spawn")
    if sys.platform == "win32":
        jobs = min(jobs, MOST_ON_WINDOWS)
    # The process that keeps account of what they share is started here already.
    with _started_with():
        return LocalExecutor(jobs, mp_context=context, initializer=start_worker)


def usual_jobs() -> int:
    """Count the cores this process may use, as far as memory allows.

    Returns
    -------
    int
        At least 1.
    """
    if hasattr(os, "sched_getaffinity"):
        cores = len(os.sched_getaffinity(0))
    else:
        cores = os.cpu_count() or 1
    memory = _memory()
    return cores if memory is None else max(1, min(cores, memory // WORKER_BYTES))


def _memory() -> int | None:
    """Ask how many bytes of memory this machine has, if the system tells."""
    if sys.platform == "win32":
        from ctypes import byref, c_ulonglong, windll

        kilobytes = c_ulonglong()
        told = windll.kernel32.GetPhysicallyInstalledSystemMemory(byref(kilobytes))
        return kilobytes.value * 2**10 if told else None
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError):
        return None


def score_many(
    sources: Iterable[str | os.PathLike[str] | bytes | bytearray | memoryview],
    *,
    executor: Executor | None = None,
    jobs: int | None = None,
    options: Options | None = None,
) -> Iterator[Record]:
    """Score many photos side by side and give each record as it is done.

    Parameters
    ----------
    sources
        Paths, or files as bytes; taken as they are needed.
    executor
        Any ``concurrent.futures.Executor`` (Dask's, loky's, one round Ray's tasks ...); processes
        on this machine when ``None``. It is not shut down.
    jobs
        Workers when there is no executor (all cores), else how many it has.
    options
        How to scan.

    Returns
    -------
    iterator of dict
        Records in the order they are done; ``"index"`` says which source each is of.

    Raises
    ------
    OptionError
        If an option or, when its turn comes, a source cannot be used; or if processes cannot
        be started for want of what the notes say.
    OutputError
        If a mask or an overlay would replace the photo it is of.

    Notes
    -----
    Processes on this machine read the program that starts them, so a program's own file has
    to call this below ``if __name__ == "__main__":``.
    """
    if isinstance(sources, str | bytes | bytearray | memoryview | os.PathLike):
        raise OptionError(
            Reason("bad-source", "This is one photo.", "Pass a list, or use archscan.scan.")
        )
    if jobs is not None and (not isinstance(jobs, Integral) or jobs < 1):
        raise OptionError(
            Reason("bad-jobs", f"{jobs!r} is no number of workers.", "Pass 1 or more, or none.")
        )
    chosen = options or Options()
    return _records(_tasks(sources, chosen), chosen, jobs or usual_jobs(), executor)


def _records(
    tasks: Iterator[Task], options: Options, workers: int, executor: Executor | None
) -> Iterator[Record]:
    for number, record in scored(tasks, options, workers, executor):
        yield {"index": number, **record}


def _tasks(sources: Iterable[object], options: Options) -> Iterator[Task]:
    taken: set[str] = set()
    for number, source in enumerate(sources):
        task = _task(number, source, taken)
        if isinstance(task.source, str):
            refuse_replacing(options.files(task.stem).values(), [Path(task.source)])
        yield task


def _task(number: int, source: object, taken: set[str]) -> Task:
    if isinstance(source, bytes | bytearray | memoryview):
        return Task(number, str(number), bytes(source), unused(str(number), taken))
    if isinstance(source, str | os.PathLike):
        name = os.fsdecode(source)
        return Task(number, name, name, unused(stem_of(name), taken))
    raise OptionError(
        Reason(
            "bad-source",
            f"Source {number} is a {type(source).__name__}, which is no photo.",
            "Pass paths, or files as bytes; archscan.scan takes arrays and open files too.",
        )
    )


def scored(
    tasks: Iterator[Task], options: Options, workers: int, executor: Executor | None
) -> Generator[tuple[int, Record], None, None]:
    """Hand tasks out and give records back as they are done.

    Parameters
    ----------
    tasks
        Taken as they are needed.
    options
        The same for all.
    workers
        How many work at a time.
    executor
        Given, or ``None`` for processes on this machine.

    Yields
    ------
    number, record
        In the order they are done.

    Raises
    ------
    OptionError
        If processes on this machine cannot begin.
    """
    handing = _Handing(options, workers, executor)
    try:
        while handing.hand_out(tasks):
            yield from handing.take_back()
    finally:
        handing.close()


class _Handing:
    """Tasks that are with the workers, and what has become of others."""

    def __init__(self, options: Options, workers: int, executor: Executor | None) -> None:
        self.options = options
        self.workers = workers
        self.own = executor is None
        self.running: Executor = local_executor(workers) if executor is None else executor
        self.waiting: dict[Future[Record], Task] = {}
        # When a process dies, all its fellows' photos are lost with it. They are tried again
        # one at a time, so that the one at fault is known when it falls again.
        self.suspects: list[Task] = []
        self.falls: Counter[int] = Counter()
        self.begun = not self.own

    def hand_out(self, tasks: Iterator[Task]) -> bool:
        """Give the workers as much as they may have, and tell whether they have anything."""
        if self.suspects and not self.waiting:
            self._hand(self.suspects.pop(0))
        while not self.suspects and len(self.waiting) < WAITING_EACH * self.workers:
            following = next(tasks, None)
            if following is None:
                break
            self._hand(following)
        return bool(self.waiting)

    def _hand(self, task: Task) -> None:
        """Hand a photo to a worker; where all have fallen meanwhile it is lost as if to one."""
        future: Future[Record]
        try:
            future = self.running.submit(score, task, self.options, os.getpid())
        except BrokenExecutor as broken:
            future = Future()
            future.set_exception(broken)
        self.waiting[future] = task

    def take_back(self) -> Iterator[tuple[int, Record]]:
        """Wait for what is done first, and settle what was lost with a worker."""
        done, _ = wait(self.waiting, return_when=FIRST_COMPLETED)
        lost = []
        for future in done:
            task = self.waiting.pop(future)
            failure = _failure(future)
            if failure is None:
                self.begun = True
                yield task.number, future.result()
            elif isinstance(failure, BrokenExecutor) and not self.own:
                raise failure
            else:
                lost.append(task)
        if lost and self.own:
            lost += self.waiting.values()
            self._begin_anew()
        for task in sorted(lost, key=lambda one: one.number):
            self.falls[task.number] += len(lost) == 1
            if self.falls[task.number] < MOST_FALLS:
                self.suspects.append(task)
            else:
                yield task.number, self._given_up(task)

    def _begin_anew(self) -> None:
        self.waiting.clear()
        self.running.shutdown(wait=False, cancel_futures=True)
        self.running = local_executor(self.workers)

    def _given_up(self, task: Task) -> Record:
        """Make the record of a photo that is at fault, unless no worker begins at all."""
        if not self.begun:
            _refuse_without_workers(self.running)
            self.begun = True
        return unusable(task.name, "worker-lost")

    def close(self) -> None:
        """Take back what nobody waits for any more."""
        for future in self.waiting:
            future.cancel()
        if self.own:
            self.running.shutdown(wait=False, cancel_futures=True)


def _refuse_without_workers(running: Executor) -> None:
    """Raise where a process ends though it has no photo to end of."""
    try:
        running.submit(os.getpid).result()
    except BrokenExecutor as error:
        raise OptionError(NO_WORKERS) from error


def _failure(future: Future[Record]) -> BaseException | None:
    """Say what happened to the worker; our own errors are raised."""
    failure: BaseException | None
    try:
        failure = future.exception()
    except CancelledError as cancelled:
        failure = cancelled
    if isinstance(failure, ArchscanError):
        raise failure
    return failure
