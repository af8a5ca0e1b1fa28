"""``archscan batch FOLDER``: a folder of photos to a table."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from archscan.cli.answer_options import OLDEST_YEARS
from archscan.cli.scan_command import SheetName, SideName

if TYPE_CHECKING:
    from archscan.batch.cluster import Workers
    from archscan.batch.study import Watcher

SECONDS_BETWEEN_LINES = 10.0
"""How often progress is told where there is no terminal to draw a bar on."""


def batch(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Searched at any depth.")],
    output: Annotated[
        Path, typer.Option(help="The table: .csv, .jsonl (a record a line) or .parquet.")
    ],
    masks: Annotated[Path | None, typer.Option(help="Folder for masks (PNG).")] = None,
    overlays: Annotated[Path | None, typer.Option(help="Folder for annotated pictures.")] = None,
    gallery: Annotated[Path | None, typer.Option(help="A page (HTML) to look through.")] = None,
    jobs: Annotated[
        int | None, typer.Option(min=1, help="Photos at a time; one a core unless given.")
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with a run that was interrupted.")
    ] = False,
    cluster: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Dask scheduler to work on.")
    ] = None,
    pattern: Annotated[
        str | None,
        typer.Option(help="How files are named, e.g. '{participant}_{side}_{session}'."),
    ] = None,
    sheet: Annotated[
        SheetName, typer.Option(case_sensitive=False, help="Sheet of paper beside the prints.")
    ] = SheetName.auto,
    side: Annotated[
        SideName, typer.Option(case_sensitive=False, help="Which foot all are.")
    ] = SideName.auto,
    age: Annotated[
        float | None, typer.Option(min=0, max=OLDEST_YEARS, help="Age of all, in years.")
    ] = None,
) -> None:
    """Score every picture below a folder: one row a print."""
    from archscan.batch import Options, run_batch
    from archscan.batch.naming import Pattern
    from archscan.batch.results import check_files
    from archscan.cli.interruption import Interrupted, interrupted_once
    from archscan.cli.terminals import say

    # Before a cluster is asked for.
    check_files(output, gallery)
    naming = None if pattern is None else Pattern.of(pattern)
    options = Options(
        sheet=sheet.value,
        side=side.value,
        age=age,
        masks=masks,
        overlays=overlays,
        thumbnails=gallery is not None,
    )
    try:
        with (
            interrupted_once(),
            _workers(cluster, folder) as workers,
            _progress() as watcher,
        ):
            summary = run_batch(
                folder,
                output,
                options=options,
                pattern=naming,
                gallery=gallery,
                jobs=jobs or workers.jobs,
                executor=workers.executor,
                send_bytes=workers.send_bytes,
                resume=resume,
                watcher=watcher,
                listener=say,
            )
    except KeyboardInterrupt:
        raise Interrupted("What is done is kept: go on with --resume.") from None
    sys.stdout.writelines(f"{line}\n" for line in summary.lines())


def _workers(cluster: str | None, folder: Path) -> AbstractContextManager[Workers]:
    """Connect to a cluster, if one is named."""
    from archscan.batch.cluster import Workers, cluster_workers

    return nullcontext(Workers()) if cluster is None else cluster_workers(cluster, folder)


@contextmanager
def _progress() -> Iterator[Watcher]:
    if not sys.stderr.isatty():
        yield _plain_lines()
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    console = Console(file=sys.stderr)
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"))
    with Progress(*columns, TimeRemainingColumn(), console=console) as bar:
        task = bar.add_task("", rate="", total=None)
        before: list[tuple[float, int]] = []

        def watch(done: int, total: int) -> None:
            before.append((time.monotonic(), done))
            del before[:-200]
            span = before[-1][0] - before[0][0]
            rate = f"{(done - before[0][1]) / span:.1f}/s" if span > 0 else ""
            bar.update(task, completed=done, total=total, rate=rate)

        yield watch


def _plain_lines() -> Watcher:
    said = time.monotonic()

    def watch(done: int, total: int) -> None:
        nonlocal said
        now = time.monotonic()
        if done == total or now - said >= SECONDS_BETWEEN_LINES:
            said = now
            sys.stderr.write(f"{done} of {total}\n")
            sys.stderr.flush()

    return watch
