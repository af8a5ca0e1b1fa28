"""``archscan guide``: the guidance alone."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated, Any

import typer


class ArchName(StrEnum):
    """The three classes."""

    high = "high"
    neutral = "neutral"
    flat = "flat"


def guide(
    arch: Annotated[ArchName | None, typer.Argument(help="Class of print.")] = None,
    symptom: Annotated[
        list[str] | None, typer.Option(help="What troubles you; may be given several times.")
    ] = None,
    condition: Annotated[
        list[str] | None, typer.Option(help="What must be kept in mind; several times.")
    ] = None,
    age: Annotated[float | None, typer.Option(min=0, max=130, help="Years.")] = None,
    json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    list_names: Annotated[
        bool, typer.Option("--list", help="List symptoms and conditions.")
    ] = False,
) -> None:
    """Show what is worth doing, with the evidence for it."""
    from archscan import guidance
    from archscan.report.record import dumped
    from archscan.verdict import Verdict

    if list_names:
        for title, names in (
            ("symptoms", guidance.symptoms()),
            ("conditions", guidance.conditions()),
        ):
            sys.stdout.write(f"{title}:\n")
            sys.stdout.writelines(f"  {name:26}{words}\n" for name, words in names.items())
        return
    verdict = None if arch is None else Verdict(arch.value, "clear", None, {})
    chosen = guidance.select(verdict, symptoms=symptom or (), age=age, conditions=condition or ())
    if json:
        cards: list[dict[str, Any]] = [
            {
                "id": one.id,
                "kind": one.kind,
                "title": one.title,
                "text": one.text,
                "steps": list(one.steps),
                "dose": one.dose or None,
                "cautions": list(one.cautions),
                "grade": one.grade,
                "evidence": one.evidence,
                "sources": list(one.sources),
            }
            for one in chosen.cards
        ]
        sys.stdout.write(dumped({"arch": arch, "cards": cards, "disclaimer": guidance.DISCLAIMER}))
        return
    from archscan.cli.terminals import terminal
    from archscan.report.terminal import guide as laid_out

    heading = "For every print" if arch is None else f"For a print that looks {arch.value}"
    terminal(sys.stdout).print(laid_out(chosen.cards, heading))
