"""Prints count as the foot their file says, in the order of their names; none is lost unsaid."""

from __future__ import annotations

import subprocess
from pathlib import Path

import numpy as np
from conftest import run_archscan

from archscan.indices import INDICES
from archscan.reliability.hand import beside_hand
from archscan.reliability.scores import named, nameless, repeats
from archscan.reliability.sides import by_name
from archscan.reliability.table import Table, read_table

COLUMNS = {name: f"indices.{name}.value" for name in INDICES}

BY = ("study.participant", "side")

NAMES = "study.participant,study.side,photo,side," + ",".join(COLUMNS.values()) + "\n"


def scores(folder: Path, *prints: tuple[str, str, str, str, float | str]) -> Path:
    """Write participant, named side, photo, measured side and value of each print."""
    path = folder / "scores.csv"
    lines = [",".join([*words, *[f"{value}"] * len(COLUMNS)]) for *words, value in prints]
    path.write_text(NAMES + "\n".join(lines) + "\n", encoding="utf-8")
    return path


def study(folder: Path) -> Path:
    """Two people's two feet, twice each; one print looks like the other foot."""
    return scores(
        folder,
        *(
            (person, side, f"{person}_{side}_{turn}.jpg", seen, value + turn / 100)
            for person, side, turn, seen, value in (
                ("a", "left", 1, "left", 0.2),
                ("a", "left", 2, "right", 0.2),
                ("a", "right", 1, "right", 0.3),
                ("a", "right", 2, "right", 0.3),
                ("b", "L", 1, "left", 0.4),
                ("b", "L", 2, "left", 0.4),
            )
        ),
    )


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    return run_archscan("reliability", *arguments, text=True)


def gathered(table: Table) -> list[list[float]]:
    return repeats(table, COLUMNS["staheli"], BY).tolist()


def test_a_wrong_guess_of_the_side_does_not_part_a_foots_repeats(tmp_path: Path) -> None:
    table, odd = by_name(read_table(study(tmp_path)))
    assert [row.cells["photo"] for row in odd] == ["a_left_2.jpg"]
    assert np.allclose(gathered(table), [[0.21, 0.22], [0.31, 0.32], [0.41, 0.42]])


def test_a_wrong_guess_is_told_and_costs_no_measurement_by_hand(tmp_path: Path) -> None:
    path = study(tmp_path)
    told = run(path).stderr
    assert "other foot than their file's name says: 1, for example 'a_left_2.jpg'" in told
    assert "left out" not in told
    hand = tmp_path / "hand.csv"
    hand.write_text("photo,side,staheli\na_left_2.jpg,left,0.2\n", encoding="utf-8")
    table, _ = by_name(read_table(path))
    assert np.allclose(
        beside_hand(table, read_table(hand), COLUMNS).pairs["staheli"], [[0.22, 0.2]]
    )


def test_two_prints_on_a_photo_are_not_both_the_foot_of_its_name(tmp_path: Path) -> None:
    pair = [("a", "left", "a_left_1.jpg", side, 0.3) for side in ("left", "right")]
    others = [("b", "both", "b.jpg", "right", 0.3), ("c", "left", "c.jpg", "", 0.3)]
    read = read_table(scores(tmp_path, *pair, *others))
    table, odd = by_name(read)
    assert (table, odd) == (read, ())


def test_a_named_side_is_understood_as_people_write_it(tmp_path: Path) -> None:
    prints = [("a", "L", "a.jpg", "right", 0.3), ("b", "RIGHT", "b.jpg", "left", 0.3)]
    table, odd = by_name(read_table(scores(tmp_path, *prints)))
    assert [row.cells["side"] for row in table.rows] == ["left", "right"]
    assert [row.cells["photo"] for row in odd] == ["a.jpg", "b.jpg"]


def test_a_table_without_named_sides_stays_as_it_is(tmp_path: Path) -> None:
    path = study(tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace("study.side", "study.foot"))
    read = read_table(path)
    assert by_name(read) == (read, ())


def test_a_table_sorted_by_a_ratio_gives_the_same_repeats(tmp_path: Path) -> None:
    prints = [
        (person, "left", f"{person}_{turn}.jpg", "left", value)
        for person, values in (("a", (0.3, 0.2)), ("b", (0.25, 0.35)))
        for turn, value in enumerate(values)
    ]
    by_ratio = sorted(prints, key=lambda row: row[-1])
    assert gathered(read_table(scores(tmp_path, *by_ratio))) == [[0.3, 0.2], [0.25, 0.35]]


def test_of_every_foot_as_many_repeats_are_taken_as_all_have(tmp_path: Path) -> None:
    prints = [
        (person, "left", f"{person}_{turn}.jpg", "left", turn / 10)
        for person, count in (("a", 3), ("b", 2), ("c", 1), ("", 2))
        for turn in range(1, count + 1)
    ]
    table = read_table(scores(tmp_path, *prints, ("b", "left", "b_0.jpg", "left", "")))
    # The first of b was not measured, the one of c has no repeat, the last two are nobody's.
    assert gathered(table) == [[0.1, 0.2], [0.1, 0.2]]
    measures = [*COLUMNS.values()]
    assert (named(table, measures, BY), nameless(table, measures, BY)) == (6, 2)


def test_no_repeats_at_all_are_a_table_of_nothing(tmp_path: Path) -> None:
    assert repeats(
        read_table(scores(tmp_path, ("a", "left", "a.jpg", "left", 0.3))), COLUMNS["staheli"], BY
    ).shape == (0, 0)


def test_prints_beyond_what_every_foot_has_are_told(tmp_path: Path) -> None:
    counts = {"a": 3, "b": 2, "c": 1}
    path = scores(
        tmp_path,
        *(
            (
                person,
                "left",
                f"{person}_{turn}.jpg",
                "left",
                0.2 + ord(person) % 7 / 10 + turn / 100,
            )
            for person, count in counts.items()
            for turn in range(count)
        ),
    )
    done = run(path)
    assert done.returncode == 0, done.stderr
    assert "so that all feet have as many: 2 of 6" in done.stderr
