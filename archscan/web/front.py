"""The page where a photo is given."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from importlib import resources

from archscan.guidance import DISCLAIMER, conditions, symptoms


def front_page(most_bytes: int) -> str:
    """Write the page.

    Parameters
    ----------
    most_bytes
        Of a photo; the page says so before it sends more.

    Returns
    -------
    str
        HTML; its style and script are files of their own.
    """
    template = resources.files("archscan.web").joinpath("front.html").read_text("utf-8")
    filled = {
        "__MOST_BYTES__": str(most_bytes),
        "__SYMPTOMS__": _boxes("symptom", symptoms()),
        "__CONDITIONS__": _boxes("condition", conditions()),
        "__DISCLAIMER__": escape(DISCLAIMER),
    }
    for mark, words in filled.items():
        template = template.replace(mark, words)
    return template


def _boxes(field: str, choices: Mapping[str, str]) -> str:
    return "\n".join(
        f'<label><input type=checkbox name={field} value="{escape(name)}"> {escape(words)}</label>'
        for name, words in choices.items()
    )
