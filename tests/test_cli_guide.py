"""The guidance as a command: never an empty page, whoever asks."""

from __future__ import annotations

import json

import pytest

from archscan import guidance
from archscan.guidance.cards import content
from archscan.report.card_words import ASK_FIRST

EXERCISE = guidance.card("ex.calf_raise").title


@pytest.mark.parametrize("command", ["guide", "check"])
def test_who_knows_no_class_gets_what_holds_for_every_print(archscan_command, command, tmp_path):
    page = tmp_path / "plan.html"
    done = archscan_command(command, "--plan", page)
    assert done.returncode == 0
    assert EXERCISE in done.stdout.decode()
    assert "For every print" in done.stdout.decode()
    assert page.read_text(encoding="utf-8").count("<svg") == 5


@pytest.mark.parametrize(
    ("answers", "told"), [((), True), (("--symptom", "fever"), False), (("--all",), False)]
)
def test_who_named_no_red_flag_is_told_where_they_are_asked(archscan_command, answers, told):
    assert (ASK_FIRST in archscan_command("guide", "flat", *answers).stdout.decode()) is told


def test_names_are_listed_for_a_program_too(archscan_command):
    told = json.loads(archscan_command("guide", "--list", "--json").stdout)
    assert told == {"symptoms": guidance.symptoms(), "conditions": guidance.conditions()}


def test_every_card_is_not_called_guidance_for_one_print(archscan_command):
    out = archscan_command("guide", "flat", "--all").stdout.decode()
    assert out.startswith("Every card")
    assert guidance.card("mech.high").title in out
    assert "For a print that looks" not in out


def test_a_childs_guidance_names_no_class(archscan_command):
    out = archscan_command("guide", "flat", "--age", 8, "--symptom", "back-pain").stdout.decode()
    assert out.startswith("For a child's print\n\nA child with a sore back: see a doctor soon")
    assert "grey hair" not in out


@pytest.mark.parametrize("name", ["-", "/dev/stdout"])
@pytest.mark.parametrize("command", ["guide", "check"])
def test_a_plan_alone_goes_to_standard_output(archscan_command, command, name, tmp_path):
    done = archscan_command(command, "flat", "--plan", name, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(b"<!doctype html>")
    assert done.stdout.endswith(b"</html>\n")
    assert list(tmp_path.iterdir()) == []


def test_standard_output_is_kept_for_a_plan_that_there_is_none_of(archscan_command):
    done = archscan_command("guide", "--condition", "osteoporosis", "--plan", "-")
    assert (done.returncode, done.stdout) == (3, b"")
    assert b"No plan was written" in done.stderr


@pytest.mark.parametrize("condition", [(), ("--condition", "osteoporosis")])
def test_standard_output_takes_either_the_plan_or_the_cards(archscan_command, condition):
    done = archscan_command("guide", "--json", "--plan", "/dev/stdout", *condition)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"two results" in done.stderr


@pytest.mark.parametrize("command", ["guide --condition osteoporosis", "check --age 9"])
def test_a_plan_without_exercises_is_refused_with_a_reason(archscan_command, command, tmp_path):
    page = tmp_path / "plan.html"
    done = archscan_command(*command.split(), "--plan", page)
    assert done.returncode == 3
    assert not page.exists()
    assert f"archscan: {content('plan')['without']}\n" in done.stderr.decode()
    assert "Shoes that fit" in done.stdout.decode()
    assert archscan_command(*command.split()).returncode == 0


@pytest.mark.parametrize("command", ["guide", "check"])
def test_a_plan_that_would_end_after_the_last_day_there_is_is_wrong_usage(
    archscan_command, command, tmp_path
):
    done = archscan_command(command, "--plan", tmp_path / "plan.html", "--start", "9999-12-30")
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"--start" in done.stderr
    last = archscan_command(command, "--plan", tmp_path / "plan.html", "--start", "9999-11-19")
    assert last.returncode == 0


@pytest.mark.parametrize("command", ["guide", "check"])
def test_a_first_day_without_a_plan_is_told(archscan_command, command):
    done = archscan_command(command, "flat", "--start", "2026-01-05")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"archscan: --start is the first day of a plan")
    assert b"--plan" in done.stderr


@pytest.mark.parametrize(
    ("answers", "number"),
    [
        (("--symptom", "leg-weakness"), "rf.emergency"),
        (("--age", "8", "--symptom", "back-pain"), "rf.child_back"),
    ],
)
def test_where_a_plan_is_all_that_was_asked_for_what_is_urgent_is_told_all_the_same(
    archscan_command, answers, number
):
    done = archscan_command("guide", "flat", *answers, "--plan", "-")
    assert (done.returncode, done.stdout) == (3, b"")
    # On a pipe each sentence is one line, as whatever else is said there.
    one, without = guidance.card(number), content("plan")["without"]
    told = done.stderr.decode().splitlines()
    assert told == [f"archscan: {one.title}. {one.text}", f"archscan: {without}"]
