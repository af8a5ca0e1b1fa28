"""The verbs, gathered."""

from __future__ import annotations

import typer

from archscan.cli.batch_command import batch
from archscan.cli.check_command import check
from archscan.cli.compare_command import compare
from archscan.cli.guide_command import guide
from archscan.cli.reliability_command import reliability
from archscan.cli.render_command import render
from archscan.cli.scan_command import scan
from archscan.cli.schema_command import schema
from archscan.cli.serve_command import serve
from archscan.cli.sheet_command import sheet

app = typer.Typer(
    help="Measures the arch of a wet footprint from a photo. "
    "'archscan PHOTO...' is short for 'archscan scan PHOTO...'.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(scan)
app.command()(batch)
app.command()(check)
app.command()(compare)
app.command()(guide)
app.command()(reliability)
app.command()(render)
app.command()(schema)
app.command()(serve)
app.command()(sheet)


@app.callback()
def options(
    version: bool = typer.Option(
        False, "--version", "-V", is_eager=True, help="Show the version and leave."
    ),
) -> None:
    """Measure the arch of a wet footprint from a photo."""
    if version:
        from archscan.version import __version__

        typer.echo(f"archscan {__version__}")
        raise typer.Exit
