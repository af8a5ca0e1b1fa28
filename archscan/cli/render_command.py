"""``archscan render``: labelled synthetic prints."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def render(
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder to draw into.")],
    count: Annotated[int, typer.Option(min=1, help="How many photos.")] = 10,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the first; the others follow.")] = 0,
    long_side: Annotated[
        int, typer.Option(min=128, max=8000, help="Long side of each photo, pixels.")
    ] = 1600,
) -> None:
    """Draw labelled synthetic wet prints: photo, mask and truth."""
    from archscan.cli.terminals import remark
    from archscan.report.files import make_folder, writing
    from archscan.report.words import counted
    from archscan.synthetic import write_renderings

    with writing(output):
        photos = write_renderings(make_folder(output), count, seed, long_side)
    remark(f"Drew {counted(len(photos), 'photo')} with masks and truth in {output}")
