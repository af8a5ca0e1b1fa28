"""How wide lines are and whether they are coloured, by what they are written to."""

from __future__ import annotations

import io
import os

import pytest

from archscan.cli.terminals import columns, terminal
from archscan.report.terminal import WIDTH


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


class Window(Screen):
    """A screen that the system knows the width of."""

    def fileno(self) -> int:
        return 7


@pytest.mark.parametrize(("wide", "used"), [("40", 40), ("200", WIDTH)])
def test_lines_are_as_wide_as_a_narrow_screen_and_never_wider_than_80(
    monkeypatch, wide: str, used: int
) -> None:
    monkeypatch.setenv("COLUMNS", wide)
    assert columns(Screen()) == terminal(Screen()).width == used
    # Whoever reads a pipe wants lines whole, and a page of the usual width.
    assert columns(io.StringIO()) is None
    assert terminal(io.StringIO()).width == WIDTH


def test_a_screen_s_own_width_counts_unless_another_is_said(monkeypatch) -> None:
    def size(descriptor: int) -> os.terminal_size:
        if descriptor != Window().fileno():
            raise OSError
        return os.terminal_size((60, 24))

    monkeypatch.setattr(os, "get_terminal_size", size)
    monkeypatch.delenv("COLUMNS", raising=False)
    assert columns(Window()) == 60
    monkeypatch.setenv("COLUMNS", "50")
    assert columns(Window()) == 50


def test_a_screen_has_colours_unless_they_are_not_wanted(monkeypatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    assert terminal(Screen()).color_system is not None
    assert terminal(io.StringIO()).color_system is None
    monkeypatch.setenv("NO_COLOR", "1")
    plain = terminal(Screen())
    plain.print("a word", style="bold red")
    assert plain.file.getvalue() == "a word\n"
