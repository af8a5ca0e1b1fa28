"""What every page for a browser or a printer is made round."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape


def html_page(title: str, style: str, policy: str, parts: Sequence[str]) -> str:
    """Put parts into a page that needs nothing from outside.

    Parameters
    ----------
    title
        For the browser's tab.
    style
        CSS.
    policy
        What the page may load, as a content security policy.
    parts
        HTML, from top to bottom.

    Returns
    -------
    str
        HTML.
    """
    return (
        "<!doctype html>\n<html lang=en><head><meta charset=utf-8>"
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name=viewport content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}</title><style>{style}</style></head><body><main>\n"
        + "\n".join(parts)
        + "\n</main></body></html>\n"
    )
