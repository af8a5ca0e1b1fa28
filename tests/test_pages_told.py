"""What every page tells whoever hears it, or has it enlarged, instead of seeing all of it."""

from __future__ import annotations

from datetime import date

import pytest
from browser import browsing, needs_driver
from made_scans import made_scan, pair, refused
from selenium.webdriver.common.by import By

from archscan import guidance
from archscan.batch.gallery import gallery
from archscan.report.page import page
from archscan.report.plan_page import plan_page
from archscan.report.record import to_record

pytestmark = needs_driver

PHONE = {"deviceMetrics": {"width": 360, "height": 640, "pixelRatio": 2, "touch": True}}

SERVED = {"front": "", "gone": "result/none", "nowhere": "none"}

WRITTEN = {
    "report": lambda: page(pair()),
    "refused": lambda: page(refused("too-faint"), back="/"),
    "plan": lambda: plan_page(guidance.select(None), "A plan", date(2026, 1, 5)),
    "gallery": lambda: gallery([to_record(made_scan())]),
}


@pytest.fixture(scope="module")
def window(tmp_path_factory):
    with browsing(tmp_path_factory.mktemp("browser"), **PHONE) as opened:
        yield opened


@pytest.fixture
def opened(window, tmp_path):
    def show(kind):
        (tmp_path / "page.html").write_text(WRITTEN[kind](), encoding="utf-8")
        window.get((tmp_path / "page.html").as_uri())
        return window

    return show


@pytest.fixture(params=[*SERVED, *WRITTEN])
def shown(request, window, opened):
    """A page of every kind, in the browser."""
    if request.param in WRITTEN:
        return opened(request.param)
    window.get(request.getfixturevalue("server").page + SERVED[request.param])
    return window


TOLD = """
return {
  language: document.documentElement.lang,
  titles: document.querySelectorAll("h1").length,
  wide: innerWidth,
  letters: parseFloat(getComputedStyle(document.body).fontSize),
};
"""


def test_it_has_a_language_a_title_and_letters_that_a_phone_shows_large_enough(shown):
    # The name alone says of no tab what it holds.
    assert len(shown.title.replace("archscan", "")) > 5
    told = shown.execute_script(TOLD)
    assert told.pop("letters") >= 14
    assert told == {"language": "en", "titles": 1, "wide": 360}


OUTSIDE = """
const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), outside = [];
while (words.nextNode()) {
  const place = words.currentNode.parentElement;
  if (words.currentNode.data.trim() && !place.closest("main, header, dialog, script, noscript"))
    outside.push(words.currentNode.data);
}
return [document.querySelectorAll("main").length, outside];
"""


def test_who_goes_from_part_to_part_finds_the_main_one_and_misses_nothing(shown):
    assert shown.execute_script(OUTSIDE) == [1, []]


@pytest.mark.parametrize(
    ("kind", "named", "first"),
    [
        ("report", ["Indices of the left foot", "Indices of the right foot"], "Chippaux-Smirak"),
        ("plan", ["Six weeks to tick"], "1, from 5 Jan"),
    ],
)
def test_each_number_of_a_table_is_told_with_what_it_is_of(opened, kind, named, first):
    tables = opened(kind).find_elements(By.TAG_NAME, "table")
    assert [one.accessible_name for one in tables] == named
    for table in tables:
        heading, *rows = table.find_elements(By.TAG_NAME, "tr")
        across = heading.find_elements(By.CSS_SELECTOR, "*")
        assert {one.aria_role for one in across} == {"columnheader"}
        down = [row.find_element(By.CSS_SELECTOR, ":first-child") for row in rows]
        assert {one.aria_role for one in down} == {"rowheader"}
        assert down[0].text.startswith(first)
