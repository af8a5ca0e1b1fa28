"""``archscan scan PHOTO...``: measure photos."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from archscan.cli.answer_options import Age, Conditions, Symptoms
from archscan.cli.outputs import (
    ONE_STREAM,
    STANDARD_INPUT,
    check_file,
    one_name,
    planned_files,
    write_result,
)
from archscan.errors import ExitCode

if TYPE_CHECKING:
    from archscan.findings import Scan
    from archscan.options import SideOption

    Record = Mapping[str, Any]


class SheetName(StrEnum):
    """What lies beside the print."""

    auto = "auto"
    a4 = "a4"
    letter = "letter"
    printed = "printed"
    none = "none"


class SideName(StrEnum):
    """Which foot it was."""

    auto = "auto"
    left = "left"
    right = "right"


SIDE_FROM_PAIR = (
    "Which foot this is cannot be told well from the print; it is taken for the other foot than "
    "the one on the other photo."
)


def scan(
    photos: Annotated[
        list[str], typer.Argument(metavar="PHOTO...", help="Photos; '-' reads standard input.")
    ],
    json: Annotated[
        str | None,
        typer.Option("--json", metavar="PATH", help="Write the record; '-': standard output."),
    ] = None,
    overlay: Annotated[
        str | None,
        typer.Option(
            metavar="PATH",
            help="Write the annotated picture ('-': standard output); for several photos a folder.",
        ),
    ] = None,
    mask: Annotated[
        str | None,
        typer.Option(
            metavar="PATH", help="Write the mask (PNG; '-': standard output); for several a folder."
        ),
    ] = None,
    report: Annotated[
        str | None,
        typer.Option(
            metavar="PATH", help="Write a page (HTML; '-': standard output); for several a folder."
        ),
    ] = None,
    sheet: Annotated[
        SheetName, typer.Option(case_sensitive=False, help="Sheet of paper beside the print.")
    ] = SheetName.auto,
    side: Annotated[
        SideName, typer.Option(case_sensitive=False, help="Which foot it is.")
    ] = SideName.auto,
    age: Age = None,
    symptom: Symptoms = None,
    condition: Conditions = None,
    pair: Annotated[
        bool, typer.Option("--pair", help="The photos are a person's two feet: compare them.")
    ] = False,
    max_pixels: Annotated[
        int, typer.Option(min=1, help="Do not decode photos with more pixels.")
    ] = 200_000_000,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Show nothing.")] = False,
) -> None:
    """Measure each photo, show the result and the guidance that fits."""
    import archscan

    planned = planned_files(photos, {"overlay": overlay, "mask": mask, "report": report})
    record_file = None if json is None else one_name(Path(json))
    if record_file is not None:
        check_file("json", record_file, photos, planned)
    picture_piped = ONE_STREAM in planned[0].values()
    silent = quiet or picture_piped or record_file == ONE_STREAM
    sources = [sys.stdin.buffer.read() if photo == STANDARD_INPUT else photo for photo in photos]

    def measure(number: int, foot: SideOption) -> Scan:
        return archscan.scan(
            sources[number],
            sheet=sheet.value,
            side=foot,
            age=age,
            symptoms=symptom or (),
            conditions=condition or (),
            max_pixels=max_pixels,
        )

    measured = (measure(number, side.value) for number in range(len(photos)))
    answers = _as_options({"--symptom": symptom, "--condition": condition, "--age": age})
    # Of each scan only the record is kept: its photo takes a thousand times the room.
    records: list[Record] = []
    for number, done in enumerate(_as_pair(list(measured), measure) if pair else measured):
        records.append(done.to_dict())
        _write_pictures(done, planned[number])
        if picture_piped and not quiet:
            _say_beside(done)
        if not silent:
            last = number == len(photos) - 1
            guided = any(one["prints"] for one in records) or bool(done.urgent)
            _show(done, first=number == 0, disclaim=last and guided, answers=answers)
    if pair and not silent:
        _show_pair(records)
    if record_file is not None:
        from archscan.report.record import dumped

        text = dumped(records if len(records) > 1 else records[0])
        write_result(record_file, text.encode())
    raise typer.Exit(_exit_code(records))


def _as_options(answers: Mapping[str, list[str] | float | None]) -> list[str]:
    """Write what a person said of themselves as options again."""
    written = []
    for option, given in answers.items():
        values = given if isinstance(given, list) else [] if given is None else [f"{given:g}"]
        written += [part for value in values for part in (option, value)]
    return written


def _show(done: Scan, *, first: bool, disclaim: bool, answers: Sequence[str]) -> None:
    from archscan.cli.terminals import terminal
    from archscan.report.terminal import result

    console = terminal(sys.stdout)
    if not first:
        console.print()
    console.print(result(done, with_disclaimer=disclaim, answers=answers))


def _say_beside(done: Scan) -> None:
    """Say what is urgent, and why a picture on standard output is none or shows no measures."""
    from archscan.cli.terminals import say, say_urgent
    from archscan.guidance import card

    say_urgent(map(card, done.urgent))
    if done.reason is not None:
        say(f"{done.reason.message} {done.reason.advice}")


def _as_pair(scans: list[Scan], measure: Callable[[int, SideOption], Scan]) -> list[Scan]:
    """Measure a photo that was taken for the wrong foot once more, as the other."""
    from archscan.comparison.pair import other_foot

    wrong = other_foot(scans)
    if wrong is not None:
        number, side = wrong
        scans[number] = _noted(measure(number, side))
    return scans


def _noted(done: Scan) -> Scan:
    """Say of a print that it is this foot because the other photo shows the other one."""
    from archscan.reasons import Caution

    prints = tuple(
        replace(item, cautions=(*item.cautions, Caution("side-from-pair", SIDE_FROM_PAIR)))
        for item in done.prints
    )
    return replace(done, prints=prints)


def _show_pair(records: Sequence[Record]) -> None:
    """Say how a person's two feet differ, if both were measured."""
    from archscan.cli.terminals import columns
    from archscan.comparison.pair import pair_lines

    sys.stdout.writelines(["\n", *pair_lines(records, columns(sys.stdout))])


def _write_pictures(done: Scan, files: Mapping[str, Path]) -> None:
    from archscan.report.files import jpeg, png

    if "overlay" in files and done.photo is not None:
        from archscan.report.picture import annotate

        encoded = png if files["overlay"].suffix.lower() == ".png" else jpeg
        write_result(files["overlay"], encoded(annotate(done)))
    if "mask" in files and done.photo is not None:
        from archscan.report.mask import mask_image

        write_result(files["mask"], png(mask_image(done)))
    if "report" in files:
        from archscan.report.page import page

        write_result(files["report"], page(done).encode())


def _exit_code(records: Sequence[Record]) -> int:
    statuses = {record["status"] for record in records}
    if "unreadable" in statuses:
        return ExitCode.UNREADABLE
    return ExitCode.REFUSED if "refused" in statuses else ExitCode.OK
