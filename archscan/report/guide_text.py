"""Guidance laid out for the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from archscan.guidance import DISCLAIMER, STOP, Card
from archscan.report.card_words import article_names, dose_words, sources

HEADINGS = {
    "special_group": "First, for you",
    "mechanism": "What the print can mean",
    "evidence": "What studies found",
    "exercise": "Ten minutes a day",
    "footwear": "Shoes",
    "habit": "Every day",
    "self_care": "What people try at home",
    "condition": "Names you may meet (archscan cannot tell whether they apply to you)",
    "treatment": "Who can help",
    "question": "Questions",
}
"""Above each kind of card; red flags need none."""


def guide(cards: Sequence[Card], heading: str, closing: str = "") -> RenderableType:
    """Lay guidance cards out.

    Parameters
    ----------
    cards
        In the order to be read.
    heading
        Above them.
    closing
        Below them, if anything; the disclaimer stays last.

    Returns
    -------
    rich renderable
        Title, text, steps, cautions, evidence and sources of each.
    """
    parts: list[RenderableType] = [Text(heading, style="bold")]
    kind = ""
    for one in cards:
        if one.kind != kind and one.kind in HEADINGS:
            parts += [Text(""), Text(HEADINGS[one.kind].upper(), style="bold cyan")]
            if one.kind == "exercise":
                parts.append(Text(STOP))
        kind = one.kind
        parts += _card(one)
    parts += [Text(""), *([Text(closing), Text("")] if closing else [])]
    parts.append(Text(DISCLAIMER, style="dim"))
    return Group(*parts)


def _card(one: Card) -> list[RenderableType]:
    style = "bold red" if one.kind == "red_flag" else "bold"
    parts: list[RenderableType] = [Text(""), Text(one.title, style=style), Text(one.text)]
    steps = (one.start, *one.steps) if one.start else one.steps
    parts += [
        Padding(Text(f"{number}. {step}"), (0, 0, 0, 2), expand=False)
        for number, step in enumerate(steps, start=1)
    ]
    for label, words in (
        ("How much: ", dose_words(one)),
        ("Easier: ", one.easier),
        ("Harder: ", one.harder),
    ):
        if words:
            parts.append(Text.assemble((label, "bold"), words))
    parts += [Text.assemble(("Take care: ", "bold"), caution) for caution in one.cautions]
    for view in one.views:
        who = article_names(view.articles)
        parts.append(Text(f'- "{view.says}" ({who}; evidence: {view.grade})'))
    parts.append(Text(f"Evidence: {one.grade}. {one.evidence}", style="dim"))
    parts.append(Text(f"From: {sources(one)}.", style="dim"))
    return parts
