"""Participant, side and session, read from how files are named."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from archscan.batch.pictures import ENDINGS
from archscan.errors import OptionError
from archscan.reasons import Reason

FIELD = re.compile(r"\{([a-z][a-z0-9_]*)\}")
"""A letter, then letters, digits and underscores, all of them small."""


@dataclass(frozen=True)
class Pattern:
    """How names are built, for example ``{participant}_{side}_{session}``.

    Attributes
    ----------
    text
        As given.
    fields
        Its fields, in order.
    """

    text: str
    fields: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns it fills: each field after ``study.``."""
        return tuple(f"study.{field}" for field in self.fields)

    @classmethod
    def of(cls, text: str) -> Pattern:
        """Read a pattern.

        Parameters
        ----------
        text
            Fields in braces; anything else must stand in the names as it is. With a
            ``/`` in it, it is held against the end of the path, else against the name. A
            photo's ending is looked at in neither.

        Returns
        -------
        Pattern
            Ready to read names.

        Raises
        ------
        OptionError
            If it has no field, or one twice, or braces round what is none.
        """
        if re.search(r"[{}]", FIELD.sub("", text)):
            raise OptionError(
                Reason(
                    "bad-pattern",
                    f"'{text}' has a brace that belongs to no field.",
                    "A field is called with small letters, digits and _, for example "
                    "{participant} or {session_2}.",
                )
            )
        fields = tuple(FIELD.findall(text))
        if not fields or len(set(fields)) < len(fields):
            raise OptionError(
                Reason(
                    "bad-pattern",
                    f"'{text}' names no field in braces, or one of them twice.",
                    "Write it like the files are named: {participant}_{side}_{session}.",
                )
            )
        return cls(text, fields)

    def read(self, name: str) -> dict[str, str]:
        """Read one file's name.

        Parameters
        ----------
        name
            Path below the folder, with ``/`` between the parts.

        Returns
        -------
        dict of str to str
            By field, in order; empty where the name is built otherwise.
        """
        found = self._match(name)
        return {field: found[field] if found else "" for field in self.fields}

    def fits(self, name: str) -> bool:
        """Tell whether a file's name is built like this.

        Parameters
        ----------
        name
            As for :meth:`read`.

        Returns
        -------
        bool
            Whether all fields are filled.
        """
        return self._match(name) is not None

    def _match(self, name: str) -> re.Match[str] | None:
        parts = self.text.count("/") + 1
        # In names that macOS made an accent follows its letter; typed, they are one.
        path = PurePosixPath(unicodedata.normalize("NFC", name))
        tail = "/".join([*path.parts[-parts:-1], path.stem])
        return self._expression.fullmatch(tail)

    @property
    def _stem(self) -> str:
        """The pattern without a photo's ending, which names are read without."""
        stem, dot, ending = self.text.rpartition(".")
        return stem if dot + ending.lower() in ENDINGS else self.text

    @cached_property
    def _expression(self) -> re.Pattern[str]:
        """What a name must be, built once for all photos of a study."""
        pieces = FIELD.split(unicodedata.normalize("NFC", self._stem))
        # Fixed text and names of fields take turns. A field ends where the next text
        # begins, and holds no slash.
        expression = "".join(
            f"(?P<{piece}>[^/]+?)" if number % 2 else re.escape(piece)
            for number, piece in enumerate(pieces)
        )
        return re.compile(expression)
