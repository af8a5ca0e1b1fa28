"""The gallery: what a browser makes of it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys

import pytest
from browser import browse, browsing, needs_browser, needs_driver, see_at
from conftest import SAMPLES
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

import archscan
from archscan.batch.gallery import gallery, write_gallery


@pytest.fixture(scope="module")
def records():
    measured = archscan.scan(SAMPLES / "cardboard_neutral_left.jpg").to_dict()
    refused = archscan.scan(SAMPLES / "concrete_no_print.jpg").to_dict()
    return measured, refused


@needs_browser
@pytest.mark.parametrize(
    ("window", "least", "most"), [("800,600", 120, 120), ("5120,2880", 360, 999)]
)
def test_a_screen_of_any_size_is_filled_and_no_more(records, tmp_path, window, least, most):
    rows = [{**records[number % 2], "photo": f"{number:04d}.jpg"} for number in range(1000)]
    write_gallery(tmp_path / "gallery.html", rows)
    done = browse(
        tmp_path / "gallery.html",
        f"--window-size={window}",
        "--virtual-time-budget=3000",
        "--dump-dom",
    )
    shown = done.stdout.decode()
    assert "1000 of 1000" in shown
    assert least <= len(re.findall(r'class="card"', shown)) <= most


KILLED_WHILE_WRITING = """
import os, pathlib, sys
from archscan.batch.gallery import write_gallery
os.fsync = lambda _: os._exit(9)
write_gallery(pathlib.Path(sys.argv[1]), [])
"""


def test_what_a_killed_run_left_of_a_gallery_is_cleared_away(tmp_path):
    page, other = tmp_path / "gallery.html", tmp_path / "more.gallery.html"
    for path in (page, other):
        done = subprocess.run([sys.executable, "-c", KILLED_WHILE_WRITING, path], check=False)
        assert done.returncode == 9
    left, others = sorted(tmp_path.iterdir())
    write_gallery(page, [])
    # It could be what another run is writing.
    assert sorted(tmp_path.iterdir()) == [left, others, page]
    for one in (left, others):
        os.utime(one, (0, 0))
    write_gallery(page, [])
    assert sorted(tmp_path.iterdir()) == [others, page]


def rows_of(html):
    (data,) = re.findall(r"<script type=.application/json. id=data>(.*?)</script>", html, re.DOTALL)
    return json.loads(data)


def test_a_card_opens_the_whole_record_but_its_outlines(records):
    measured, refused = records
    row, without = rows_of(gallery(records))
    (item,) = measured["prints"]
    assert {name: row.get(name) for name in item} == item | {"outline": None, "outlines": None}
    told = {name: measured[name] for name in ("photo", "status", "image", "scale", "version")}
    assert {name: row[name] for name in told} == told
    assert row["photo_warnings"] == measured["warnings"]
    reason = refused["reason"]
    assert {name: without[name] for name in reason} == reason


def test_no_name_ends_the_data(records):
    html = gallery([{**records[0], "photo": "</script><b>.jpg"}])
    assert "</script><b>" not in html


@needs_browser
@pytest.mark.parametrize(
    ("ratio", "shown"), [(0.2997, "29.9 %"), (0.302, "30 %"), (0.4499, "44.9 %"), (0.345, "34 %")]
)
def test_rounding_takes_no_ratio_across_a_limit(records, tmp_path, ratio, shown):
    (item,) = records[0]["prints"]
    indices = {**item["indices"]}
    indices["chippaux_smirak"] = {**indices["chippaux_smirak"], "value": ratio, "low": ratio}
    row = {**records[0], "prints": [{**item, "indices": indices}]}
    write_gallery(tmp_path / "gallery.html", [row])
    done = browse(tmp_path / "gallery.html", "--virtual-time-budget=3000", "--dump-dom")
    assert f"<div>{shown} ({shown} to " in done.stdout.decode()


@needs_browser
@pytest.mark.parametrize(("arch", "colours"), [("neutral", 3), (None, 1)])
def test_childrens_prints_have_no_colours_of_adults_bands(records, tmp_path, arch, colours):
    (item,) = records[0]["prints"]
    row = {**records[0], "prints": [{**item, "arch": arch}]}
    write_gallery(tmp_path / "gallery.html", [row])
    done = browse(tmp_path / "gallery.html", "--virtual-time-budget=3000", "--dump-dom")
    shown = done.stdout.decode()
    bars = re.findall(r'<rect [^>]*fill="(#\w+)"', shown)
    assert len(bars) == 40
    assert len(set(bars)) == colours
    assert (">high</text>" in shown, "1 neutral" in shown) == (arch is not None,) * 2


OVERLAP = """
const seen = document.activeElement.getBoundingClientRect();
return document.querySelector("header").getBoundingClientRect().bottom - seen.top;
"""


@needs_driver
@pytest.mark.parametrize(("width", "height"), [(1280, 720), (640, 360), (320, 640)])
def test_no_card_that_is_gone_to_by_key_lies_under_the_header(records, tmp_path, width, height):
    rows = [{**records[1], "photo": f"{number:04d}.jpg"} for number in range(100)]
    write_gallery(tmp_path / "gallery.html", rows)
    with browsing(tmp_path / "profile") as window:
        see_at(window, width, height)
        window.get((tmp_path / "gallery.html").as_uri())
        window.execute_script("document.querySelectorAll('.card')[40].focus()")
        for _ in range(4):
            ActionChains(window).send_keys(Keys.ARROW_UP).perform()
            assert window.execute_script(OVERLAP) <= 0
        shown = "return document.querySelector('header').getBoundingClientRect().bottom"
        # Half of a low window at the most is not the cards'.
        assert window.execute_script(shown) <= height / 2


@needs_driver
@pytest.mark.parametrize("width", [320, 390, 1200])
def test_a_record_with_a_long_name_can_be_read_without_scrolling_sideways(records, tmp_path, width):
    row = {**records[1], "photo": f"2026-01-05/participant_07/{'left_foot_' * 6}1.jpg"}
    write_gallery(tmp_path / "gallery.html", [row])
    with browsing(tmp_path / "profile") as window:
        see_at(window, width, 844)
        window.get((tmp_path / "gallery.html").as_uri())
        window.execute_script("document.querySelector('.card').click()")
        (record,) = window.find_elements("css selector", "dialog")
        assert record.rect["width"] < width
        assert record.get_property("scrollWidth") <= record.get_property("clientWidth")


@needs_driver
def test_a_record_can_be_closed_wherever_one_has_come_to_in_it(records, tmp_path):
    write_gallery(tmp_path / "gallery.html", records)
    phone = {"width": 360, "height": 640, "pixelRatio": 2, "touch": True}
    with browsing(tmp_path / "profile", deviceMetrics=phone) as window:
        window.get((tmp_path / "gallery.html").as_uri())
        window.execute_script("document.querySelector('.card').click()")
        down = "const all = document.getElementById('record'); all.scrollTop = all.scrollHeight;"
        assert window.execute_script(f"{down} return all.scrollTop") > 640
        button = "return document.getElementById('close').getBoundingClientRect().top"
        assert 0 < window.execute_script(button) < 640


AXIS = """
const plot = document.getElementById("plot"), seen = plot.getBoundingClientRect();
return [11 * plot.getScreenCTM().a, [seen.left, seen.right],
  [...plot.querySelectorAll("text")].map(words => {
    const box = words.getBoundingClientRect(); return [box.left, box.right];
  })];
"""


@needs_driver
@pytest.mark.parametrize("text_size", [16, 32])
@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_the_plot_s_words_can_be_read_on_a_screen_of_any_width(records, tmp_path, width, text_size):
    write_gallery(tmp_path / "gallery.html", records)
    with browsing(tmp_path / "profile", text_size=text_size) as window:
        window.get((tmp_path / "gallery.html").as_uri())
        # As a phone that is turned: what was drawn for another width is drawn anew.
        see_at(window, width, 844)
        window.execute_async_script(
            "requestAnimationFrame(() => requestAnimationFrame(arguments[0]))"
        )
        size, (left, right), (*words, name) = window.execute_script(AXIS)
    assert size >= 11
    numbers, classes = words[:5], words[5:]
    assert len(classes) == 3
    for row in (numbers, classes, [name]):
        edges = [edge for one in row for edge in one]
        assert edges == sorted(edges)
        assert left - 1 <= edges[0]
        assert edges[-1] <= right + 1


BESIDE = """
return [...document.querySelectorAll("header .choice")].map(choice => {
  const name = document.createRange();
  name.selectNode(choice.firstElementChild.firstChild);
  const [words, field] = [name, choice.lastElementChild].map(one => one.getBoundingClientRect());
  return words.right <= field.left && words.top >= field.top && words.bottom <= field.bottom;
});
"""


@needs_driver
@pytest.mark.parametrize(("width", "height"), [(320, 640), (390, 844), (640, 360), (1280, 800)])
def test_what_a_field_is_called_stands_beside_it(records, tmp_path, width, height):
    write_gallery(tmp_path / "gallery.html", records)
    with browsing(tmp_path / "profile") as window:
        see_at(window, width, height)
        window.get((tmp_path / "gallery.html").as_uri())
        assert window.execute_script(BESIDE) == [True] * 3
