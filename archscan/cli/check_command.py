"""``archscan check``: a few questions, then the plan that fits the answers."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence

from archscan.cli.answer_options import Age
from archscan.cli.guide_command import (
    Arch,
    PlanFile,
    Start,
    choose,
    explain_missing_plan,
    heading,
    place_of_plan,
    write_plan,
)

SKIPPED = "(Not at a keyboard: nothing was asked. Use 'archscan guide --symptom NAME' instead.)\n"

MOST_TRIES = 3
"""How often a question is asked until the reply is clear."""

NO = ("", "n", "no")
"""Not all that begins with n: "not sure" is no "no"."""

UNCLEAR = "  Please type y for yes or n for no; Enter means no.\n"

TAKEN_AS_YES = "  That is taken as a yes, to be safe.\n"

NO_NUMBER = "  Please type numbers from the list, or press Enter for {none}.\n"

TAKEN_AS = "  That is taken as {none}.\n"

NUMBERS = re.compile(r"(?<!\d)(\d{1,3})(?:\s*[-\u2013]\s*(\d{1,3}))?(?!\d)")
"""A number, or from one to another; of "1234" nobody knows how it is to be parted."""

NUMBER_INDENT = 5
"""Columns before the words of a numbered list."""


def check(
    arch: Arch = None,
    age: Age = None,
    plan: PlanFile = None,
    start: Start = None,
) -> None:
    """Ask a few questions (all may be skipped) and show the plan that fits."""
    from archscan import guidance
    from archscan.cli.terminals import terminal
    from archscan.report.guide_text import guide as laid_out

    # Before anybody has answered for nothing.
    plan = place_of_plan(plan, start)
    symptoms, conditions, ticked = _answers() if sys.stdin.isatty() else ([], [], False)
    if not sys.stdin.isatty():
        _say(SKIPPED, 0)
    chosen = choose(arch, symptoms, conditions, age)
    if not write_plan(plan, chosen, arch, start):
        advice = guidance.cards.content("signs")["advice"].strip() if ticked else ""
        terminal(sys.stdout).print(laid_out(chosen.cards, heading(arch, chosen), advice))
    explain_missing_plan(plan, chosen)


def _answers() -> tuple[list[str], list[str], bool]:
    """Ask for red flags, signs and conditions; Enter means no."""
    from archscan import guidance

    symptoms: list[str] = []
    _say("Six questions first. Enter means no; nothing is stored.\n", 0)
    for question in guidance.red_flag_questions():
        if _agreed(question.text):
            for card in guidance.select(None, symptoms=question.symptoms).of_kind("red_flag"):
                _say(f"\n  {card.title}. {card.short}\n\n", 2)
            symptoms += _which(question.symptoms)
    known = guidance.signs()
    places = _pick("Which of these fit you?", [sign.text for sign in known])
    symptoms += [symptom for place in places for symptom in known[place].symptoms]
    names = guidance.conditions()
    kept = _pick("Does any of these hold for you?", list(names.values()))
    return symptoms, [list(names)[place] for place in kept], bool(places)


def _agreed(question: str) -> bool:
    """Ask until the reply is clear; one that stays unclear is a yes, to be safe."""
    for tried in range(MOST_TRIES):
        line = _ask(f"{UNCLEAR if tried else ''}{question} [y/N] ", 0)
        reply = line.strip().lower()
        if reply.startswith("y"):
            return True
        if reply in NO and (line or not tried):
            return False
        if not line:  # The input has ended, and what came before was no answer.
            break
    _say(TAKEN_AS_YES, 0)
    return True


def _which(symptoms: Sequence[str]) -> Sequence[str]:
    """Ask which of several things a yes stands for; no answer means all, to be safe."""
    from archscan import guidance

    if len(symptoms) == 1:
        return symptoms
    words = guidance.symptoms()
    places = _pick("Which of these is it?", [words[name] for name in symptoms], none="all")
    return [symptoms[place] for place in places] or symptoms


def _pick(question: str, choices: Sequence[str], none: str = "none") -> list[int]:
    """Let a person pick from a numbered list."""
    lines = "".join(f"  {number:2} {words}\n" for number, words in enumerate(choices, start=1))
    asked = f"Numbers, for example 1 4; Enter for {none}: "
    prompt = f"\n{question}\n{lines}{asked}"
    for _ in range(MOST_TRIES):
        line = _ask(prompt, NUMBER_INDENT)
        numbers = _numbers(line, len(choices))
        if numbers or line.strip().lower() in (*NO, none):
            return [number - 1 for number in numbers]
        prompt = NO_NUMBER.format(none=none) + asked
    _say(TAKEN_AS.format(none=none), 0)
    return []


def _numbers(line: str, most: int) -> list[int]:
    """Read the numbers of a list from a reply: "1 4", "1,4" or "1-4"."""
    found: set[int] = set()
    for ends in NUMBERS.findall(line):
        named = [int(end) for end in ends if end]
        found.update(range(min(named), max(named) + 1))
    return sorted(number for number in found if 1 <= number <= most)


def _say(words: str, indent: int) -> None:
    """Write on standard error, because standard output is for the result; words stay whole."""
    from archscan.cli.terminals import columns
    from archscan.report.lines import wrapped

    width = columns(sys.stderr)
    for line in words.splitlines(keepends=True):
        text = line.rstrip()
        sys.stderr.write("\n".join(wrapped(text, width, indent)) + line[len(text) :])
    sys.stderr.flush()


def _ask(prompt: str, indent: int) -> str:
    """Ask a question; the answer is empty where the input has ended."""
    _say(prompt, indent)
    line = sys.stdin.readline()
    if not line:  # Nobody pressed Enter, so the next words would follow on the same line.
        sys.stderr.write("\n")
    return line
