"""The page in a real browser, with a mouse and as a phone shows it."""

from __future__ import annotations

from datetime import date

import pytest
from browser import browsing, needs_driver, see_at
from conftest import SAMPLES
from made_scans import made_scan
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait
from web_server import COMMAND, serving_with

from archscan import guidance
from archscan.batch.gallery import gallery
from archscan.report.page import page
from archscan.report.plan_page import plan_page
from archscan.report.record import to_record

pytestmark = needs_driver

PHONE = {"deviceMetrics": {"width": 390, "height": 844, "pixelRatio": 2, "touch": True}}

DROP = """
const carried = new DataTransfer();
for (const name of arguments[0]) carried.items.add(new File(["no photo"], name));
document.body.dispatchEvent(
  new DragEvent("drop", {dataTransfer: carried, bubbles: true, cancelable: true}));
"""


@pytest.fixture
def window(request, tmp_path):
    with browsing(tmp_path, **getattr(request, "param", {})) as opened:
        yield opened


LOOKS = """
const size = (seen) => parseFloat(getComputedStyle(document.querySelector(seen)).fontSize);
return {
  small: size(".card .dim"), plain: size(".card p"), title: size("h2"),
  above: getComputedStyle(document.querySelector("summary")).breakAfter,
  whole: getComputedStyle(document.querySelector(".card")).breakInside,
  folded: !document.querySelector("details .urgent p").checkVisibility()};
"""


def give(window, name):
    window.find_element(By.ID, "file").send_keys(str(SAMPLES / name))


def result(window):
    WebDriverWait(window, 60).until(lambda shown: "/result/" in shown.current_url)
    return window.find_element(By.TAG_NAME, "body").text


def message(window):
    shown = window.find_element(By.ID, "message")
    WebDriverWait(window, 60).until(lambda _: shown.is_displayed())
    return shown.text


@pytest.mark.parametrize("window", [{}, PHONE], ids=["desk", "phone"], indirect=True)
def test_a_photo_is_chosen_and_its_result_read(server, window):
    window.get(server.page)
    assert window.find_element(By.ID, "camera").get_attribute("capture") == "environment"
    window.find_element(By.CSS_SELECTOR, "#more summary").click()
    window.find_element(By.CSS_SELECTOR, "input[value=heel-pain]").click()
    window.find_element(By.NAME, "age").send_keys("34")
    width = window.execute_script("return [document.documentElement.scrollWidth, innerWidth]")
    assert width[0] <= width[1]
    give(window, "tile_flat_left.jpg")
    shown = result(window)
    assert "Left foot: flat arch" in shown
    assert "heel" in shown
    another = window.find_element(By.LINK_TEXT, "Measure another photo")
    # WCAG 2.2, 2.5.8: what a finger hits.
    assert another.rect["height"] >= 24
    another.click()
    give(window, "concrete_no_print.jpg")
    assert "What to do:" in result(window)
    assert not window.get_log("browser")


def test_going_back_shows_a_page_that_works_and_hides_no_answers(server, window):
    window.get(server.page)
    window.find_element(By.CSS_SELECTOR, "#more summary").click()
    window.find_element(By.CSS_SELECTOR, "input[value=diabetes]").click()
    window.find_element(By.CSS_SELECTOR, "#first summary").click()
    window.find_element(By.CSS_SELECTOR, "#first input").click()
    give(window, "concrete_no_print.jpg")
    assert "Get medical help now" in result(window)
    window.back()
    # What was filled in is put back once all of the page is there.
    kept = WebDriverWait(window, 60).until(
        lambda _: window.find_elements(By.CSS_SELECTOR, "input:checked")
    )
    assert len(kept) == 2
    assert all(one.is_displayed() for one in kept)
    assert not window.find_element(By.ID, "busy").is_displayed()
    give(window, "tile_flat_left.jpg")
    assert "Left foot: flat arch" in result(window)


def test_photos_are_dropped_one_at_a_time(server, window):
    window.get(server.page)
    window.execute_script(DROP, ["one.jpg", "two.jpg"])
    assert message(window) == "One photo at a time, please."
    window.execute_script(DROP, ["one.jpg"])
    assert "Could not be read" in result(window)


SEEN = """
const shown = document.getElementById(arguments[0]).getBoundingClientRect();
return shown.height > 0 && shown.top >= 0 && shown.bottom <= innerHeight;
"""


def test_what_becomes_of_a_photo_is_seen_also_by_who_drops_it_below_the_answers(server, window):
    window.get(server.page)
    window.find_element(By.CSS_SELECTOR, "#more summary").click()
    down = "scrollTo(0, document.body.scrollHeight); return scrollY"
    assert window.execute_script(down) > 500
    window.execute_script(DROP, ["one.jpg", "two.jpg"])
    message(window)
    assert window.execute_script(SEEN, "message")
    window.execute_script(down)
    window.execute_script("post = () => new Promise(() => {})")
    window.execute_script(DROP, ["one.jpg"])
    assert window.execute_script(SEEN, "busy")


def test_a_folder_is_said_to_be_no_photo(server, window, tmp_path):
    window.get(server.page)
    for kind in ("dragEnter", "dragOver", "drop"):
        dragged = {"items": [], "files": [str(tmp_path)], "dragOperationsMask": 1}
        event = {"type": kind, "x": 200, "y": 300, "data": dragged}
        window.execute_cdp_cmd("Input.dispatchDragEvent", event)
    assert message(window).startswith("This cannot be read.")


def test_what_goes_wrong_is_said_on_the_page(window):
    with serving_with(COMMAND) as running:
        window.get(running.page)
        window.find_element(By.CSS_SELECTOR, "#more summary").click()
        window.execute_script("document.querySelector('[value=fever]').value = 'headache'")
        window.find_element(By.CSS_SELECTOR, "[value=headache]").click()
        give(window, "tile_flat_left.jpg")
        assert "headache" in message(window)
        running.end()
        window.execute_script("document.getElementById('file').focus()")
        give(window, "tile_flat_left.jpg")
        assert "Is archscan still running" in message(window)
        # Who uses the keys tries again from there, not from the top of the page.
        assert window.switch_to.active_element.get_attribute("id") == "file"


def test_a_key_lets_the_browser_in_and_is_gone_from_its_address(guarded, window):
    window.get(f"{guarded.page}#{guarded.line()}")
    WebDriverWait(window, 60).until(lambda shown: shown.current_url == guarded.page)
    give(window, "tile_flat_left.jpg")
    assert "Left foot: flat arch" in result(window)
    assert window.get_cookies()[0]["httpOnly"]


def test_a_link_lets_in_the_page_that_is_open_and_may_be_followed_again(guarded, window):
    window.get(guarded.page)
    window.execute_async_script("entered.then(arguments[0])")
    assert not window.find_element(By.ID, "message").is_displayed()
    # What is to be read out must have its place before.
    assert not window.find_element(By.CSS_SELECTOR, "[role=status]").get_attribute("hidden")
    give(window, "tile_flat_left.jpg")
    assert "has not been let in" in message(window)
    link = f"{guarded.page}#{guarded.line()}"
    window.get(link)
    WebDriverWait(window, 60).until(lambda shown: shown.current_url == guarded.page)
    give(window, "tile_flat_left.jpg")
    assert "Left foot: flat arch" in result(window)
    window.get(link)
    WebDriverWait(window, 60).until(lambda shown: shown.current_url == guarded.page)
    give(window, "concrete_no_print.jpg")
    assert "What to do:" in result(window)
    window.get("about:blank")
    window.get(link)
    WebDriverWait(window, 60).until(lambda shown: shown.current_url == guarded.page)
    window.execute_async_script("entered.then(arguments[0])")
    assert not window.find_element(By.ID, "message").is_displayed()


def test_an_age_that_cannot_be_is_shown_also_where_it_was_folded_away(server, window):
    window.get(server.page)
    fold = window.find_element(By.CSS_SELECTOR, "#more summary")
    fold.click()
    window.find_element(By.NAME, "age").send_keys("340")
    fold.click()
    give(window, "tile_flat_left.jpg")
    WebDriverWait(window, 10).until(lambda _: window.find_element(By.NAME, "age").is_displayed())


FORCED = {"features": [{"name": "forced-colors", "value": "active"}]}
GROUND = "return getComputedStyle(document.querySelector(arguments[0])).backgroundColor"


def test_drawings_are_seen_where_colours_are_forced(window, tmp_path):
    plan = plan_page(guidance.select(None), "A plan", date(2026, 1, 5))
    shown = {".card svg": page(made_scan()), ".move svg": plan, "#plot": gallery([])}
    window.execute_cdp_cmd("Emulation.setEmulatedMedia", FORCED)
    for drawing, html in shown.items():
        (tmp_path / "page.html").write_text(html, encoding="utf-8")
        window.get((tmp_path / "page.html").as_uri())
        # Their lines stay dark, whatever the reader has the page's ground made.
        assert window.execute_script(GROUND, drawing) == "rgb(255, 255, 255)"


def test_on_paper_small_print_is_small_cards_stay_whole_and_nothing_is_folded(window, tmp_path):
    kept = tmp_path / "page.html"
    kept.write_text(page(made_scan()), encoding="utf-8")
    window.get(kept.as_uri())
    assert window.execute_script(LOOKS)["folded"]
    window.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    looks = window.execute_script(LOOKS)
    assert looks["small"] < looks["plain"] < looks["title"] < 2 * looks["plain"]
    assert looks["whole"] == "avoid"
    # Nor does what stands over them stay behind on the page before.
    assert looks["above"] == "avoid"
    assert not looks["folded"]


PLAIN = "return parseFloat(getComputedStyle(document.body).fontSize)"
WIDTH = "return document.documentElement.scrollWidth"


@pytest.mark.parametrize("window", [{"text_size": 32}], indirect=True)
def test_all_text_grows_with_the_size_that_the_reader_has_set(server, window, tmp_path):
    plan = plan_page(guidance.select(None), "A plan", date(2026, 1, 5))
    open_all = "document.querySelectorAll('details').forEach((one) => { one.open = true; })"
    plain = {server.page: 17}
    for name, html, size in (
        ("page", page(made_scan(), back="/"), 17),
        ("plan", plan, 15),
        ("gallery", gallery([to_record(made_scan())]), 16),
    ):
        (tmp_path / f"{name}.html").write_text(html, encoding="utf-8")
        plain[(tmp_path / f"{name}.html").as_uri()] = size
    for address, size in plain.items():
        see_at(window, 1600)
        window.get(address)
        # Titles and small print do, and would be out of proportion.
        assert window.execute_script(PLAIN) == 2 * size
        see_at(window, 320)
        window.execute_script(open_all)
        # A plan's table of six weeks is as wide as it must be.
        assert "plan" in address or window.execute_script(WIDTH) <= 320


def test_a_button_is_seen_as_one_where_colours_are_forced(server, window):
    window.get(server.page)
    forced = [{"name": "forced-colors", "value": "active"}]
    window.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": forced})
    border = window.execute_script(
        "const seen = getComputedStyle(document.querySelector('.button:not(.phone)'));"
        "return [seen.borderTopStyle, seen.borderTopWidth, seen.borderTopColor]"
    )
    assert border == ["solid", "2px", "rgb(0, 0, 0)"]
