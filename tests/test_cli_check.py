"""The questions: all can be skipped, none blocks a script, yes comes first."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys

import pytest

from archscan import guidance
from archscan.cli.check_command import (
    NO_NUMBER,
    TAKEN_AS,
    TAKEN_AS_YES,
    UNCLEAR,
    _answers,
    _numbers,
    _say,
)

pty = pytest.importorskip("pty", reason="this system has no such terminals", exc_type=ImportError)

COMMAND = [sys.executable, "-m", "archscan", "check"]


def asked(answers: list[str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """Answer at a terminal, one line for each question."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*COMMAND, *arguments], stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True,
    ) as running:  # fmt: skip
        os.close(theirs)
        os.write(ours, "".join(f"{answer}\n" for answer in answers).encode())
        try:
            out, err = running.communicate(timeout=60)
        finally:
            # A question that finds no line for it would wait for ever.
            running.kill()
            os.close(ours)
    return subprocess.CompletedProcess([], running.returncode, out, err)


def sign_number(name: str) -> int:
    return [sign.id for sign in guidance.signs()].index(name) + 1


def test_a_script_is_not_kept_waiting() -> None:
    done = subprocess.run(
        COMMAND, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0
    assert "nothing was asked" in done.stderr
    assert "[y/N]" not in done.stderr
    assert guidance.DISCLAIMER.split(".")[0] in " ".join(done.stdout.split())


def test_enter_skips_every_question() -> None:
    done = asked([""] * 8, "flat")
    assert done.returncode == 0
    assert done.stderr.count("[y/N]") == 6
    assert "Six questions first" in done.stderr
    assert done.stderr.count("Enter for none:") == 2
    assert "nothing was asked" not in done.stderr
    assert "Short foot" in done.stdout
    assert "If you ticked" not in done.stdout
    assert "Get medical help now" not in done.stdout


def test_a_plan_without_a_folder_is_refused_before_anything_is_asked(tmp_path) -> None:
    done = asked([""] * 8, "flat", "--plan", str(tmp_path / "none" / "plan.html"))
    assert (done.returncode, done.stdout) == (2, "")
    assert "[y/N]" not in done.stderr


def test_a_plan_on_standard_output_is_all_that_goes_there() -> None:
    done = asked([""] * 8, "flat", "--plan", "-")
    assert done.returncode == 0
    assert done.stdout.startswith("<!doctype html>")
    assert done.stdout.rstrip().endswith("</html>")


def test_a_red_flag_is_answered_at_once_and_comes_first() -> None:
    done = asked(["y", *[""] * 8], "flat")
    assert "Get medical help now" in done.stderr
    assert done.stdout.index("Get medical help now") < done.stdout.index("flatter print")


def test_a_yes_to_several_things_is_asked_which() -> None:
    wound = 1 + [q.symptoms for q in guidance.red_flag_questions()][5].index("foot-wound")
    done = asked([*[""] * 5, "yes", str(wound), "", ""], "flat")
    assert guidance.symptoms()["foot-wound"] in done.stderr
    assert guidance.card("sp.numb_feet").title in done.stdout
    assert "Short foot" not in done.stdout


def test_a_yes_to_several_things_is_all_of_them_if_not_told_which() -> None:
    done = asked([*[""] * 5, "y", *[""] * 3], "flat")
    assert guidance.card("sp.injury").title in done.stdout
    assert "Short foot" not in done.stdout


@pytest.mark.parametrize("unclear", ["ja", "1", "not sure", "?"])
def test_an_unclear_reply_is_asked_again(unclear: str) -> None:
    done = asked([unclear, unclear, "N", *[""] * 7], "flat")
    assert done.stderr.count("[y/N]") == 8
    assert done.stderr.count(UNCLEAR) == 2
    assert "Get medical help now" not in done.stdout + done.stderr


@pytest.mark.parametrize("replies", [["ja"] * 3, ["maybe", "\x04"]])
def test_a_reply_that_stays_unclear_is_a_yes(replies: list[str]) -> None:
    done = asked([*replies, *[""] * 8], "flat")
    assert done.returncode == 0
    assert TAKEN_AS_YES in done.stderr
    assert done.stdout.index("Get medical help now") < done.stdout.index("flatter print")


def test_input_that_ends_is_not_asked_again() -> None:
    done = asked(["\x04" * 8])
    assert done.returncode == 0
    assert done.stderr.count("[y/N]") == 6
    assert "Get medical help now" not in done.stderr


def test_signs_and_conditions_change_the_plan(tmp_path) -> None:
    heel = sign_number("morning_heel")
    diabetes = list(guidance.conditions()).index("diabetes") + 1
    page = tmp_path / "plan.html"
    answers = ["n"] * 6 + [f"{heel} 99 no", str(diabetes)]
    done = asked(answers, "high", "--plan", str(page), "--start", "2026-11-23")
    assert done.returncode == 0
    assert "Pain under the heel" in done.stdout
    assert "Rolling the sole" not in done.stdout
    assert "mention your feet" in done.stdout
    assert done.stdout.index("mention your feet") < done.stdout.index(guidance.DISCLAIMER[:40])
    assert "\n\nIf you ticked" in done.stdout
    asked_of = " ".join(done.stderr.split())
    assert f"{heel} {guidance.signs()[heel - 1].text}" in asked_of
    assert (
        f"Does any of these hold for you? 1 {next(iter(guidance.conditions().values()))}"
        in asked_of
    )
    assert "by itself.\n\narchscan" in done.stdout
    assert "4 January 2027" in page.read_text(encoding="utf-8")


def test_a_back_that_aches_after_standing_is_a_back_that_hurts() -> None:
    done = asked([""] * 6 + [str(sign_number("standing_ache")), ""])
    assert guidance.card("sc.active").title in done.stdout


def test_feet_and_back_at_the_same_time_are_both_answered() -> None:
    done = asked([""] * 6 + [str(sign_number("both")), ""])
    for number in ("sc.active", "tx.podiatry"):
        assert guidance.card(number).title in done.stdout


@pytest.mark.parametrize("reply", ["diabetes", "y", "99"])
def test_a_reply_without_a_number_of_the_list_is_asked_again(reply: str) -> None:
    done = asked([*[""] * 7, reply, "1"], "flat")
    assert done.stderr.count(NO_NUMBER.format(none="none")) == 1
    assert guidance.card("sp.numb_feet").title in done.stdout


def test_a_list_is_not_asked_for_ever() -> None:
    done = asked([*[""] * 7, *["hm"] * 3], "flat")
    assert done.returncode == 0
    assert TAKEN_AS.format(none="none") in done.stderr


@pytest.mark.parametrize(
    ("reply", "numbers"),
    [
        ("1 3", [1, 3]),
        ("2-4", [2, 3, 4]),
        ("4 - 2, 1", [1, 2, 3, 4]),
        ("3 99 no", [3]),
        ("5 6", [5]),
        ("0", []),
        ("1234", []),
    ],
)
def test_numbers_are_read_as_people_write_them(reply: str, numbers: list[int]) -> None:
    assert _numbers(reply, 5) == numbers


def test_questions_keep_words_whole_on_a_narrow_terminal(monkeypatch, capsys) -> None:
    monkeypatch.setattr("archscan.cli.terminals.columns", lambda _: 40)
    for question in guidance.red_flag_questions():
        _say(f"{question.text} [y/N] ", 0)
        said = capsys.readouterr().err
        assert max(map(len, said.splitlines())) <= 40
        assert said.split() == f"{question.text} [y/N]".split()
        assert said.endswith(" ")


def test_all_that_is_asked_fits_a_narrow_terminal(monkeypatch, capsys) -> None:
    monkeypatch.setattr("archscan.cli.terminals.columns", lambda _: 40)
    monkeypatch.setattr("sys.stdin", io.StringIO("perhaps\n" * 5))
    _answers()
    # Here nobody's Enter ends the line of a question.
    said = re.split(r"\n|(?<=\[y/N\]) |(?<=none:) |(?<=all:) ", capsys.readouterr().err)
    assert said[0] == "Six questions first. Enter means no;"
    assert max(map(len, said)) <= 40


def test_what_follows_the_end_of_input_begins_a_line() -> None:
    done = asked(["\x04" * 8])
    assert all(line.count("[y/N]") <= 1 for line in done.stderr.splitlines())
