"""On a narrow terminal no word and no number is cut in two or lost; a pipe gets whole lines."""

from __future__ import annotations

import json
import os
import re
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT
from made_scans import pair

from archscan import guidance
from archscan.indices.panel import PANEL
from archscan.report.lines import beside_or_below, wrapped
from archscan.report.record import to_record
from archscan.report.words import INDEX_NAMES

fcntl, pty, termios = (
    pytest.importorskip(name, reason="this system has no such terminals", exc_type=ImportError)
    for name in ("fcntl", "pty", "termios")
)

LONG = "sixty_prints_of_one_foot/a_name_that_no_narrow_terminal_holds_in_a_line.jpg"


def shown(width: int, *arguments: object, remarks: bool = False) -> list[str]:
    """Run a command on a terminal of some width; give the result or the remarks beside it."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, width, 0, 0))
    kept = {key: value for key, value in os.environ.items() if key != "COLUMNS"}
    with subprocess.Popen(
        [sys.executable, "-m", "archscan", *map(str, arguments)], stdin=subprocess.DEVNULL,
        **{"stdout" if remarks else "stderr": subprocess.DEVNULL},
        **{"stderr" if remarks else "stdout": theirs}, cwd=ROOT, env={**kept, "TERM": "xterm"},
    ) as running:  # fmt: skip
        os.close(theirs)
        told = b""
        try:
            while read := os.read(ours, 65536):
                told += read
        except OSError:  # The other end is closed: all has been said.
            pass
        os.close(ours)
        assert running.wait(timeout=60) in (0, 2, 4)
    return told.decode().split("\r\n")


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    for day in (1, 2):
        record = {**to_record(pair()), "photo": LONG}
        (tmp_path / f"2026-01-0{day}.json").write_text(json.dumps(record), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("width", [40, 64, 80])
def test_a_comparison_fits_a_narrow_terminal(saved: Path, width: int) -> None:
    lines = shown(width, "compare", saved)
    assert max(map(len, lines)) <= width
    assert LONG in "".join(line.strip() for line in lines)
    words = " ".join("\n".join(lines).split())
    assert words.count("not distinguishable from measuring error") == 6
    numbers = [line.strip() for line in lines if "->" in line]
    further = [one for one in PANEL.values() if one.unit != "grade"]
    steps = re.findall(r"[-+][\d.]+ \([-+][\d.]+ to [-+][\d.]+\)", words)
    assert len(numbers) == len(steps) == 2 * (len(INDEX_NAMES) + len(further))
    # Two intervals of +-0.02, independent of each other: their root of squares, 0.028.
    for value in ("0.3667 -> 0.3667", "+0.0000 (-0.0283 to +0.0283)"):
        assert any(value in line for line in lines)


@pytest.fixture
def scores(tmp_path: Path) -> list[Path]:
    """Three feet photographed twice and one without a name; two measured by hand."""
    columns = [f"indices.{name}.value" for name in INDEX_NAMES]
    lines = [",".join(["photo", "side", "study.participant", *columns])]
    for person in ("anna", "bob", "eva", ""):
        for repeat in (1, 2):
            value = f"{0.2 + 0.03 * len(person) + 0.01 * repeat * len(person):.4f}"
            lines.append(f"{person}{repeat}.jpg,left,{person},{value},{value},")
    (tmp_path / "scores.csv").write_text("\n".join(lines), encoding="utf-8")
    hand = "photo,chippaux_smirak\nanna1.jpg,0.37\nbob1.jpg,0.31\ngone.jpg,0.4\n"
    (tmp_path / "hand.csv").write_text(hand, encoding="utf-8")
    return [tmp_path / "scores.csv", tmp_path / "hand.csv"]


@pytest.mark.parametrize("width", [40, 80])
def test_how_well_repeats_agree_fits_a_narrow_terminal(scores: list[Path], width: int) -> None:
    for arguments in (scores[:1], [scores[0], "--against", scores[1]]):
        lines = shown(width, "reliability", *arguments)
        assert max(map(len, lines)) <= width
        whole = shown(200, "reliability", *arguments)
        for word in {word for line in whole[1:] for word in line.split()} - {"to"}:
            assert re.search(rf"(?<![\d.]){re.escape(word)}", "\n".join(lines)), word
        remarks = shown(width, "reliability", *arguments, remarks=True)
        assert max(map(len, remarks)) <= width
        assert "left out: 2" in " ".join(remarks) or "1 of 3" in " ".join(remarks)


def test_beside_each_number_stands_what_it_is(scores: list[Path]) -> None:
    _, first, *_ = shown(80, "reliability", scores[0])
    _, feet, each, correlation, low, _, high, error, least = first.split()
    told = shown(60, "reliability", scores[0])
    assert told[:4] == [
        "chippaux_smirak",
        f"    feet {feet}, each {each}",
        f"    ICC(2,1) {correlation} (95 % CI {low} to {high})",
        f"    SEM {error}, MDC95 {least}",
    ]


@pytest.mark.parametrize("width", [40, 80])
def test_what_went_wrong_fits_a_narrow_terminal(width: int) -> None:
    lines = shown(width, "reliability", "none.csv", remarks=True)
    assert max(map(len, lines)) <= width
    assert " ".join(lines).startswith("archscan: 'none.csv': There is no file with this name.")


@pytest.mark.parametrize("width", [40, 64, 80])
def test_the_list_of_names_fits_a_narrow_terminal(width: int) -> None:
    lines = shown(width, "guide", "--list")
    assert max(map(len, lines)) <= width
    words = " ".join("\n".join(lines).split())
    for name, meaning in {**guidance.symptoms(), **guidance.conditions()}.items():
        assert f"{name} {meaning}" in words


def test_a_reader_that_is_no_terminal_gets_whole_lines(saved: Path, archscan_command) -> None:
    told = archscan_command("compare", saved).stdout.decode().splitlines()
    assert any(line.endswith(LONG) for line in told)
    listed = archscan_command("guide", "--list").stdout.decode().splitlines()
    assert len(listed) == 2 + len(guidance.symptoms()) + len(guidance.conditions())


def test_a_word_that_is_too_long_for_a_line_is_broken_and_not_cut() -> None:
    assert wrapped("ab cd", 5, 2) == ["ab cd"]
    assert wrapped("ab cd", None, 2) == ["ab cd"]
    assert wrapped("ab cdefgh", 5, 2) == ["ab cd", "  efg", "  h"]
    assert "".join(line.strip() for line in wrapped("x" * 30, 1, 4)) == "x" * 30


@pytest.mark.parametrize(
    ("width", "shown"), [(None, ["ab cd"]), (5, ["ab cd"]), (4, ["ab", "cd"]), (1, [*"abcd"])]
)
def test_what_fits_stands_beside_each_other_and_else_below(width, shown: list[str]) -> None:
    assert [line.strip() for line in beside_or_below(["ab cd"], ["ab", "cd"], width, 0)] == shown
