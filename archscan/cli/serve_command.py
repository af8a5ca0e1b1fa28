"""``archscan serve``: a page on this machine where a photo is dropped, or taken with a phone."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import Annotated

import typer

USUAL_PORT = 8765


def serve(
    phone: Annotated[
        bool, typer.Option("--phone", help="Let a phone in the same Wi-Fi use the page.")
    ] = False,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Where to listen; 0: any that is free.")
    ] = USUAL_PORT,
    browser: Annotated[bool, typer.Option(help="Open the page in a browser.")] = True,
) -> None:
    """Show a page where a photo is dropped or taken with a phone; Ctrl-C ends it."""
    from archscan.cli.terminals import remark
    from archscan.web.keys import Keys
    from archscan.web.serving import THIS_MACHINE, home_address, listening, run

    opened = listening(home_address() if phone else THIS_MACHINE, port)
    address, number = opened.getsockname()[:2]
    page = f"http://{address}:{number}/"
    if phone:
        remark("Point the phone's camera at the code; each code lets one device in.")
        remark("The photo travels through the Wi-Fi unencrypted: use your own. Ctrl-C ends it.")
        keys = Keys(lambda key: _show(f"{page}#{key}"))
    else:
        keys = None
        remark("Only this machine can open the page. Ctrl-C ends it.")
        sys.stdout.write(f"{page}\n")
        sys.stdout.flush()
        if browser and sys.stderr.isatty() and _has_windows():
            import webbrowser

            webbrowser.open(page)
    with suppress(KeyboardInterrupt):
        run(opened, keys)
    sys.stderr.write("\nEnded. Nothing was kept.\n")


def _has_windows() -> bool:
    """Tell whether a browser would open beside the terminal, not in it."""
    shown = ("DISPLAY", "WAYLAND_DISPLAY")
    return sys.platform in {"darwin", "win32"} or any(os.environ.get(name) for name in shown)


def _show(link: str) -> None:
    """Show a link, on a terminal also as a code for a camera."""
    if sys.stdout.isatty():
        from io import StringIO

        import segno
        from rich.text import Text

        from archscan.cli.terminals import terminal

        code = StringIO()
        segno.make(link, micro=False).terminal(code, compact=True)
        # Its light fields are drawn, so it must not take the colours of a light terminal.
        terminal(sys.stdout).print(Text(code.getvalue().strip("\n"), "bright_white on black"))
    sys.stdout.write(f"{link}\n")
    sys.stdout.flush()
