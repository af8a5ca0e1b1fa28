"""What the command says of agreement: each number by its name, on a wide screen and a narrow."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from archscan.cli import main
from archscan.indices import INDICES
from archscan.reliability import bland_altman, intraclass_correlation
from archscan.reliability.scores import repeats
from archscan.reliability.table import read_table

CSI = "indices.chippaux_smirak.value"
VALUES = ["0.31", "0.33", "0.42", "0.41", "0.55", "0.58"]
"""Of three feet, each twice."""


def scores(folder: Path, lines: list[str], columns: str = "study.participant,photo,side") -> Path:
    path = folder / "scores.csv"
    measures = [f"indices.{name}.value" for name in INDICES]
    path.write_text("\n".join([",".join([columns, *measures]), *lines]), encoding="utf-8")
    return path


@pytest.fixture
def repeated(tmp_path: Path) -> Path:
    """The first index of three feet twice, the second of one foot once, the third of none."""
    return scores(
        tmp_path,
        [
            f"p{number // 2},{number}.jpg,left,{value},{'0.2' if number < 1 else ''},"
            for number, value in enumerate(VALUES)
        ],
    )


@pytest.fixture
def by_hand(tmp_path: Path) -> Path:
    path = tmp_path / "hand.csv"
    lines = [f"{number}.jpg,{value},0.2" for number, value in ((0, 0.3), (2, 0.4), (5, 0.61))]
    path.write_text("\n".join(["photo,chippaux_smirak,cavanagh_rodgers", *lines]), encoding="utf-8")
    return path


@pytest.fixture
def told(capfd, monkeypatch):
    """Run the command on a screen of some width, or into a file."""

    def tell(*arguments: object, width: int | None = None, status: int = 0) -> tuple[str, str]:
        monkeypatch.setattr("archscan.cli.terminals.columns", lambda _: width)
        with pytest.raises(SystemExit) as left:
            main(["reliability", *map(str, arguments)])
        said, remarked = capfd.readouterr()
        assert left.value.code == status, remarked
        return said, remarked

    return tell


def test_each_number_of_repeats_stands_under_its_name(told, repeated: Path) -> None:
    wide, _ = told(repeated)
    head, first, second, _ = wide.splitlines()
    assert head.split() == ["index", "feet", "each", "ICC(2,1)", "95", "%", "CI", "SEM", "MDC95"]
    found = intraclass_correlation(
        repeats(read_table(repeated), CSI, ("study.participant", "side"))
    )
    ends = f"{found.low:.3f} to {found.high:.3f}"
    error, least = f"{found.standard_error:.4f}", f"{found.least_change:.4f}"
    correlation = f"{found.correlation:.3f}"
    assert first.split() == ["chippaux_smirak", "3", "2", correlation, *ends.split(), error, least]
    assert second == "cavanagh_rodgers      needs two feet with two prints each"
    narrow, _ = told(repeated, width=60)
    assert narrow.splitlines()[:6] == [
        "chippaux_smirak",
        "    feet 3, each 2",
        f"    ICC(2,1) {correlation} (95 % CI {ends})",
        f"    SEM {error}, MDC95 {least}",
        "cavanagh_rodgers",
        "    needs two feet with two prints each",
    ]


def test_feet_that_do_not_differ_are_told_in_words_on_a_narrow_screen_too(
    told, tmp_path: Path
) -> None:
    lines = [f"p{number // 2},{number}.jpg,left,0.4,," for number in range(4)]
    narrow, _ = told(scores(tmp_path, lines), width=40)
    assert "    ICC(2,1) feet do not differ\n" in narrow


def test_each_number_beside_the_hand_stands_by_its_name(
    told, repeated: Path, by_hand: Path
) -> None:
    found = bland_altman(np.array([0.31, 0.42, 0.58]), np.array([0.3, 0.4, 0.61]))
    of_bias, agreement, of_low, of_high = (
        f"{low:+.4f} to {high:+.4f}"
        for low, high in (
            found.bias_within, (found.low, found.high), found.low_within, found.high_within,
        )
    )  # fmt: skip
    wide, _ = told(repeated, "--against", by_hand)
    lines = [" ".join(line.split()) for line in wide.splitlines()]
    assert lines == [
        "index pairs bias 95 % limits of agreement",
        f"chippaux_smirak 3 {found.bias:+.4f} {agreement}",
        f"95 % CI of the bias {of_bias}",
        f"95 % CI of the two limits {of_low}, {of_high}",
        "cavanagh_rodgers too few pairs",
    ]
    narrow, _ = told(repeated, "--against", by_hand, width=66)
    assert " ".join(narrow.split()) == " ".join(
        [
            f"chippaux_smirak pairs 3, bias {found.bias:+.4f}",
            f"95 % CI of the bias {of_bias}",
            f"95 % limits of agreement {agreement}",
            f"95 % CI of the two limits {of_low}, {of_high}",
            "cavanagh_rodgers too few pairs",
        ]
    )
    # What belongs to an index stands further in than its name, where a line is broken too.
    assert [line.split()[0] for line in narrow.splitlines() if line[0] != " "] == [
        "chippaux_smirak",
        "cavanagh_rodgers",
    ]


def test_a_plot_is_drawn_of_every_index_with_pairs_enough(
    told, repeated: Path, by_hand: Path, tmp_path: Path
) -> None:
    *two, _ = by_hand.read_text(encoding="utf-8").splitlines()
    by_hand.write_text("\n".join(two), encoding="utf-8")
    told(repeated, "--against", by_hand, "--plot", tmp_path / "new" / "plots")
    (drawn,) = (tmp_path / "new" / "plots").iterdir()
    assert drawn.name == "chippaux_smirak.svg"
    svg = drawn.read_text(encoding="utf-8")
    assert svg.count(">chippaux_smirak: archscan less hand</") == 2  # Its title and its heading.
    assert "bias +0.015" in svg


def test_one_print_too_many_is_told(told, tmp_path: Path) -> None:
    lines = [f"p{number // 2},{number}.jpg,left,{value},," for number, value in enumerate(VALUES)]
    _, remarked = told(scores(tmp_path, [*lines, "p2,6.jpg,left,0.56,,"]))
    assert "so that all feet have as many: 1 of 7." in remarked


def test_a_print_without_a_name_says_which_columns_would_have_it(told, tmp_path: Path) -> None:
    lines = [f"p{number // 2},{number}.jpg,left,{value},," for number, value in enumerate(VALUES)]
    _, remarked = told(scores(tmp_path, [*lines, ",6.jpg,left,0.56,,"]))
    assert remarked.startswith("Prints without a name, left out: 1. Their study.participant or")


def test_of_guesses_that_are_wrong_the_first_is_named(told, tmp_path: Path) -> None:
    lines = [
        f"p{number // 2},L,{number}.jpg,{'right' if number in (1, 4) else 'left'},{value},,"
        for number, value in enumerate(VALUES)
    ]
    columns = "study.participant,study.side,photo,side"
    _, remarked = told(scores(tmp_path, lines, columns))
    assert "name says: 2, for example '1.jpg'" in remarked


@pytest.mark.parametrize(
    ("without", "arguments", "words"),
    [
        ("photo", (), "has no column photo. Name a table that archscan batch wrote"),
        ("side", ("--against",), "has no column side. Name a table that archscan batch wrote"),
        (None, ("--by", "who"), "has no column who. Name with --by a column that"),
    ],
)
def test_a_column_that_is_wanted_is_named_with_how_to_get_it(
    told, repeated: Path, by_hand: Path, without: str | None, arguments, words: str
) -> None:
    read = repeated.read_text(encoding="utf-8")
    if without is not None:
        repeated.write_text(read.replace(f",{without},", ",other,", 1), encoding="utf-8")
    against = (by_hand,) if arguments == ("--against",) else ()
    _, remarked = told(repeated, *arguments, *against, status=2)
    assert words in remarked


def test_a_table_by_hand_without_photos_is_no_fault_of_ours(
    told, repeated: Path, by_hand: Path
) -> None:
    by_hand.write_text("picture,chippaux_smirak\n0.jpg,0.3\n", encoding="utf-8")
    _, remarked = told(repeated, "--against", by_hand, status=2)
    assert "has no column photo. Name the photos as in" in remarked


def test_feet_that_are_named_for_nothing_are_told(told, repeated: Path, by_hand: Path) -> None:
    said, remarked = told(repeated, "--by", "photo", "--against", by_hand, status=2)
    assert said == ""
    assert "Leave out --by or --against." in remarked


def test_a_table_that_may_not_be_read_is_told_as_a_photo_is(
    told, repeated: Path, by_hand: Path, monkeypatch
) -> None:
    # By whoever opens it, not by the program's own check of arguments, which is wrong usage.
    monkeypatch.setattr(os, "access", lambda *_, **__: False)
    told(repeated, "--against", by_hand)
