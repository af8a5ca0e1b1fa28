"""The guidance as a command: never an empty page, whoever asks."""

from __future__ import annotations

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


def test_a_childs_guidance_names_no_class(archscan_command):
    out = archscan_command("guide", "flat", "--age", 8, "--symptom", "back-pain").stdout.decode()
    assert out.startswith("For a child's print\n\nA child with a sore back: see a doctor soon")
    assert "grey hair" not in out


@pytest.mark.parametrize("command", ["guide --condition osteoporosis", "check --age 9"])
def test_a_plan_without_exercises_is_refused_with_a_reason(archscan_command, command, tmp_path):
    page = tmp_path / "plan.html"
    done = archscan_command(*command.split(), "--plan", page)
    assert done.returncode == 3
    assert not page.exists()
    assert content("plan")["without"] in " ".join(done.stderr.decode().split())
    assert "Shoes that fit" in done.stdout.decode()
    assert archscan_command(*command.split()).returncode == 0
