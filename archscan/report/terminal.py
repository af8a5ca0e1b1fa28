"""A result that a layperson understands in ten seconds, at 80 columns."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.text import Text

from archscan.findings import Print, Scan, Status
from archscan.guidance import (
    DISCLAIMER,
    STOP,
    Card,
    card,
    limits_of,
    meaning_of,
    put_together,
)
from archscan.indices.chippaux_smirak import BANDS
from archscan.indices.measure import Measure
from archscan.reasons import Reason
from archscan.report.card_words import ASK_FIRST
from archscan.report.lines import legible
from archscan.report.sizes import size_words
from archscan.report.words import (
    HEADLINE,
    HEADLINE_NAME,
    WITHOUT_A_PRINT,
    among_adults,
    headline_percent,
    interval,
    percent,
    printable,
    ratio,
    sureness,
)

WIDTH = 80
"""Lines are never longer than this: it is what a terminal has at least."""

GAUGE_TO = 0.70
GAUGE_CELLS = 56
"""The gauge shows 0 to 70 %: almost every print lies within."""

GAUGE_INDENT = 2

FIRST_CARDS = 3

STYLES = {"high": "bold cyan", "neutral": "bold green", "flat": "bold magenta"}

OTHER_NAMES = {"cavanagh_rodgers": "arch index (Cavanagh-Rodgers)", "staheli": "Staheli index"}


def result(
    scan: Scan, *, with_disclaimer: bool = True, answers: Sequence[str] = ()
) -> RenderableType:
    """Lay a scan out.

    Parameters
    ----------
    scan
        Any.
    with_disclaimer
        Whether the disclaimer stands below: once, after the last photo.
    answers
        Options with what the person said of themselves, for the command that shows more.

    Returns
    -------
    rich renderable
        At most 80 columns wide.
    """
    parts: list[RenderableType] = []
    if scan.source is not None:
        # Text, not markup: a file may be called [red].jpg.
        parts.append(Text(legible(printable(scan.source)), style="dim", overflow="fold"))
    for one in map(card, scan.urgent):
        parts += [Text.assemble((f"{one.title}. ", "bold red"), one.text), Text("")]
    if scan.reason is not None:
        parts += _reason(scan.status, scan.reason)
    cards = [card(number) for number in put_together([item.guidance for item in scan.prints])]
    for number, item in enumerate(scan.prints):
        if number:
            parts.append(Text(""))
        parts += _print(item)
    parts += [_note(caution.message) for caution in scan.cautions]
    if scan.prints:
        parts += _guidance(scan.prints, cards, answers)
    if with_disclaimer:
        parts += [Text(""), Text(DISCLAIMER, style="dim")]
    return Group(*parts)


def _reason(status: Status, reason: Reason) -> list[RenderableType]:
    return [
        Text.assemble((f"{WITHOUT_A_PRINT[status]}: ", "bold yellow"), reason.message),
        Text.assemble(("What to do: ", "bold"), reason.advice),
        Text(f"({reason.code})", style="dim"),
    ]


def _print(item: Print) -> list[RenderableType]:
    verdict, footprint = item.verdict, item.footprint
    measure = item.measures[HEADLINE]
    side = f"{footprint.side.capitalize()} foot: "
    if verdict.arch is None:
        title = Text.assemble((side, "bold"), ("measured, no class at this age", "bold"))
    else:
        title = Text.assemble((side, "bold"), (verdict.arch.upper(), STYLES[verdict.arch]))
        title.append(" arch" if verdict.confidence == "clear" else " arch, borderline")
        if verdict.neighbour is not None:
            title.append(f" with {verdict.neighbour}")
    # The bands are adults': without a class none of them is shown.
    bands = "" if verdict.arch is None else f"   {_bands()}"
    parts: list[RenderableType] = [
        title,
        Text(f"{HEADLINE_NAME}:"),
        Text.assemble(
            (f"  {headline_percent(measure.value)} %", "bold"),
            f"   measuring range {interval(measure)}{bands}",
        ),
    ]
    if verdict.arch is not None:
        parts += [
            _WhereItFits(measure),
            Text.assemble(("How sure: ", "bold"), sureness(item)),
            Text.assemble(("What it means: ", "bold"), meaning_of(verdict)),
            Text.assemble(("What it does not mean: ", "bold"), limits_of(verdict)),
        ]
    parts.append(Text(_others(item), style="dim"))
    if verdict.arch is not None:
        parts.append(Text(among_adults(item), style="dim"))
    parts += [_note(caution.message) for caution in item.cautions]
    return parts


def _bands() -> str:
    return f"(high below {percent(BANDS.high_below)}, flat from {percent(BANDS.flat_from)})"


def _note(message: str) -> Text:
    return Text.assemble(("Note: ", "bold yellow"), message)


def _others(item: Print) -> str:
    shown = []
    for name, label in OTHER_NAMES.items():
        measure: Measure = item.measures[name]
        value, low, high = (ratio(name, one) for one in (measure.value, measure.low, measure.high))
        shown.append(f"{label} {value} ({low}-{high})")
    shown += filter(None, [size_words(item.footprint)])
    return "Also: " + "; ".join(shown)


@dataclass(frozen=True, slots=True)
class _WhereItFits:
    """The gauge, left out where a terminal is too narrow to show all of it."""

    measure: Measure

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if options.max_width >= GAUGE_CELLS + GAUGE_INDENT:
            yield Padding(gauge(self.measure), (0, 0, 0, GAUGE_INDENT), expand=False)


def gauge(measure: Measure) -> Text:
    """Draw the headline ratio on a bar with its three bands.

    Parameters
    ----------
    measure
        The Chippaux-Smirak index.

    Returns
    -------
    rich.text.Text
        Three lines: marker, bar, band names; readable without colour.
    """

    def cell(value: float) -> int:
        return min(GAUGE_CELLS - 1, max(0, int(value / GAUGE_TO * GAUGE_CELLS)))

    limits = (cell(BANDS.high_below), cell(BANDS.flat_from))
    low, high, here = cell(measure.low), cell(measure.high), cell(measure.value)
    marker = Text(" " * here + "▼", style="bold")
    bar = Text()
    for place in range(GAUGE_CELLS):
        band = "high" if place < limits[0] else "neutral" if place < limits[1] else "flat"
        symbol = "█" if place == here else "▓" if low <= place <= high else "─"
        bar.append("┼" if place in limits and symbol == "─" else symbol, STYLES[band])
    names = list(" " * GAUGE_CELLS)
    starts = (0, limits[0], limits[1])
    ends = (limits[0], limits[1], GAUGE_CELLS)
    for name, start, end in zip(("high", "neutral", "flat"), starts, ends, strict=True):
        left = start + max(0, (end - start - len(name)) // 2)
        names[left : left + len(name)] = name
    drawn = Text("\n").join([marker, bar, Text("".join(names).rstrip(), style="dim")])
    drawn.no_wrap, drawn.overflow = True, "crop"
    return drawn


def _guidance(
    prints: Sequence[Print], cards: Sequence[Card], answers: Sequence[str]
) -> list[RenderableType]:
    """Show what comes first for this person, the first few cards, and where the rest is."""
    parts: list[RenderableType] = [Text("")]
    for one in cards:
        if one.kind == "special_group":
            parts += [Text.assemble((f"{one.title}. ", "bold"), one.text), Text("")]
    first = [one for one in cards if one.kind in ("exercise", "footwear", "habit")][:FIRST_CARDS]
    if first:
        parts.append(Text("Worth doing first", style="bold"))
        if any(one.kind == "exercise" for one in first):
            parts.append(Text(STOP))
        parts += [_card_line(one) for one in first]
    if not any(one.kind == "red_flag" for one in cards):
        parts.append(Text(ASK_FIRST, style="dim"))
    command = shlex.join(["archscan", "guide", *_one_class(prints), *answers])
    parts.append(Text(f"More, with the evidence for each: {command}", style="dim"))
    return parts


def _one_class(prints: Sequence[Print]) -> list[str]:
    """Give the class that all prints clearly have; what is borderline shares what suits both."""
    classes = {item.verdict.arch for item in prints}
    is_clear = all(item.verdict.confidence == "clear" for item in prints)
    return [str(classes.pop())] if len(classes) == 1 and is_clear else []


def _card_line(one: Card) -> RenderableType:
    line = Text.assemble((f"{one.title}. ", "bold"), one.short)
    return Padding(line, (0, 0, 0, 2), expand=False)
