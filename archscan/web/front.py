"""The page where a photo is given."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from importlib import resources

from archscan.guidance import DISCLAIMER, card, conditions, red_flag_questions, symptoms

TOO_LARGE_ADVICE = "Choose a photo as the phone took it, or run archscan on the file itself."
"""Of a file that is too large to be sent: the page knows its size before the server does."""

THROUGH_WIFI = " In a Wi-Fi that is not your own, others could see it on its way."
"""Said to whoever holds a phone, who need not have seen what the computer said."""


def front_page(most_bytes: int, *, through_wifi: bool = False) -> str:
    """Write the page.

    Parameters
    ----------
    most_bytes
        Of a photo; the page says so before it sends more.
    through_wifi
        Whether other devices may use the page.

    Returns
    -------
    str
        HTML; its style and script are files of their own.
    """
    template = resources.files("archscan.web").joinpath("front.html").read_text("utf-8")
    filled = {
        "__MOST_BYTES__": str(most_bytes),
        "__TOO_LARGE_ADVICE__": escape(TOO_LARGE_ADVICE),
        "__ON_ITS_WAY__": THROUGH_WIFI if through_wifi else "",
        "__QUESTIONS__": _boxes("symptom", _red_flags()),
        "__NOW__": escape(card("rf.emergency").short),
        "__SOON__": escape(card("rf.soon").short),
        "__SYMPTOMS__": _boxes("symptom", symptoms()),
        "__CONDITIONS__": _boxes("condition", conditions()),
        "__DISCLAIMER__": escape(DISCLAIMER),
    }
    for mark, words in filled.items():
        template = template.replace(mark, words)
    return template


def _red_flags() -> dict[str, str]:
    """Give each question by all that a yes may stand for: to be safe, it counts as all of it."""
    return {" ".join(one.symptoms): one.text.strip() for one in red_flag_questions()}


def _boxes(field: str, choices: Mapping[str, str]) -> str:
    return "\n".join(
        f'<label><input type=checkbox name={field} value="{escape(name)}"> {escape(words)}</label>'
        for name, words in choices.items()
    )
