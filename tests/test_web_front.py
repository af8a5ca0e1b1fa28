"""The front page's own work: what it sends, what it takes, and what it says meanwhile."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest
from browser import browsing, needs_driver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select, WebDriverWait

from archscan.web.application import TOO_MANY_BYTES

pytestmark = needs_driver

PLAYED = """
sent = [];
fetch = (address, {body}) => new Promise((resolve, reject) => {
  const answer = (status, words) => resolve(new Response(words, {status}));
  sent.push({address, name: body.name, answer});
});
"""
"""Instead of a server: what is sent waits for an answer that the test gives."""

GIVE = """
const carried = new DataTransfer(), [kind, size, text] = arguments;
if (size !== null) carried.items.add(new File([new Uint8Array(size)], "print.jpg"));
if (text) carried.setData("text/plain", "words");
const event = new DragEvent(kind, {dataTransfer: carried, bubbles: true, cancelable: true});
document.body.dispatchEvent(event);
return event.defaultPrevented;
"""

SENT = "return sent.map(({address, name}) => [address, name])"


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with browsing(tmp_path_factory.mktemp("browser")) as opened:
        yield opened


@pytest.fixture
def window(browser, server):
    browser.get("about:blank")
    browser.get(server.page)
    browser.execute_script(PLAYED)
    return browser


def drop(window, size=8):
    return window.execute_script(GIVE, "drop", size, False)


def sent(window, count=1):
    WebDriverWait(window, 10).until(lambda _: len(window.execute_script(SENT)) >= count)
    return window.execute_script(SENT)


def answered(window, status, words):
    window.execute_script("sent.at(-1).answer(...arguments)", status, words)
    shown = window.find_element(By.ID, "message")
    WebDriverWait(window, 10).until(lambda _: shown.is_displayed())
    return shown.text


def test_what_is_answered_goes_with_the_photo_and_nothing_else(window):
    drop(window)
    ((address, name),) = sent(window)
    assert (urlsplit(address).path, name) == ("/scan", "print.jpg")
    assert dict(parse_qsl(urlsplit(address).query)) == {"side": "auto", "sheet": "auto"}
    answered(window, 500, "")
    window.find_element(By.CSS_SELECTOR, "#more summary").click()
    window.find_element(By.NAME, "age").send_keys("34.5")
    Select(window.find_element(By.NAME, "side")).select_by_value("left")
    Select(window.find_element(By.NAME, "sheet")).select_by_value("a4")
    for value in ("heel-pain", "numbness", "diabetes"):
        window.find_element(By.CSS_SELECTOR, f"input[value={value}]").click()
    drop(window)
    _, (address, _) = sent(window, 2)
    assert sorted(parse_qsl(urlsplit(address).query)) == [
        ("age", "34.5"), ("condition", "diabetes"), ("sheet", "a4"), ("side", "left"),
        ("symptom", "heel-pain"), ("symptom", "numbness"),
    ]  # fmt: skip


def test_a_yes_to_a_question_names_all_that_it_may_stand_for_once(window):
    window.find_element(By.CSS_SELECTOR, "#first summary").click()
    window.find_element(By.CSS_SELECTOR, "#first input[value~=calf-swelling]").click()
    window.find_element(By.CSS_SELECTOR, "#more summary").click()
    window.find_element(By.CSS_SELECTOR, "#more input[value=injury]").click()
    drop(window)
    ((address, _),) = sent(window)
    told = [value for name, value in parse_qsl(urlsplit(address).query) if name == "symptom"]
    assert sorted(told) == ["calf-swelling", "foot-wound", "injury", "tendon-snap"]


def test_who_is_about_to_choose_a_photo_knows_that_it_is_sent_at_once(window):
    said = window.find_element(By.ID, "at-once")
    assert said.text.startswith("A photo is measured as soon as it is chosen.")
    # Before the buttons for who sees them, and with each for who hears them.
    camera, chooser = (window.find_element(By.ID, name) for name in ("camera", "file"))
    assert chooser.location["y"] > said.location["y"]
    for button in (camera, chooser):
        assert button.get_attribute("aria-describedby") == "at-once"


def test_one_photo_is_measured_at_a_time_and_it_is_said(window):
    inputs = [window.find_element(By.ID, name) for name in ("file", "camera")]
    busy = window.find_element(By.ID, "busy")
    drop(window)
    sent(window)
    assert busy.text == "Measuring …"
    assert not any(one.is_enabled() for one in inputs)
    drop(window)
    said = answered(window, 503, '{"message": "It is busy.", "advice": "Wait a little."}')
    assert said == "It is busy. Wait a little."
    assert len(sent(window)) == 1
    assert busy.text == ""
    assert all(one.is_enabled() for one in inputs)
    drop(window)
    sent(window, 2)
    # What was wrong with the last one says nothing of this one.
    assert not window.find_element(By.ID, "message").is_displayed()


def test_an_answer_that_is_none_is_told_in_words(window):
    drop(window)
    sent(window)
    assert answered(window, 500, "<h1>Oh</h1>") == "Something went wrong. Try again."


def test_a_photo_that_is_too_large_is_not_sent(window):
    window.execute_script("document.getElementById('form').dataset.mostBytes = 2 ** 20")
    drop(window, 2**20 + 1)
    message = window.find_element(By.ID, "message")
    # What the server would say, had it been sent.
    assert message.text == f"This file is larger than 1 megabytes. {TOO_MANY_BYTES.advice}"
    drop(window, 2**20)
    assert len(sent(window)) == 1


def test_the_same_photo_may_be_chosen_again(window, tmp_path):
    (tmp_path / "again.jpg").write_bytes(b"no photo")
    for count in (1, 2):
        window.find_element(By.ID, "file").send_keys(str(tmp_path / "again.jpg"))
        assert len(sent(window, count)) == count
        answered(window, 500, "")


def test_a_photo_is_not_sent_with_an_age_that_cannot_be(window):
    window.find_element(By.CSS_SELECTOR, "#more summary").click()
    age = window.find_element(By.NAME, "age")
    age.send_keys("340")
    drop(window)
    assert window.switch_to.active_element == age
    # Who has corrected it would else wait for a result that nobody works on.
    message = window.find_element(By.ID, "message")
    assert message.text.endswith("Correct it, then choose the photo again.")
    age.send_keys(Keys.BACKSPACE)
    drop(window)
    ((address, _),) = sent(window)
    assert not message.is_displayed()
    assert "age=34&" in address


def test_enter_in_a_field_loses_no_answers(window, server):
    window.find_element(By.CSS_SELECTOR, "#more summary").click()
    age = window.find_element(By.NAME, "age")
    age.send_keys("34", Keys.ENTER)
    window.execute_async_script("setTimeout(arguments[0], 500)")
    assert window.current_url == server.page
    assert window.execute_script("return sent.length") == 0
    assert age.get_property("value") == "34"


def test_a_photo_is_caught_wherever_it_is_let_go_and_other_things_are_not(window):
    body = window.find_element(By.TAG_NAME, "body")
    # Without a stop to that, the browser would leave the page and show the photo.
    assert window.execute_script(GIVE, "dragover", 8, False)
    assert body.get_attribute("class") == "over"
    # On its way it passes over what is on the page.
    window.execute_script(
        "const how = {relatedTarget: form, bubbles: true};"
        "document.body.dispatchEvent(new DragEvent('dragleave', how))"
    )
    assert body.get_attribute("class") == "over"
    window.execute_script(GIVE, "dragleave", 8, False)
    assert body.get_attribute("class") == ""
    window.execute_script(GIVE, "dragover", 8, False)
    assert drop(window)
    assert "over" not in body.get_attribute("class").split()
    sent(window)
    answered(window, 500, "")
    for kind in ("dragover", "drop"):
        assert not window.execute_script(GIVE, kind, None, True)
    assert body.get_attribute("class") == ""
    assert len(sent(window)) == 1
