"""What every page tells whoever hears it, or has it enlarged, instead of seeing all of it."""

from __future__ import annotations

import pytest
from browser import browsing, needs_driver

pytestmark = needs_driver

PHONE = {"deviceMetrics": {"width": 360, "height": 640, "pixelRatio": 2, "touch": True}}


@pytest.fixture(scope="module")
def window(tmp_path_factory):
    with browsing(tmp_path_factory.mktemp("browser"), **PHONE) as opened:
        yield opened


@pytest.fixture(params=["front", "gone", "nowhere"])
def shown(request, window, server):
    """A page of every kind, in the browser."""
    window.get(server.page + {"front": "", "gone": "result/none"}.get(request.param, "none"))
    return window


TOLD = """
return {
  language: document.documentElement.lang,
  named: document.title.length > 0,
  titles: document.querySelectorAll("h1").length,
  wide: innerWidth,
  letters: parseFloat(getComputedStyle(document.querySelector("p")).fontSize),
};
"""


def test_it_has_a_language_a_title_and_letters_that_a_phone_shows_large_enough(shown):
    told = shown.execute_script(TOLD)
    assert told.pop("letters") >= 14
    assert told == {"language": "en", "named": True, "titles": 1, "wide": 360}
