"""``archscan compare BEFORE AFTER``: what changed, and whether that can be told."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from archscan.cli.scan_command import SheetName, SideName

if TYPE_CHECKING:
    from archscan.comparison import Change, Reading

SAME = "not distinguishable from measuring error"

FURTHER = "Further measures (where nothing is said, not distinguishable from error)"

NAME_WIDTH = 28
"""Columns of an index's name."""

DEGREE_DIGITS = 1
"""Of angles, whose measuring error is of several degrees."""

NOTES = (
    "Two steps of one foot differ too, which is not counted: print twice each time.",
    "A change of a print says nothing about health by itself.",
)


class _Told(NamedTuple):
    """What a foot's two prints have between them."""

    indices: Sequence[Change]
    further: Sequence[Change]


def compare(
    photos: Annotated[
        list[Path],
        # Whether they can be read is told as of any photo, with the same exit status.
        typer.Argument(
            metavar="BEFORE AFTER",
            readable=False,
            help="Photos or records (.json) of a foot; or one folder.",
        ),
    ],
    overlay: Annotated[
        Path | None, typer.Option(help="Picture of both outlines (.svg; '-': standard output).")
    ] = None,
    plot: Annotated[
        Path | None,
        typer.Option(help="Picture of the ratio over the series (.svg; '-': standard output)."),
    ] = None,
    json: Annotated[
        str | None,
        typer.Option("--json", metavar="PATH", help="Write the changes; '-': standard output."),
    ] = None,
    sheet: Annotated[
        SheetName, typer.Option(case_sensitive=False, help="Sheet of paper beside the prints.")
    ] = SheetName.auto,
    side: Annotated[
        SideName, typer.Option(case_sensitive=False, help="Which foot it is.")
    ] = SideName.auto,
) -> None:
    """Compare photos of the same foot, the first with the last."""
    from archscan.cli.outputs import ONE_STREAM, check_comparison, write_result
    from archscan.cli.terminals import columns, say
    from archscan.comparison.sources import series, sources_of
    from archscan.report.record import dumped

    numbers = None if json is None else Path(json)
    sources = sources_of(photos)
    files = check_comparison(
        {"overlay": overlay, "plot": plot, "json": numbers},
        [str(file) for file in sources.files],
    )
    for remark in sources.remarks:
        say(remark)
    found = series(sources, sheet=sheet.value, side=side.value, listener=say)
    each = _by_foot(found)
    feet = _same_feet(each)
    for remark in _of_one_print(each):
        say(remark)
    told = {readings[0].side: _told(readings[0], readings[-1]) for readings in feet}
    results = _drawings(feet, files)
    if "json" in files:
        plain = dumped([_plain(readings, told[readings[0].side]) for readings in feet])
        results.append((files["json"], plain.encode()))
    if ONE_STREAM not in files.values():
        width = columns(sys.stdout)
        for readings in feet:
            lines = _lines(readings, told[readings[0].side], sources.is_folder, width)
            sys.stdout.writelines(f"{line}\n" for line in lines)
    for path, data in results:
        write_result(path, data)


def _by_foot(found: Sequence[Sequence[Reading]]) -> list[list[Reading]]:
    """Gather the readings of the left foot and of the right one."""
    from archscan.comparison.reading import SIDES

    return [[one for prints in found for one in prints if one.side == side] for side in SIDES]


def _same_feet(each: Sequence[list[Reading]]) -> list[list[Reading]]:
    """Give the readings of each foot that is there more than once."""
    from archscan.errors import OptionError
    from archscan.reasons import Reason

    several = [readings for readings in each if len(readings) > 1]
    if not several:
        raise OptionError(
            Reason(
                "different-feet",
                "These are prints of different feet, a left and a right one.",
                "Compare prints of the same foot; for photos --side tells which one it is.",
            )
        )
    return several


def _of_one_print(each: Sequence[list[Reading]]) -> Iterator[str]:
    """Say which foot's only print is compared with nothing: a side may be guessed wrongly."""
    for readings in each:
        if len(readings) == 1:
            yield (
                f"Only one print looks like a {readings[0].side} foot's, and is left out: "
                f"'{readings[0].name}'. For photos --side tells which foot all of them show."
            )


def _told(before: Reading, after: Reading) -> _Told:
    from archscan.comparison import changes, further_changes

    return _Told(changes(before, after), further_changes(before, after))


def _lines(
    readings: Sequence[Reading],
    told: _Told,
    in_order_of_days: bool,
    width: int | None,
) -> list[str]:
    from archscan.report.lines import legible, wrapped

    first, last = readings[0], readings[-1]
    undated = sum(one.day is None for one in readings)
    none = "" if undated == len(readings) else "no day    "
    lines = [
        f"{first.side.capitalize()} foot, {len(readings)} prints",
        *wrapped(f"  before  {first.day or none} {legible(first.name)}", width, 10),
        *wrapped(f"  after   {last.day or none} {legible(last.name)}", width, 10),
    ]
    if in_order_of_days and 0 < undated < len(readings):
        asked = f"  {undated} of them tell no day and are put first: is that right?"
        lines += wrapped(asked, width, 2)
    lines += [line for change in told.indices for line in _change_lines(change, width)]
    if told.further:
        lines += wrapped(FURTHER, width, 2)
    lines += [line for change in told.further for line in _further_lines(change, width)]
    return lines + [line for note in NOTES for line in wrapped(note, width, 0)]


def _change_lines(change: Change, width: int | None) -> list[str]:
    """Tell a change in two lines, or in more where they would be too long."""
    from archscan.report.words import INDEX_NAMES, RECORD_DIGITS

    # With fewer digits the difference would often not be that of the values beside it, and an
    # end that only just leaves out nought could read as nought.
    ends = _ends(change.before, change.after, RECORD_DIGITS)
    step = _step(change.difference, change, RECORD_DIGITS)
    said = "changed" if change.changed else SAME
    return _laid_out([INDEX_NAMES.get(change.name, change.name), ends, step, said], width)


def _further_lines(change: Change, width: int | None) -> list[str]:
    """Tell the change of a further measure in one line, or in two if it can be told."""
    from archscan.indices.panel import PANEL
    from archscan.report.words import RECORD_DIGITS

    name, unit = PANEL[change.name].title, PANEL[change.name].unit
    digits = DEGREE_DIGITS if unit == "degree" else RECORD_DIGITS
    before, after = (round(one, digits) for one in (change.before, change.after))
    ends = f"{_ends(before, after, digits)}{' degrees' if unit == 'degree' else ''}"
    # Of the values beside it, as with all the digits of a ratio.
    step = _step(after - before, change, digits)
    return _laid_out([name, ends, step, *(["changed"] if change.changed else [])], width)


def _ends(before: float, after: float, digits: int) -> str:
    return f"{before:.{digits}f} -> {after:.{digits}f}"


def _step(difference: float, change: Change, digits: int) -> str:
    told = (difference, change.low, change.high)
    return "{} ({} to {})".format(*(f"{one:+.{digits}f}" for one in told))


def _laid_out(words: Sequence[str], width: int | None) -> list[str]:
    """Lay out a name, both values, their difference and what is said of it, if anything."""
    from archscan.report.lines import beside_or_below

    name, ends, step, *said = words
    room = " " * (NAME_WIDTH + 3)
    first = [f"  {name:{NAME_WIDTH}} {ends}  {step}"]
    if len(name) > NAME_WIDTH:
        first = [f"  {name}", f"{room}{ends}  {step}"]
    beside = [*first, *(room + one for one in said)]
    below = [f"  {name}", *(f"    {one}" for one in (ends, step, *said))]
    return beside_or_below(beside, below, width, 4)


def _plain(readings: Sequence[Reading], told: _Told) -> dict[str, object]:
    return {
        "side": readings[0].side,
        "before": readings[0].name,
        "after": readings[-1].name,
        "changes": _numbers(told.indices),
        "further": _numbers(told.further),
        "series": [
            {"photo": one.name, "day": one.day, "arch": one.arch}
            | {name: values[0] for name, values in one.indices.items()}
            for one in readings
        ],
    }


def _numbers(told: Sequence[Change]) -> dict[str, dict[str, float | bool]]:
    return {
        change.name: {
            "before": change.before,
            "after": change.after,
            "difference": change.difference,
            "low": change.low,
            "high": change.high,
            "changed": change.changed,
        }
        for change in told
    }


def _drawings(
    feet: Sequence[Sequence[Reading]], files: Mapping[str, Path]
) -> list[tuple[Path, bytes]]:
    """Draw what is wanted of each foot."""
    from archscan.cli.outputs import for_feet
    from archscan.comparison.drawing import both_outlines
    from archscan.comparison.trend import trend
    from archscan.report.words import HEADLINE

    drawings: dict[str, Callable[[Sequence[Reading]], str]] = {
        "overlay": lambda readings: both_outlines(readings[0], readings[-1]),
        "plot": lambda readings: trend(readings, HEADLINE),
    }
    sides = [readings[0].side for readings in feet]
    return [
        (path, draw(readings).encode())
        for name, draw in drawings.items()
        if name in files
        for path, readings in zip(for_feet(name, files[name], sides), feet, strict=True)
    ]
