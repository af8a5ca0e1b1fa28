"""``archscan compare BEFORE AFTER``: what changed, and whether that can be told."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from archscan.cli.scan_command import STANDARD_OUTPUT, SheetName, SideName

if TYPE_CHECKING:
    from archscan.comparison import Change, Reading

NAMES = {
    "chippaux_smirak": "Chippaux-Smirak index",
    "cavanagh_rodgers": "Cavanagh-Rodgers index",
    "staheli": "Staheli index",
}

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
    from archscan.cli.outputs import check_file
    from archscan.comparison import changes
    from archscan.comparison.sources import series
    from archscan.report.files import write_whole
    from archscan.report.record import dumped

    for file in (overlay, plot):
        if file is not None:
            check_file(file, [str(photo) for photo in photos], [])
    found = series(photos, sheet=sheet.value, side=side.value)
    feet = _same_feet(found)
    told = {readings[0].side: changes(readings[0], readings[-1]) for readings in feet}
    if json is not None:
        text = dumped([_plain(readings, told[readings[0].side]) for readings in feet])
        if json in STANDARD_OUTPUT:
            sys.stdout.write(text)
        else:
            write_whole(Path(json), text.encode())
    if json not in STANDARD_OUTPUT:
        for readings in feet:
            sys.stdout.writelines(_lines(readings, told[readings[0].side]))
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
                "Compare prints of the same foot; --side tells which one it is.",
            )
        )
    return several


def _lines(readings: Sequence[Reading], told: Sequence[Change]) -> list[str]:
    first, last = readings[0], readings[-1]
    lines = [
        f"{first.side.capitalize()} foot, {len(readings)} prints\n",
        f"  before  {first.day or ''} {first.name}\n",
        f"  after   {last.day or ''} {last.name}\n",
    ]
    for change in told:
        said = "changed" if change.changed else SAME
        lines.append(
            f"  {NAMES.get(change.name, change.name):24}{change.before:6.3f} ->{change.after:6.3f}"
            f"  {change.difference:+.3f} ({change.low:+.3f} to {change.high:+.3f})\n"
            f"  {'':24}{said}\n"
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
    from archscan.comparison.drawing import both_outlines, trend
    from archscan.report.files import write_whole

    for readings in feet:
        drawn = {
            overlay: both_outlines(readings[0], readings[-1]),
            plot: trend(readings, "chippaux_smirak"),
        }
        for path, picture in drawn.items():
            if path is not None:
                own = path if len(feet) == 1 else path.with_stem(f"{path.stem}_{readings[0].side}")
                write_whole(own, picture.encode())
