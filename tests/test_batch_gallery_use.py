"""The gallery in use: what it shows, picks out, sorts, opens and draws."""

from __future__ import annotations

import json

import pytest
from browser import browsing, needs_driver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from archscan.batch.gallery import write_gallery

pytestmark = needs_driver

PICTURE = "R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="


def record(photo, status="measured", code=None, **of_print):
    reason = {"code": code, "message": f"It is {code}."} if code else None
    prints = [{"warnings": [], **of_print}] if of_print else []
    return {"photo": photo, "status": status, "reason": reason, "prints": prints}


def indices(csi, staheli):
    return {
        name: {"value": value, "low": value - 0.02, "high": value + 0.02}
        for name, value in (("chippaux_smirak", csi), ("staheli", staheli))
    }


RECORDS = [
    record("a.jpg", "unreadable", "truncated"),
    record("Beth.jpg", side="left", arch="neutral", confidence="clear", indices=indices(0.36, 0.8))
    | {"thumbnail": PICTURE},
    record("c.jpg", "refused", "too-blurred"),
    record("d.jpg", side="right", arch="high", confidence="borderline", indices=indices(0.27, 0.9)),
    record("e.jpg", side="left", arch=None, confidence=None, indices=indices(0.52, 0.7)),
    record("f.jpg", "refused", "no-footprint"),
    record("g.jpg", side="left", arch="flat", confidence="clear", indices=indices(0.97, 1.1)),
]


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with browsing(tmp_path_factory.mktemp("browser")) as opened:
        yield opened


def opened(browser, folder, records):
    write_gallery(folder / "gallery.html", records)
    browser.get((folder / "gallery.html").as_uri())
    return browser


@pytest.fixture
def window(browser, tmp_path):
    yield opened(browser, tmp_path, RECORDS)
    assert not browser.get_log("browser")


def named(window):
    """Give the photos whose cards are shown, by the first letters of their names."""
    found = window.find_elements(By.CSS_SELECTOR, ".card .name")
    return "".join(one.text[0] for one in found)


@pytest.mark.parametrize(
    ("chosen", "shown"),
    [
        ("everything", "aBcdefg"), ("high", "d"), ("neutral", "B"), ("flat", "g"),
        ("clear", "Bg"), ("borderline", "d"), ("refused", "cf"), ("unreadable", "a"),
        ("reason: too-blurred", "c"), ("reason: truncated", "a"),
    ],
)  # fmt: skip
def test_what_is_chosen_is_shown_and_counted(window, chosen, shown):
    Select(window.find_element(By.ID, "show")).select_by_visible_text(chosen)
    assert named(window) == shown
    assert window.find_element(By.ID, "count").text == f"{len(shown)} of 7"
    ratios = window.find_elements(By.CSS_SELECTOR, "#plot rect")
    measured = len(set(shown) & set("Bdeg"))
    assert sum(float(one.get_attribute("height")) > 0 for one in ratios) == measured


def test_what_may_be_chosen_is_in_an_order_that_is_soon_looked_through(window):
    offered = [one.text for one in Select(window.find_element(By.ID, "show")).options]
    assert offered[-3:] == ["reason: no-footprint", "reason: too-blurred", "reason: truncated"]
    assert offered[0] == "everything"


@pytest.mark.parametrize(
    ("by", "shown"),
    [
        ("name", "aBcdefg"),
        ("chippaux_smirak ↑", "dBegacf"), ("chippaux_smirak ↓", "geBdacf"),
        ("staheli ↑", "eBdgacf"), ("staheli ↓", "gdBeacf"),
    ],
)  # fmt: skip
def test_what_was_not_measured_comes_last_whichever_way_is_sorted(window, by, shown):
    Select(window.find_element(By.ID, "sort")).select_by_visible_text(by)
    assert named(window) == shown


def test_a_name_is_found_by_a_part_of_it_as_it_is_typed(window):
    field = window.find_element(By.ID, "name")
    field.send_keys("bE")
    assert named(window) == "B"
    Select(window.find_element(By.ID, "show")).select_by_visible_text("refused")
    assert named(window) == ""
    field.send_keys(Keys.BACKSPACE, Keys.BACKSPACE)
    assert named(window) == "cf"


def test_a_card_says_what_was_found(window):
    cards = window.find_elements(By.CLASS_NAME, "card")
    assert [card.text.splitlines() for card in cards[:5]] == [
        ["no picture", "truncated", "a.jpg"],
        ["left neutral clear", "36 % (34 % to 38 %)", "Beth.jpg"],
        ["no picture", "too-blurred", "c.jpg"],
        ["no picture", "right high borderline", "27 % (25 % to 29 %)", "d.jpg"],
        ["no picture", "left no class", "52 % (50 % to 54 %)", "e.jpg"],
    ]
    (picture,) = cards[1].find_elements(By.TAG_NAME, "img")
    assert picture.get_attribute("src") == f"data:image/jpeg;base64,{PICTURE}"
    # The card's own words say what it is of.
    assert picture.get_dom_attribute("alt") == ""
    classes = ["unreadable", "neutral", "refused", "high"]
    assert [
        bool(card.find_elements(By.CLASS_NAME, name))
        for card, name in zip(cards[:4], classes, strict=True)
    ] == [True] * 4


def test_pictures_of_a_row_stand_side_by_side_however_long_their_words(window):
    tops = window.execute_script(
        "return [...document.querySelectorAll('.card')].map(card => [card.offsetTop,"
        " card.firstElementChild.getBoundingClientRect().top - card.getBoundingClientRect().top])"
    )
    # Of refused ones, of measured ones and of children's there is less or more to be said.
    assert len({below for _, below in tops}) == 1
    assert len({top for top, _ in tops}) < len(tops)


def test_a_record_is_opened_and_closed_and_its_card_has_the_focus_again(window):
    card = window.find_elements(By.CLASS_NAME, "card")[1]
    card.send_keys(Keys.ENTER)
    record = window.find_element(By.ID, "record")
    assert record.is_displayed()
    assert record.find_element(By.TAG_NAME, "h2").text == "Beth.jpg"
    assert record.find_element(By.TAG_NAME, "img").get_attribute("src").endswith(PICTURE)
    told = json.loads(record.find_element(By.TAG_NAME, "pre").text)
    assert (told["photo"], told["indices"]) == ("Beth.jpg", indices(0.36, 0.8))
    assert "thumbnail" not in told
    # Who reads a record does not leave it for another card.
    ActionChains(window).send_keys(Keys.ARROW_RIGHT).perform()
    assert window.switch_to.active_element.get_attribute("id") == "close"
    window.find_element(By.ID, "close").click()
    assert not record.is_displayed()
    assert window.switch_to.active_element == card
    window.find_elements(By.CLASS_NAME, "card")[2].click()
    # Nothing of the last one is left.
    assert [one.text for one in record.find_elements(By.TAG_NAME, "h2")] == ["c.jpg"]
    assert "It is too-blurred." in record.find_element(By.TAG_NAME, "pre").text
    assert not record.find_elements(By.TAG_NAME, "img")
    ActionChains(window).send_keys(Keys.ESCAPE).perform()
    assert not record.is_displayed()


def test_cards_are_gone_to_by_the_arrow_keys(window):
    cards = window.find_elements(By.CLASS_NAME, "card")
    places = [(card.location["x"], card.location["y"]) for card in cards]
    across = sum(y == places[0][1] for _, y in places)
    assert 1 < across < len(cards)
    window.execute_script("arguments[0].focus()", cards[0])
    for key, at in (
        (Keys.ARROW_RIGHT, 1),
        (Keys.ARROW_DOWN, 1 + across),
        (Keys.ARROW_LEFT, across),
        (Keys.ARROW_UP, 0),
        (Keys.ARROW_LEFT, 0),
        (Keys.ARROW_UP, 0),
    ):
        ActionChains(window).send_keys(key).perform()
        assert window.switch_to.active_element == cards[at]
    window.execute_script("arguments[0].focus()", cards[-1])
    ActionChains(window).send_keys(Keys.ARROW_DOWN).perform()
    assert window.switch_to.active_element == cards[-1]
    # In a field they are the field's.
    field = window.find_element(By.ID, "name")
    field.send_keys("x", Keys.ARROW_LEFT, "y")
    assert field.get_property("value") == "yx"


def test_bars_stand_where_the_ratios_lie(browser, tmp_path):
    ratios = (0.05, 0.21, 0.21, 0.295, 0.305, 0.46, 0.79, 0.97)
    rows = [
        record(f"{at}.jpg", side="left", arch="flat", confidence="clear", indices=indices(one, 1))
        for at, one in enumerate(ratios)
    ]
    window = opened(browser, tmp_path, rows)
    line = window.find_element(By.CSS_SELECTOR, "#plot line")
    ground = float(line.get_attribute("y1"))
    numbers = {
        one.text: float(one.get_attribute("x"))
        for one in window.find_elements(By.CSS_SELECTOR, "#plot text")
        if "%" in one.text
    }
    assert list(numbers) == ["0 %", "20 %", "40 %", "60 %", "80 %"]
    scale = numbers["80 %"] / 0.8
    assert [at / scale for at in numbers.values()] == pytest.approx([0, 0.2, 0.4, 0.6, 0.8])
    standing = []
    for bar in window.find_elements(By.CSS_SELECTOR, "#plot rect"):
        x, width, y, height = (
            float(bar.get_attribute(name)) for name in ("x", "width", "y", "height")
        )
        assert y + height == pytest.approx(ground)
        if height:
            middle = (x + width / 2) / scale
            standing.append((round(middle, 2), round(height / 28), bar.get_attribute("fill")))
    high, neutral, flat = "#1d4ed8", "#15803d", "#b45309"
    # The last bar holds what lies beyond it as well.
    assert standing == [
        (0.05, 1, high), (0.21, 2, high), (0.29, 1, high), (0.31, 1, neutral), (0.47, 1, flat),
        (0.79, 2, flat),
    ]  # fmt: skip


def test_the_bands_are_told_apart_without_their_colours(window):
    line, *limits = window.find_elements(By.CSS_SELECTOR, "#plot line")
    scale = float(line.get_attribute("x2")) / 0.8
    bounds = [float(one.get_attribute("x1")) / scale for one in limits]
    assert bounds == pytest.approx([0.30, 0.45])
    written = [
        (one.text, float(one.get_attribute("x")) / scale)
        for one in window.find_elements(By.CSS_SELECTOR, "#plot text")
        if one.text in ("high", "neutral", "flat")
    ]
    assert [name for name, _ in written] == ["high", "neutral", "flat"]
    assert [place for _, place in written] == pytest.approx([0.15, 0.375, 0.625])


def test_more_cards_come_as_one_goes_down(browser, tmp_path):
    window = opened(browser, tmp_path, [{**RECORDS[0], "photo": f"{n}.jpg"} for n in range(300)])
    count = "return document.querySelectorAll('.card').length"
    assert window.execute_script(count) < 300
    for _ in range(3):
        window.execute_async_script(
            "scrollTo(0, document.body.scrollHeight);"
            "requestAnimationFrame(() => setTimeout(arguments[0], 200))"
        )
    assert window.execute_script(count) == 300
    Select(window.find_element(By.ID, "show")).select_by_visible_text("unreadable")
    # Not the same ones twice, nor those of before.
    assert window.execute_script(count) < 300


def test_who_cannot_see_it_is_told_what_everything_is(window):
    names = {
        "show": "Show", "sort": "Sort by", "name": "Name",
        "plot": "How the midfoot contact width ratio is spread: from 27 % to 97 %, "
        "1 high, 1 neutral, 2 flat",
    }  # fmt: skip
    for place, name in names.items():
        assert window.find_element(By.ID, place).accessible_name == name
    Select(window.find_element(By.ID, "show")).select_by_visible_text("refused")
    assert window.find_element(By.ID, "plot").accessible_name.endswith("none is measured")
    Select(window.find_element(By.ID, "show")).select_by_visible_text("everything")
    # What a choice leaves is read out.
    assert window.find_element(By.ID, "count").aria_role == "status"
    window.find_element(By.CLASS_NAME, "card").click()
    record = window.find_element(By.ID, "record")
    assert record.aria_role == "dialog"
    assert record.accessible_name == "All that is known of this print"
    headings = window.find_elements(By.CSS_SELECTOR, "h1, h2, h3")
    assert [(one.tag_name, one.text) for one in headings] == [
        ("h1", "archscan gallery"), ("h2", "a.jpg"),
    ]  # fmt: skip
