"""The few exceptions of archscan, each with its exit code and helpful sentence.

An exception means that the input or a request could not be used at all. A
photo that is fine but holds no measurable print is not an exception: it is a
``Scan`` whose status is ``refused``.
"""

from __future__ import annotations

from enum import IntEnum

from archscan.reasons import UNREADABLE, Reason


class ExitCode(IntEnum):
    """What the command's exit status means."""

    OK = 0
    FAULT = 1
    USAGE = 2
    REFUSED = 3
    UNREADABLE = 4
    INTERRUPTED = 130


class ArchscanError(Exception):
    """Base of every exception raised on purpose.

    Attributes
    ----------
    reason
        Code, sentence and advice.
    exit_code
        Exit status of the command when this error ends it.
    """

    exit_code = ExitCode.FAULT

    def __init__(self, reason: Reason) -> None:
        super().__init__(f"{reason.message} {reason.advice}")
        self.reason = reason

    def __reduce__(self) -> tuple[type[ArchscanError], tuple[Reason]]:
        return type(self), (self.reason,)


class UnreadablePhotoError(ArchscanError):
    """The file or bytes could not be read as a picture."""

    exit_code = ExitCode.UNREADABLE

    @classmethod
    def of(cls, code: str) -> UnreadablePhotoError:
        """Make the error for one of the codes in ``archscan.reasons.UNREADABLE``.

        Parameters
        ----------
        code
            For example ``"truncated"``.

        Returns
        -------
        UnreadablePhotoError
            Ready to be raised.

        Raises
        ------
        KeyError
            If the code is unknown.
        """
        return cls(UNREADABLE[code])

    @classmethod
    def from_system(cls, error: OSError | ValueError) -> UnreadablePhotoError:
        """Make the error for a file that the system does not open.

        Parameters
        ----------
        error
            What the system said of it; it takes a name that no file can have for a wrong value.

        Returns
        -------
        UnreadablePhotoError
            Ready to be raised.
        """
        if isinstance(error, PermissionError):
            return cls.of("no-permission")
        # Of a path through a file, of a name that is too long and of links in a circle too there
        # is no such file.
        return cls.of("not-a-file" if isinstance(error, IsADirectoryError) else "not-found")


class RefusedPhotoError(ArchscanError):
    """A photo that a comparison needs shows no print that can be measured."""

    exit_code = ExitCode.REFUSED


class OptionError(ArchscanError):
    """An option or argument has a value that cannot be used."""

    exit_code = ExitCode.USAGE


class OutputError(ArchscanError):
    """A result could not be written where it was asked for."""

    exit_code = ExitCode.USAGE
