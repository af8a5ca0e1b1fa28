"""The command on photos of which is known what they show: what is asked, said and written."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from made_scans import made_print, made_scan, refused, unreadable
from PIL import Image

from archscan import guidance
from archscan.cli import main


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, capfd):
    """Run the command on photos of which is known already what they show; gives what it says."""

    def run(*arguments: str, shown, asked: list | None = None) -> str:
        def measured(source: str, **options):
            if asked is not None:
                asked.append((source, options))
            return next(left)

        left = iter(shown)
        monkeypatch.setattr("archscan.scan", measured)
        with pytest.raises(SystemExit):
            main(arguments)
        return capfd.readouterr().out

    return run


def test_every_option_is_heard(told) -> None:
    asked: list = []
    said = told(
        "a.jpg", "--sheet", "letter", "--side", "right", "--age", "34.5", "--symptom", "heel-pain",
        "--symptom", "back-pain", "--condition", "diabetes", "--max-pixels", "1000",
        shown=[made_scan()], asked=asked,
    )  # fmt: skip
    assert asked == [
        (
            "a.jpg",
            {
                "sheet": "letter", "side": "right", "age": 34.5, "max_pixels": 1000,
                "symptoms": ["heel-pain", "back-pain"], "conditions": ["diabetes"],
            },
        )
    ]  # fmt: skip
    again = "--symptom heel-pain --symptom back-pain --condition diabetes --age 34.5"
    assert again in " ".join(said.split())


def test_a_choice_may_be_typed_in_capitals(told) -> None:
    asked: list = []
    told(
        "a.jpg", "--sheet", "A4", "--side", "LEFT", "--symptom", "Heel-Pain",
        "--condition", "Diabetes", shown=[made_scan()], asked=asked,
    )  # fmt: skip
    ((_, heard),) = asked
    assert (heard["sheet"], heard["side"]) == ("a4", "left")
    assert (heard["symptoms"], heard["conditions"]) == (["heel-pain"], ["diabetes"])


def test_a_person_s_two_feet_are_compared_where_that_is_asked(told) -> None:
    feet = [made_scan(made_print("left")), made_scan(made_print("right"))]
    assert "\n\nLeft and right\n" in told("a.jpg", "b.jpg", "--pair", shown=feet)
    assert "Left and right" not in told("a.jpg", "b.jpg", shown=feet)
    assert told("a.jpg", "b.jpg", "--pair", "--quiet", shown=feet) == ""
    assert len(json.loads(told("a.jpg", "b.jpg", "--pair", "--json", "-", shown=feet))) == 2


def test_a_pair_is_told_as_wide_as_the_terminal_is(told, monkeypatch) -> None:
    monkeypatch.setattr("archscan.cli.terminals.columns", lambda _: 40)
    feet = [made_scan(made_print("left")), made_scan(made_print("right"))]
    said = told("a.jpg", "b.jpg", "--pair", shown=feet)
    assert max(map(len, said[said.index("Left and right") :].splitlines())) <= 40


def test_of_a_pair_a_photo_taken_for_the_wrong_foot_is_asked_for_as_the_other(told) -> None:
    asked: list = []
    feet = [made_scan(made_print("left", side_confidence=sure)) for sure in (0.99, 0.7)]
    shown = [*feet, made_scan(made_print("right"))]
    assert "Left and right" in told("a.jpg", "b.jpg", "--pair", shown=shown, asked=asked)
    assert [(source, heard["side"]) for source, heard in asked] == [
        ("a.jpg", "auto"),
        ("b.jpg", "auto"),
        ("b.jpg", "right"),
    ]


@pytest.mark.parametrize(
    ("name", "kind"), [("o.png", "PNG"), ("o.PNG", "PNG"), ("o.jpg", "JPEG"), ("o", "JPEG")]
)
def test_a_picture_is_of_the_kind_that_its_name_says(told, tmp_path: Path, name, kind) -> None:
    told("a.jpg", "--quiet", "--overlay", str(tmp_path / name), shown=[made_scan()])
    with Image.open(tmp_path / name) as overlay:
        assert overlay.format == kind


def test_an_unreadable_photo_has_a_report_and_no_picture(told, tmp_path: Path) -> None:
    files = {option: tmp_path / f"x.{option}" for option in ("png", "jpg", "html")}
    told(
        "a.jpg", "--overlay", str(files["jpg"]), "--mask", str(files["png"]),
        "--report", str(files["html"]), shown=[unreadable()],
    )  # fmt: skip
    assert [file.name for file in tmp_path.iterdir()] == ["x.html"]


def test_results_stand_apart(told) -> None:
    one = told("a.jpg", shown=[refused()])
    assert told("a.jpg", "b.jpg", shown=[refused(), refused()]) == f"{one}\n{one}"


def test_each_result_is_shown_before_the_next_photo_is_measured(monkeypatch, capfd) -> None:
    shown: list[str] = []

    def measured(_: str, **__: object):
        shown.append(capfd.readouterr().out)
        return refused()

    monkeypatch.setattr("archscan.scan", measured)
    with pytest.raises(SystemExit):
        main(["a.jpg", "b.jpg"])
    assert shown[0] == ""
    assert "(no-footprint)" in shown[1]


def test_where_nothing_was_measured_there_is_nothing_to_disclaim(told) -> None:
    for shown in ([refused(), made_scan()], [made_scan(), refused()]):
        said = " ".join(told("a.jpg", "b.jpg", shown=shown).split())
        assert said.count(guidance.DISCLAIMER[:40]) == 1
    said = " ".join(told("a.jpg", "b.jpg", shown=[refused(), refused()]).split())
    assert guidance.DISCLAIMER[:40] not in said
    # What is urgent is to be disclaimed all the same.
    urgent = replace(refused(), urgent=("rf.emergency",))
    said = " ".join(told("a.jpg", "--symptom", "leg-weakness", shown=[urgent]).split())
    assert guidance.DISCLAIMER[:40] in said
