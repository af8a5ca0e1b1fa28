"""``archscan guide``: the guidance alone."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from archscan.cli.answer_options import Age, Conditions, Symptoms
from archscan.errors import ExitCode, OptionError
from archscan.reasons import Reason

if TYPE_CHECKING:
    from archscan.guidance import Card, Guidance


NARROW = 60
"""Columns below which what a name means stands under it, not beside it."""


class ArchName(StrEnum):
    """The three classes."""

    high = "high"
    neutral = "neutral"
    flat = "flat"


Arch = Annotated[ArchName | None, typer.Argument(case_sensitive=False, help="Class of print.")]
PlanFile = Annotated[
    Path | None,
    typer.Option(
        help="Write the plan as a page (HTML; '-': standard output) that prints on one sheet."
    ),
]
LAST_START = datetime(9999, 11, 19)
"""Six weeks before the last day that a date can name."""


def _with_an_end(start: datetime | None) -> datetime | None:
    if start is not None and start > LAST_START:
        raise typer.BadParameter(f"a plan begins on {LAST_START:%Y-%m-%d} at the latest.")
    return start


Start = Annotated[
    datetime | None,
    typer.Option(
        formats=["%Y-%m-%d"],
        callback=_with_an_end,
        help="First day of the plan; today unless given.",
    ),
]


def guide(
    arch: Arch = None,
    symptom: Symptoms = None,
    condition: Conditions = None,
    age: Age = None,
    everything: Annotated[bool, typer.Option("--all", help="Show every card.")] = False,
    plan: PlanFile = None,
    start: Start = None,
    json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    list_names: Annotated[
        bool, typer.Option("--list", help="List symptoms and conditions.")
    ] = False,
) -> None:
    """Show what is worth doing, with the evidence for it."""
    from archscan import guidance

    if list_names:
        _list(as_json=json)
        return
    chosen = choose(arch, symptom or (), condition or (), age)
    plan = place_of_plan(plan, start, beside_json=json)
    piped = write_plan(plan, chosen, arch, start)
    shown = tuple(guidance.all_cards().values()) if everything else chosen.cards
    if json:
        _write_json(arch, shown)
    elif not piped:
        _show("Every card, whoever it is for" if everything else heading(arch, chosen), shown)
    explain_missing_plan(plan, chosen)


def _write_json(arch: ArchName | None, shown: Sequence[Card]) -> None:
    from archscan import guidance
    from archscan.report.record import dumped

    record = {
        "arch": arch,
        "stop": guidance.STOP,
        "cards": [_plain(one) for one in shown],
        "disclaimer": guidance.DISCLAIMER,
    }
    sys.stdout.write(dumped(record))


def _show(title: str, shown: Sequence[Card]) -> None:
    from archscan.cli.terminals import terminal
    from archscan.report.card_words import ASK_FIRST
    from archscan.report.guide_text import guide as laid_out

    closing = "" if any(one.kind == "red_flag" for one in shown) else ASK_FIRST
    terminal(sys.stdout).print(laid_out(shown, title, closing))


def choose(
    arch: ArchName | None,
    symptoms: list[str] | tuple[()],
    conditions: list[str] | tuple[()],
    age: float | None,
) -> Guidance:
    """Choose the cards for a class that is taken as given.

    Parameters
    ----------
    arch
        The class, or ``None`` for what holds for every print.
    symptoms, conditions, age
        The person's own answers.

    Returns
    -------
    Guidance
        In the order to be read.
    """
    from archscan import guidance
    from archscan.verdict import Verdict

    verdict = None if arch is None else Verdict(arch.value, "clear", None, {})
    return guidance.select(verdict, symptoms=symptoms, age=age, conditions=conditions)


def heading(arch: ArchName | None, chosen: Guidance) -> str:
    """Say whom the guidance is for.

    Parameters
    ----------
    arch
        The class, if any.
    chosen
        What was chosen; for a child no class has a say in it.

    Returns
    -------
    str
        One line.
    """
    if "sp.child" in chosen.ids:
        return "For a child's print"
    return "For every print" if arch is None else f"For a print that looks {arch.value}"


def place_of_plan(
    path: Path | None, start: datetime | None, *, beside_json: bool = False
) -> Path | None:
    """Refuse a plan that cannot or must not be written, whether or not there will be one.

    Parameters
    ----------
    path
        As it was given, or ``None`` if none is asked for.
    start
        First day, if one is named.
    beside_json
        Whether the guidance goes to standard output for a program.

    Returns
    -------
    Path or None
        For :func:`write_plan`.

    Raises
    ------
    OptionError
        If there is a first day and no plan to begin on it.
    OutputError
        If its folder is missing, it is named like another kind of file, or standard output
        would take two results.
    """
    if path is None and start is not None:
        raise OptionError(
            Reason(
                "start-without-plan",
                "--start is the first day of a plan, and none is to be written.",
                "Name its page with --plan.",
            )
        )
    if path is None:
        return None
    from archscan.cli.outputs import ONE_STREAM, check_file, one_name

    place = one_name(path)
    check_file("plan", place, [], [{"json": ONE_STREAM}] if beside_json else [])
    return place


def write_plan(
    place: Path | None,
    chosen: Guidance,
    arch: ArchName | None,
    start: datetime | None,
) -> bool:
    """Write the one-page plan, if there is anything to plan.

    Parameters
    ----------
    place
        What :func:`place_of_plan` gave.
    chosen
        What it is made of.
    arch
        The class, if any.
    start
        First day; today if ``None``.

    Returns
    -------
    bool
        Whether standard output is kept for the plan, even where there is none.

    Raises
    ------
    OutputError
        If it cannot be written.
    """
    if place is None:
        return False
    from archscan.cli.outputs import is_standard_output, write_result
    from archscan.report.plan_page import plan_page

    if chosen.of_kind("exercise"):
        first = date.today() if start is None else start.date()
        title = f"Six weeks for your feet. {heading(arch, chosen)}"
        write_result(place, plan_page(chosen, title, first).encode())
    return is_standard_output(place)


def explain_missing_plan(place: Path | None, chosen: Guidance) -> None:
    """Say why a plan that was asked for is not there: six weeks of nothing are no plan.

    Parameters
    ----------
    place
        As for :func:`write_plan`.
    chosen
        Likewise.

    Raises
    ------
    typer.Exit
        With the status of what was refused.
    """
    if place is None or chosen.of_kind("exercise"):
        return
    from archscan.cli.outputs import is_standard_output
    from archscan.cli.terminals import say, say_urgent
    from archscan.guidance.cards import content

    sys.stdout.flush()
    if is_standard_output(place):
        # The guidance, which begins with what is urgent, has not been shown then.
        say_urgent(chosen.of_kind("red_flag"))
    say(content("plan")["without"])
    raise typer.Exit(ExitCode.REFUSED)


def _list(*, as_json: bool) -> None:
    from archscan import guidance
    from archscan.cli.terminals import columns
    from archscan.report.lines import wrapped
    from archscan.report.record import dumped

    known = {"symptoms": guidance.symptoms(), "conditions": guidance.conditions()}
    if as_json:
        sys.stdout.write(dumped(known))
        return
    width = columns(sys.stdout)
    for title, names in known.items():
        lines = [f"{title}:"]
        for name, words in names.items():
            if width is not None and width < NARROW:
                lines += [*wrapped(f"  {name}", width, 4), *wrapped(f"    {words}", width, 4)]
            else:
                lines += wrapped(f"  {name:26}{words}", width, 28)
        sys.stdout.writelines(f"{line}\n" for line in lines)


def _plain(one: Card) -> dict[str, Any]:
    return {
        "id": one.id,
        "kind": one.kind,
        "title": one.title,
        "short": one.short,
        "text": one.text,
        "start": one.start or None,
        "steps": list(one.steps),
        "dose": one.dose or None,
        "dose_from": one.dose_from or None,
        "easier": one.easier or None,
        "harder": one.harder or None,
        "cautions": list(one.cautions),
        "views": [
            {"says": view.says, "items": list(view.items), "grade": view.grade}
            for view in one.views
        ],
        "grade": one.grade,
        "evidence": one.evidence,
        "sources": list(one.sources),
        "items": list(one.items),
    }
