"""``archscan scan PHOTO...``: measure photos."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from archscan.errors import ExitCode, OptionError
from archscan.reasons import Reason

if TYPE_CHECKING:
    from archscan.scanning import Scan


class SheetName(StrEnum):
    """What lies beside the print."""

    auto = "auto"
    a4 = "a4"
    letter = "letter"
    none = "none"


class SideName(StrEnum):
    """Which foot it was."""

    auto = "auto"
    left = "left"
    right = "right"


STANDARD_INPUT = "-"


def scan(
    photos: Annotated[
        list[str], typer.Argument(metavar="PHOTO...", help="Photos; '-' reads standard input.")
    ],
    json: Annotated[
        str | None,
        typer.Option("--json", metavar="PATH", help="Write the record; '-': standard output."),
    ] = None,
    overlay: Annotated[
        Path | None,
        typer.Option(help="Write the annotated picture; for several photos a folder."),
    ] = None,
    mask: Annotated[
        Path | None, typer.Option(help="Write the mask (PNG); for several photos a folder.")
    ] = None,
    report: Annotated[
        Path | None, typer.Option(help="Write a page (HTML); for several photos a folder.")
    ] = None,
    sheet: Annotated[
        SheetName, typer.Option(help="Sheet of paper beside the print.")
    ] = SheetName.auto,
    side: Annotated[SideName, typer.Option(help="Which foot it is.")] = SideName.auto,
    age: Annotated[float | None, typer.Option(min=0, max=130, help="Years.")] = None,
    symptom: Annotated[
        list[str] | None, typer.Option(help="What troubles you; may be given several times.")
    ] = None,
    max_pixels: Annotated[
        int, typer.Option(min=1, help="Do not decode photos with more pixels.")
    ] = 200_000_000,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Show nothing.")] = False,
) -> None:
    """Measure each photo, show the result and the guidance that fits."""
    import archscan

    several = len(photos) > 1
    scans = []
    names = _Names()
    for number, photo in enumerate(photos):
        source = sys.stdin.buffer.read() if photo == STANDARD_INPUT else photo
        done = archscan.scan(
            source,
            sheet=sheet.value,
            side=side.value,
            age=age,
            symptoms=symptom or (),
            max_pixels=max_pixels,
        )
        scans.append(done)
        stem = names.unused("photo" if photo == STANDARD_INPUT else Path(photo).stem)
        _write_pictures(done, stem, several, overlay, mask, report)
        if not quiet and json != "-":
            last = number == len(photos) - 1
            _show(done, first=number == 0, disclaim=last and any(one.prints for one in scans))
    if json is not None:
        _write_records(scans, json, several)
    raise typer.Exit(_exit_code(scans))


class _Names:
    """File stems, each given out once: photos of two folders may be named alike."""

    def __init__(self) -> None:
        self.taken: set[str] = set()

    def unused(self, stem: str) -> str:
        name, number = stem, 2
        while name in self.taken:
            name, number = f"{stem}-{number}", number + 1
        self.taken.add(name)
        return name


def _show(done: Scan, *, first: bool, disclaim: bool) -> None:
    from archscan.cli.terminals import terminal
    from archscan.report.terminal import result

    console = terminal(sys.stdout)
    if not first:
        console.print()
    console.print(result(done, with_disclaimer=disclaim))
    sys.stdout.flush()


def _write_pictures(
    done: Scan,
    stem: str,
    several: bool,
    overlay: Path | None,
    mask: Path | None,
    report: Path | None,
) -> None:
    from archscan.report.files import make_folder, write_whole

    def overlay_bytes() -> bytes:
        from archscan.report.files import jpeg, png
        from archscan.report.picture import annotate

        lossless = not several and overlay is not None and overlay.suffix.lower() == ".png"
        return (png if lossless else jpeg)(annotate(done))

    def mask_bytes() -> bytes:
        from archscan.report.files import png
        from archscan.report.mask import mask_image

        return png(mask_image(done))

    def report_bytes() -> bytes:
        from archscan.report.page import page

        return page(done).encode()

    wanted: tuple[tuple[Path | None, str, Callable[[], bytes], bool], ...] = (
        (overlay, ".jpg", overlay_bytes, False),
        (mask, ".png", mask_bytes, False),
        (report, ".html", report_bytes, True),
    )
    for target, ending, encoded, even_unreadable in wanted:
        if target is None or (done.photo is None and not even_unreadable):
            continue
        path = make_folder(target) / f"{stem}{ending}" if several else target
        write_whole(path, encoded())


def _write_records(scans: Sequence[Scan], target: str, several: bool) -> None:
    from archscan.report.files import write_whole
    from archscan.report.record import dumped, to_record

    records = [to_record(done) for done in scans]
    text = dumped(records if several else records[0])
    if target == "-":
        sys.stdout.write(text)
        return
    if not target:
        raise OptionError(
            Reason("bad-json", "--json needs a file name.", "Use --json - for standard output.")
        )
    write_whole(Path(target), text.encode())


def _exit_code(scans: Sequence[Scan]) -> int:
    statuses = {done.status for done in scans}
    if "unreadable" in statuses:
        return ExitCode.UNREADABLE
    return ExitCode.REFUSED if "refused" in statuses else ExitCode.OK
