"""``archscan sheet``: a page to print and lay beside the foot."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class PaperName(StrEnum):
    """What the printer holds."""

    a4 = "a4"
    letter = "letter"


def sheet(
    output: Annotated[
        Path, typer.Option("--output", "-o", help="PDF to write; '-': standard output.")
    ],
    paper: Annotated[
        PaperName, typer.Option(case_sensitive=False, help="Paper in the printer.")
    ] = PaperName.a4,
) -> None:
    """Draw a page of markers that shows the scale, to print and lay beside the foot."""
    from archscan.cli.outputs import check_page, is_standard_output, write_result
    from archscan.cli.terminals import remark
    from archscan.report.reference_page import reference_page

    check_page(output)
    write_result(output, reference_page(paper.value))
    wrote = "" if is_standard_output(output) else f"Wrote {output}. "
    remark(f"{wrote}Print it at 100 % ('actual size') and check its ruler with another.")
