"""``archscan reliability SCORES``: how well repeats agree, and with hand measurements."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from archscan.errors import OptionError
from archscan.reasons import Reason

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from archscan.reliability.hand import Comparison
    from archscan.reliability.table import Row, Table

FROM_BATCH = "Name a table that archscan batch wrote (--output scores.csv)."

WHOSE = (
    "To tell whose foot a photo shows, run archscan batch with --pattern and how the photos' "
    "files are named, for example --pattern '{participant}_{side}_{session}', or name here the "
    "column that tells it with --by."
)

NO_SPREAD = "feet do not differ"
"""In place of a correlation, which needs feet that do."""

TOO_FEW = "needs two feet with two prints each"

TOO_FEW_PAIRS = "too few pairs"

BY = "Name with --by a column that the table's first line names."


def reliability(
    scores: Annotated[
        Path,
        # Whether they can be read is told as of any file, with the same exit status.
        typer.Argument(metavar="SCORES", readable=False, help="From batch (.csv)."),
    ],
    by: Annotated[
        list[str] | None,
        typer.Option(
            metavar="COLUMN",
            help="Column that names the foot; may be given several times. Without it: participant "
            "and side.",
        ),
    ] = None,
    against: Annotated[
        Path | None,
        typer.Option(
            readable=False,
            help="Hand measurements (.csv): photo, perhaps side, and indices by name.",
        ),
    ] = None,
    plot: Annotated[Path | None, typer.Option(help="Folder for Bland-Altman plots (SVG).")] = None,
) -> None:
    """Tell how far repeated photos of the same feet agree."""
    from archscan.indices import INDICES
    from archscan.reliability.sides import by_name
    from archscan.reliability.table import need, read_table

    if plot is not None and against is None:
        raise OptionError(
            Reason(
                "plot-without-hand",
                "--plot draws how far archscan lies from measurements by hand, and none are given.",
                "Name their table with --against.",
            )
        )
    if by and against is not None:
        raise OptionError(
            Reason(
                "by-with-hand",
                "--by names the feet whose repeats are compared, and beside measurements by hand "
                "no repeats are.",
                "Leave out --by or --against.",
            )
        )
    table = read_table(scores)
    columns = {name: f"indices.{name}.value" for name in INDICES}
    need(table, ["photo", *columns.values()], FROM_BATCH)
    table, odd = by_name(table)
    _say_odd(odd)
    if against is None:
        names = tuple(by or ("study.participant", "side"))
        need(table, names, BY if by else WHOSE)
        _tell_repeats(table, columns, names)
    else:
        need(table, ["side"], FROM_BATCH)
        _tell_beside_hand(table, columns, against, plot)


def _tell_repeats(table: Table, columns: Mapping[str, str], names: Sequence[str]) -> None:
    """Tell how far repeated photos of the feet that some columns name agree."""
    from archscan.cli.terminals import remark
    from archscan.reliability.scores import named, nameless, refuse_twice, repeats

    refuse_twice(table, [*columns.values()], names)
    repeated = {name: repeats(table, column, names) for name, column in columns.items()}
    left_out = nameless(table, [*columns.values()], names)
    if left_out:
        remark(
            f"Prints without a name, left out: {left_out}. Their {' or '.join(names)} is "
            "empty, as it is where a file's name does not fit --pattern."
        )
    known = named(table, [*columns.values()], names)
    spare = known - max(values.size for values in repeated.values())
    if 0 < spare < known:
        remark(
            f"Prints left out so that all feet have as many: {spare} of {known}. A foot with "
            "one print has no repeat."
        )
    beside = [
        f"{'index':20}{'feet':>6}{'each':>6}{'ICC(2,1)':>10}{'95 % CI':>18}{'SEM':>9}{'MDC95':>9}"
    ]
    below = []
    for name, values in repeated.items():
        wide, narrow = _of_repeats(name, values)
        beside += wide
        below += narrow
    _show(beside, below)


def _of_repeats(name: str, values: NDArray[np.float64]) -> tuple[list[str], list[str]]:
    """Tell of one index, in a line of the table and in lines below each other."""
    from archscan.reliability import intraclass_correlation

    if min(values.shape) < 2:
        return [f"{name:20}  {TOO_FEW}"], [name, f"    {TOO_FEW}"]
    one = intraclass_correlation(values)
    correlation, ends = f"{one.correlation:.3f}", f"{one.low:.3f} to {one.high:.3f}"
    both, told = f"{correlation:>10}{ends:>18}", f"{correlation} (95 % CI {ends})"
    if isnan(one.correlation):
        both, told = f"{NO_SPREAD:>28}", NO_SPREAD
    error, least = f"{one.standard_error:.4f}", f"{one.least_change:.4f}"
    wide = [f"{name:20}{one.subjects:6}{one.repeats:6}{both}{error:>9}{least:>9}"]
    narrow = [
        name,
        f"    feet {one.subjects}, each {one.repeats}",
        f"    ICC(2,1) {told}",
        f"    SEM {error}, MDC95 {least}",
    ]
    return wide, narrow


def _tell_beside_hand(
    table: Table, columns: Mapping[str, str], against: Path, plot: Path | None
) -> None:
    """Tell how far measurements lie from those made by hand, and draw it if asked."""
    from archscan.reliability.hand import beside_hand
    from archscan.reliability.plot import bland_altman_plot
    from archscan.reliability.table import need, read_table
    from archscan.report.files import make_folder, write_whole

    hand = read_table(against)
    need(hand, ["photo"], f"Name the photos as in '{table.path}', in a column photo.")
    compared = beside_hand(table, hand, columns)
    _say_unmatched(compared, table, hand)
    beside = [f"{'index':20}{'pairs':>6}{'bias':>9}{'95 % limits of agreement':>28}"]
    below = []
    for name, both in compared.pairs.items():
        wide, narrow = _of_pairs(name, both)
        beside += wide
        below += narrow
    _show(beside, below)
    for name, both in compared.pairs.items():
        if plot is not None and len(both) >= 2:
            drawn = bland_altman_plot(both[:, 0], both[:, 1], name)
            write_whole(make_folder(plot) / f"{name}.svg", drawn.encode())


def _of_pairs(name: str, both: NDArray[np.float64]) -> tuple[list[str], list[str]]:
    """Tell of one index, in lines of the table and in lines below each other."""
    from archscan.reliability import bland_altman

    if len(both) < 2:
        return [f"{name:20}  {TOO_FEW_PAIRS}"], [name, f"    {TOO_FEW_PAIRS}"]
    found = bland_altman(both[:, 0], both[:, 1])
    bias, agreement = f"{found.bias:+.4f}", _range((found.low, found.high))
    limits = f"{_range(found.low_within)}, {_range(found.high_within)}"
    wide = [
        f"{name:20}{found.pairs:6}{bias:>9}{agreement:>28}",
        f"  95 % CI of the bias         {_range(found.bias_within)}",
        f"  95 % CI of the two limits   {limits}",
    ]
    narrow = [
        name,
        f"    pairs {found.pairs}, bias {bias}",
        f"    95 % CI of the bias {_range(found.bias_within)}",
        f"    95 % limits of agreement {agreement}",
        f"    95 % CI of the two limits {limits}",
    ]
    return wide, narrow


def _range(ends: tuple[float, float]) -> str:
    return f"{ends[0]:+.4f} to {ends[1]:+.4f}"


def _say_odd(odd: Sequence[Row]) -> None:
    from archscan.cli.terminals import remark

    if odd:
        remark(
            f"Prints that look like the other foot than their file's name says: {len(odd)}, for "
            f"example '{odd[0].cells['photo']}'. They count as the foot of the name, though they "
            "were measured as the other: where the name is right, score those photos with --side."
        )


def _say_unmatched(compared: Comparison, table: Table, hand: Table) -> None:
    from archscan.cli.terminals import remark

    if not compared.unmatched:
        return
    first = compared.unmatched[0]
    named = ", ".join([f"'{first.cells['photo']}'", *filter(None, [first.cells.get("side")])])
    remark(
        f"Rows of '{hand.path}' that match no measured print of '{table.path}': "
        f"{len(compared.unmatched)} of {compared.rows}, for example row {first.number}: {named}."
    )


def _show(beside: Sequence[str], below: Sequence[str]) -> None:
    """Show a table, or what it says line by line where that is too wide."""
    from archscan.cli.terminals import columns
    from archscan.report.lines import beside_or_below

    lines = beside_or_below(beside, below, columns(sys.stdout), 4)
    sys.stdout.writelines(f"{line}\n" for line in lines)
