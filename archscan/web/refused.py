"""The page for whoever goes to an address that shows nothing."""

from __future__ import annotations

from html import escape

from archscan.reasons import Reason


def refused_page(reason: Reason, back: str | None) -> str:
    """Write the page.

    A browser shows bare words in letters too small for a phone, under no title and in no
    language that they could be read out in.

    Parameters
    ----------
    reason
        Why nothing is shown, and what to do.
    back
        The address where photos are given, if it is of use.

    Returns
    -------
    str
        HTML.
    """
    message = escape(reason.message)
    link = f'<p class=back><a href="{escape(back)}">Measure a photo</a></p>' if back else ""
    return (
        "<!doctype html>\n<html lang=en><head><meta charset=utf-8>\n"
        '<meta name=viewport content="width=device-width,initial-scale=1">\n'
        f"<title>{message} - archscan</title>\n"
        "<link rel=stylesheet href=/front.css></head><body><main>\n"
        f"<h1>{message}</h1>\n<p>{escape(reason.advice)}</p>\n{link}</main></body></html>\n"
    )
