"""``archscan compare BEFORE AFTER``: what changed, and whether that can be told."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from archscan.cli.outputs import STANDARD_OUTPUT
from archscan.cli.scan_command import SheetName, SideName

if TYPE_CHECKING:
    from archscan.comparison import Change, Reading

SAME = "not distinguishable from measuring error"


def compare(
    photos: Annotated[
        list[Path],
        typer.Argument(
            metavar="BEFORE AFTER", help="Photos or records (.json) of a foot; or one folder."
        ),
    ],
    overlay: Annotated[
        Path | None, typer.Option(help="Picture of both outlines (.svg), first and last.")
    ] = None,
    plot: Annotated[
        Path | None, typer.Option(help="Picture of the ratio over the series (.svg).")
    ] = None,
    json: Annotated[
        str | None,
        typer.Option("--json", metavar="PATH", help="Write the changes; '-': standard output."),
    ] = None,
    sheet: Annotated[
        SheetName, typer.Option(help="Sheet of paper beside the prints.")
    ] = SheetName.auto,
    side: Annotated[SideName, typer.Option(help="Which foot it is.")] = SideName.auto,
) -> None:
    """Compare photos of the same foot, the first with the last."""
    from archscan.cli.outputs import check_comparison
    from archscan.comparison import changes
    from archscan.comparison.sources import files_of, series
    from archscan.report.files import write_whole
    from archscan.report.record import dumped

    numbers = None if json is None or json in STANDARD_OUTPUT else Path(json)
    check_comparison(
        {"overlay": overlay, "plot": plot, "json": numbers},
        [str(file) for file in files_of(photos)],
    )
    found = series(photos, sheet=sheet.value, side=side.value)
    feet = _same_feet(found)
    told = {readings[0].side: changes(readings[0], readings[-1]) for readings in feet}
    if json is not None:
        text = dumped([_plain(readings, told[readings[0].side]) for readings in feet])
        if numbers is None:
            sys.stdout.write(text)
        else:
            write_whole(numbers, text.encode())
    if json not in STANDARD_OUTPUT:
        for readings in feet:
            sys.stdout.writelines(_lines(readings, told[readings[0].side], photos[0].is_dir()))
    _draw(feet, overlay, plot)


def _same_feet(found: Sequence[Sequence[Reading]]) -> list[list[Reading]]:
    """Gather the readings of each foot that is there more than once."""
    from archscan.errors import OptionError
    from archscan.reasons import Reason

    feet = [
        [one for prints in found for one in prints if one.side == side]
        for side in ("left", "right")
    ]
    several = [readings for readings in feet if len(readings) > 1]
    if not several:
        raise OptionError(
            Reason(
                "different-feet",
                "These are prints of different feet, a left and a right one.",
                "Compare prints of the same foot; for photos --side tells which one it is.",
            )
        )
    return several


def _lines(
    readings: Sequence[Reading], told: Sequence[Change], in_order_of_days: bool
) -> list[str]:
    from archscan.report.words import INDEX_NAMES

    first, last = readings[0], readings[-1]
    undated = sum(one.day is None for one in readings)
    none = "" if undated == len(readings) else "no day    "
    lines = [
        f"{first.side.capitalize()} foot, {len(readings)} prints\n",
        f"  before  {first.day or none} {first.name}\n",
        f"  after   {last.day or none} {last.name}\n",
    ]
    if in_order_of_days and 0 < undated < len(readings):
        lines.append(f"  {undated} of them tell no day and are put first: is that right?\n")
    for change in told:
        said = "changed" if change.changed else SAME
        name = INDEX_NAMES.get(change.name, change.name)
        lines.append(
            f"  {name:28}{change.before:6.3f} ->{change.after:6.3f}"
            f"  {change.difference:+.3f} ({change.low:+.3f} to {change.high:+.3f})\n"
            f"  {'':28}{said}\n"
        )
    lines.append("A change of a print says nothing about health by itself.\n")
    return lines


def _plain(readings: Sequence[Reading], told: Sequence[Change]) -> dict[str, object]:
    return {
        "side": readings[0].side,
        "before": readings[0].name,
        "after": readings[-1].name,
        "changes": {
            change.name: {
                "before": change.before,
                "after": change.after,
                "difference": round(change.difference, 4),
                "low": round(change.low, 4),
                "high": round(change.high, 4),
                "changed": change.changed,
            }
            for change in told
        },
        "series": [
            {"photo": one.name, "day": one.day, "arch": one.arch}
            | {name: values[0] for name, values in one.indices.items()}
            for one in readings
        ],
    }


def _draw(feet: Sequence[Sequence[Reading]], overlay: Path | None, plot: Path | None) -> None:
    from archscan.cli.outputs import of_foot
    from archscan.comparison.drawing import both_outlines, trend
    from archscan.report.files import write_whole
    from archscan.report.words import HEADLINE

    def write(path: Path | None, draw: Callable[[Sequence[Reading]], str]) -> None:
        if path is None:
            return
        for readings in feet:
            own = path if len(feet) == 1 else of_foot(path, readings[0].side)
            write_whole(own, draw(readings).encode())

    write(overlay, lambda readings: both_outlines(readings[0], readings[-1]))
    write(plot, lambda readings: trend(readings, HEADLINE))
