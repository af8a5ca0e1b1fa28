"""The command: protects standard output, routes photos to ``scan``, keeps exit codes."""

from __future__ import annotations

import errno
import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from glob import glob
from io import BufferedWriter, FileIO, RawIOBase, TextIOWrapper
from typing import TYPE_CHECKING, NoReturn, TextIO

from archscan.cli.interruption import Interrupted
from archscan.errors import ArchscanError, ExitCode, OptionError, OutputError
from archscan.reasons import Reason

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

VERBS = (
    "scan", "batch", "check", "compare", "guide", "reliability", "render", "schema", "serve",
    "sheet",
)  # fmt: skip

INSTALL = "--install-completion"

OWN_OPTIONS = ("--help", "-h", INSTALL, "--show-completion")
"""Those of no verb, beside the version."""

COMPLETION = "_ARCHSCAN_COMPLETE"

COMPLETED_WORDS = ("COMP_WORDS", "_TYPER_COMPLETE_ARGS")
"""Where shells put the line that is completed: bash, and all others."""

FIRST_ARGUMENT = re.compile(r"\s*\S+(?=\s+(\S+)\s)")
"""The program's name, before an argument that is complete because another word begins."""

WILDCARD = re.compile(r"[*?]")

NOTHING = re.compile(r"(--[a-z-]+=)?")
"""An argument without anything in it, or an option without its value."""

FOLDER_GONE = "The folder you are in is gone. Change into another one and run it again."

ISSUES = "If it happens again, please report it with the command you typed and this line:"


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command and leave with its exit status.

    Parameters
    ----------
    arguments
        Instead of the command line's.
    """
    # Before numpy is imported: its thread pool costs a third of the start.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if sys.stdin is None:
        sys.stdin = _leading_nowhere(0)
    if sys.stdout is None:
        sys.stdout = _leading_nowhere(1)
    if sys.stderr is None:
        sys.stderr = _leading_nowhere(2)
    given = list(sys.argv[1:] if arguments is None else arguments)
    if sys.platform == "win32" and arguments is None:
        given = [name for argument in given for name in _files_named(argument)]
    with _told_to_whoever_listens():
        status = _run(given)
    sys.exit(status)


def _leading_nowhere(descriptor: int) -> TextIO:
    """Stand in for a stream that was closed by whoever started us.

    It takes the stream's own descriptor, in the workers too: else the next file that is
    opened would, and C libraries would write into it.
    """
    opened = -1
    while opened < descriptor:
        opened = os.open(os.devnull, os.O_RDWR)
    os.set_inheritable(opened, True)
    return os.fdopen(opened, "w" if descriptor else "r", encoding="utf-8")


def _files_named(argument: str) -> list[str]:
    """Give the files that ``*.jpg`` names, which the shells of Windows leave to the program.

    Brackets are no wildcards there, and browsers put them into names: ``photo[1].jpg``.
    """
    if not WILDCARD.search(argument):
        return [argument]
    # A Path finds nothing outside its folder.
    return sorted(glob(argument.replace("[", "[[]"))) or [argument]  # noqa: PTH207


def _run(given: list[str]) -> int:
    if COMPLETION in os.environ:
        _route_completion()
    try:
        with _product_only():
            _obey(given)
    except SystemExit as leaving:
        status = _status(leaving.code)
        if isinstance(leaving, Interrupted):
            sys.stderr.write(f"\nInterrupted. {leaving.advice}\n")
        elif status == ExitCode.INTERRUPTED:
            sys.stderr.write("\nInterrupted.\n")
        return status
    except KeyboardInterrupt:
        sys.stderr.write("\nInterrupted.\n")
        return ExitCode.INTERRUPTED
    except ArchscanError as error:
        from archscan.cli.terminals import say

        say(f"{error.reason.message} {error.reason.advice}")
        return error.exit_code
    except Exception as error:
        if os.environ.get("ARCHSCAN_DEBUG"):
            raise
        if _is_folder_gone():
            sys.stderr.write(f"archscan: {FOLDER_GONE}\n")
            return ExitCode.USAGE
        sys.stderr.write(
            f"archscan: something went wrong inside archscan, which is our fault. {ISSUES}\n"
            f"  {type(error).__name__}: {error}\n"
        )
        return ExitCode.FAULT
    return ExitCode.OK


def _is_folder_gone() -> bool:
    """Whether no path can be reckoned from where we are, nor a process be started there."""
    try:
        os.getcwd()  # noqa: PTH109 - a Path takes time to import
    except OSError:
        return True
    return False


def _obey(given: list[str]) -> None:
    if given in (["--version"], ["-V"]):
        # The verbs need not be imported for it.
        from archscan.version import __version__

        sys.stdout.write(f"archscan {__version__}\n")
        return
    if any(map(NOTHING.fullmatch, given)):
        # As a path it would be the folder one is in, which would be searched or written into.
        raise OptionError(
            Reason(
                "empty-argument",
                "One of the arguments is empty.",
                "If it stands for a variable of the shell, set that first.",
            )
        )
    from archscan.cli.app import app

    try:
        app(args=_routed(given), prog_name="archscan", standalone_mode=True)
    except (OSError, RuntimeError, UnicodeError) as error:
        if given[:1] != [INSTALL]:
            raise
        # What is written into is the shell's: it may be a link to what only a system manages.
        raise OutputError(
            Reason(
                "completion-not-installed",
                f"Completion could not be installed: {error}.",
                "Put what 'archscan --show-completion' shows into your shell's settings.",
            )
        ) from error


def _status(code: object) -> int:
    if code is None:
        return ExitCode.OK
    return code if isinstance(code, int) else ExitCode.FAULT


def _routed(given: list[str]) -> list[str]:
    """Put ``scan`` before arguments that name photos."""
    if not given or given[0] in VERBS:
        return given
    if given[0] in OWN_OPTIONS and len(given) <= 2:
        return given
    return ["scan", *given]


def _route_completion() -> None:
    """Put ``scan`` before photos in the line that a shell asks to complete, as in a run."""
    for name in COMPLETED_WORDS:
        words = os.environ.get(name, "")
        program = FIRST_ARGUMENT.match(words)
        if program is None or program[1] in (*VERBS, *OWN_OPTIONS):
            continue
        if name == "COMP_WORDS":
            place = os.environ.get("COMP_CWORD", "")
            if not place.isdecimal() or int(place) < 2:
                continue
            os.environ["COMP_CWORD"] = str(int(place) + 1)
        os.environ[name] = f"{program[0]} scan{words[program.end() :]}"


class _Product(FileIO):
    """Standard output that outlives its reader.

    When the reader has gone (``archscan *.jpg | head``), nobody misses the
    rest, but files that were asked for are still written.
    """

    gone = False

    def write(self, data: ReadableBuffer) -> int:
        """Write, or drop what nobody can read any more."""
        length = memoryview(data).nbytes
        if self.gone:
            return length
        try:
            return super().write(data)
        except BrokenPipeError:
            self.gone = True
        except OSError as error:
            self.gone = True
            # So Windows calls a pipe that nobody reads any more.
            if sys.platform == "win32" and error.errno == errno.EINVAL:
                return length
            raise OutputError(
                Reason(
                    "output-failed",
                    f"The result could not be written to standard output: {error.strerror}.",
                    "Choose another place for it.",
                )
            ) from error
        return length


class _Messages(FileIO):
    """Standard error that outlives its reader, and a disk that is full.

    A message that nobody can read is no reason to leave work undone, nor to
    end with another status.
    """

    def write(self, data: ReadableBuffer) -> int:
        """Write, or drop what cannot be told."""
        try:
            return super().write(data)
        except OSError:
            return memoryview(data).nbytes


@contextmanager
def _told_to_whoever_listens() -> Iterator[None]:
    """Let messages be lost where they cannot be written."""
    told = sys.stderr
    try:
        descriptor = told.fileno()
    except (OSError, ValueError):
        yield
        return
    if _is_console(descriptor):
        yield
        return
    file = BufferedWriter(_Messages(descriptor, "w", closefd=False))
    with TextIOWrapper(file, told.encoding, told.errors, line_buffering=True) as kept:
        sys.stderr = kept
        try:
            yield
        finally:
            sys.stderr = told


def _is_console(descriptor: int) -> bool:
    """Whether bytes are shown by a code page of its own; what Python opens gives it letters."""
    return sys.platform == "win32" and os.isatty(descriptor)


def _written_to(descriptor: int) -> RawIOBase:
    if _is_console(descriptor):
        return os.fdopen(descriptor, "wb", buffering=0)
    return _Product(descriptor, "w")


@contextmanager
def _product_only() -> Iterator[None]:
    """Keep libraries' stray output away from standard output.

    The product is written to a copy of standard output; the descriptor that C
    libraries write to leads to standard error meanwhile.
    """
    if COMPLETION in os.environ:
        yield
        return
    try:
        real = os.dup(1)
    except OSError:
        yield
        return
    product = sys.stdout
    with TextIOWrapper(BufferedWriter(_written_to(real)), "utf-8", "replace") as kept:
        sys.stdout.flush()
        os.dup2(2, 1)
        sys.stdout = kept
        try:
            yield
        finally:
            sys.stdout = product
            try:
                kept.flush()
            finally:
                os.dup2(real, 1)
