"""What the page's server answers, on the same machine or in the same network."""

from __future__ import annotations

import json
import re
import socket
from html import escape

import pytest
from conftest import SAMPLES

import archscan
from archscan.guidance import card, conditions, red_flag_questions, symptoms
from archscan.reasons import REFUSALS
from archscan.report.page import page
from archscan.web.application import MOST_BYTES
from archscan.web.asked import Asked, asked
from archscan.web.front import front_page
from archscan.web.keys import Keys
from archscan.web.results import MOST_KEPT, Results

LEFT = SAMPLES / "cardboard_neutral_left.jpg"


def test_the_front_page_names_everything_that_can_be_said(server):
    text = server.ask("GET", "/").text
    for name in (*symptoms(), *conditions()):
        assert f'value="{name}"' in text
    assert "__" not in text


def test_what_may_be_urgent_is_asked_before_the_photo(server):
    text = server.ask("GET", "/").text
    for one in red_flag_questions():
        assert text.index(escape(one.text.strip())) < text.index("<div id=place>")
    # Nobody has to take a photo to hear what to do, and the page says it of the first two.
    *now, third, _, _, _ = [set(one.symptoms) for one in red_flag_questions()]
    assert set().union(*now) == set(card("rf.emergency").symptoms)
    assert third <= set(card("rf.soon").symptoms)
    said = text[text.index("One of the first two") : text.index("<div id=place>")]
    assert said.index(card("rf.emergency").short) < said.index(card("rf.soon").short)


def test_who_sends_a_photo_through_a_wifi_is_told_that_others_in_it_may_see_it(server, guarded):
    assert "others could see it" in guarded.ask("GET", "/").text
    assert "others could see it" not in server.ask("GET", "/").text


def test_advice_that_names_an_option_names_the_field_of_the_page_too():
    fields = front_page(MOST_BYTES)
    unsure = archscan.scan(SAMPLES / "tile_flat_left.jpg").prints[0].cautions
    said = [reason.advice for reason in REFUSALS.values()] + [one.message for one in unsure]
    named = [re.findall("under '(.+?)' on the page", words) for words in said if "--" in words]
    assert len(named) >= 2
    for field in named:
        assert len(field) == 1
        assert f"<label>{field[0]}" in fields


@pytest.mark.parametrize("path", ["/", "/front.js", "/front.css", "/result/none", "/none"])
def test_every_answer_carries_what_keeps_browsers_careful(server, path):
    headers = server.ask("GET", path).headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"
    assert "Access-Control-Allow-Origin" not in headers


def test_a_photo_gets_the_page_that_the_command_writes(server):
    photo = LEFT.read_bytes()
    done = server.ask("POST", "/scan?age=34&symptom=heel-pain&side=auto&sheet=none", photo)
    assert done.status == 201
    shown = server.ask("GET", json.loads(done.text)["result"])
    scan = archscan.scan(photo, age=34, symptoms=["heel-pain"], sheet="none")
    assert shown.text == page(scan, back="/")
    assert shown.headers["Content-Security-Policy"].startswith("default-src 'none'; img-src data:")
    assert "frame-ancestors 'none'" in shown.headers["Content-Security-Policy"]


def test_a_result_leads_back_and_the_commands_page_does_not():
    scan = archscan.scan(LEFT)
    assert '<a href="/">' in page(scan, back="/")
    assert "<a " not in page(scan)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("coloured_paper_flat_right.heic", "Right foot: flat arch"),
        ("concrete_no_print.jpg", "Could not be measured"),
        ("truth.json", "not-an-image"),
    ],
)
def test_whatever_the_file_there_is_a_page_for_it(server, name, words):
    done = server.ask("POST", "/scan", (SAMPLES / name).read_bytes())
    assert done.status == 201
    assert words in server.ask("GET", json.loads(done.text)["result"]).text


def in_parts(size):
    """A body whose length is not announced."""
    for _ in range(size // 2**20):
        yield bytes(2**20)


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("/scan", b"", 400, "no-photo"),
        ("/scan?colour=red", b"x", 400, "unknown-field"),
        ("/scan?age=old", b"x", 400, "bad-age"),
        ("/scan?age=-1", b"x", 400, "bad-age"),
        ("/scan?age=1984", b"x", 400, "bad-age"),
        ("/scan?side=top", b"x", 400, "bad-side"),
        ("/scan?symptom=headache", b"x", 400, "unknown-symptom"),
        ("/scan", "in parts", 413, "too-many-bytes"),
    ],
)
def test_what_cannot_be_done_is_said(server, path, body, status, code):
    sent = in_parts(MOST_BYTES + 2**20) if body == "in parts" else body
    answer = server.ask("POST", path, sent)
    assert answer.status == status
    said = json.loads(answer.text)
    assert said["code"] == code
    assert said["message"].endswith(".")
    assert said["advice"].endswith(".")


def test_too_much_is_refused_before_it_is_sent(server):
    with socket.create_connection(server.host.split(":"), timeout=30) as plain:
        plain.sendall(
            f"POST /scan HTTP/1.1\r\nHost: {server.host}\r\n"
            f"Content-Length: {MOST_BYTES + 1}\r\n\r\n".encode()
        )
        assert plain.recv(100).startswith(b"HTTP/1.1 413")


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "example.org"},
        {"Host": "127.0.0.1"},
        {"Origin": "http://example.org"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1"},
    ],
)
def test_other_sites_are_turned_away(server, headers):
    assert server.ask("POST", "/scan", b"x", **headers).status == 421


def test_who_goes_to_an_address_reads_words(server, guarded):
    assert "held in memory only" in server.ask("GET", "/result/none").text
    assert "<h1>This request was meant" in server.ask("GET", "/", Host="example.org").text
    assert "<h1>This device has not" in guarded.ask("GET", "/result/none").text
    assert "<h1>There is nothing at this address." in server.ask("GET", "/none").text
    assert json.loads(server.ask("POST", "/none", b"x").text)["code"] == "unknown-address"


def test_who_finds_no_result_is_led_to_where_photos_are_given(server, guarded):
    link = '<a href="/">Measure a photo</a>'
    assert link in server.ask("GET", "/result/none").text
    # There it would not work either.
    assert link not in server.ask("GET", "/", Host="example.org").text
    assert link not in guarded.ask("GET", "/result/none").text


def test_its_own_page_is_let_in_under_both_its_names(server):
    port = server.host.split(":")[1]
    for name in ("127.0.0.1", "localhost"):
        own = {"Host": f"{name}:{port}", "Origin": f"http://{name}:{port}"}
        assert server.ask("POST", "/scan", LEFT.read_bytes(), **own).status == 201


def test_a_link_lets_one_device_in(guarded):
    key = guarded.line()
    photo = LEFT.read_bytes()
    assert guarded.ask("GET", "/").status == 200
    assert guarded.ask("POST", "/scan", photo).status == 403
    assert guarded.ask("POST", "/enter", b"wrong").status == 403
    assert guarded.ask("POST", "/enter", "f\u00fc\u00df".encode()).status == 403
    let_in = guarded.ask("POST", "/enter", key)
    assert let_in.status == 204
    cookie = let_in.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
    assert guarded.ask("POST", "/enter", key).status == 403
    known = {"Cookie": cookie.split(";")[0]}
    assert guarded.host.split(":")[1] in known["Cookie"].split("=")[0]
    assert guarded.ask("POST", "/enter", key, **known).status == 204
    done = guarded.ask("POST", "/scan", photo, **known)
    assert done.status == 201
    result = json.loads(done.text)["result"]
    assert guarded.ask("GET", result).status == 403
    assert guarded.ask("GET", result, **known).status == 200
    # The next device needs the next link, which is shown by now.
    following = guarded.line()
    assert following != key
    assert guarded.ask("POST", "/enter", following).status == 204


def test_keys_are_long_and_never_the_same():
    shown = []
    keys = Keys(shown.append)
    assert keys.enter("") is None
    assert keys.enter(shown[0]) not in {None, shown[0], shown[1]}
    assert keys.enter(shown[0]) is None
    assert not keys.knows("")
    assert all(len(key) >= 20 for key in shown)


def test_only_the_last_results_are_kept():
    results = Results()
    names = [results.keep(str(number)) for number in range(MOST_KEPT + 1)]
    assert results.get(names[0]) is None
    assert [results.get(name) for name in names[1:]] == [str(n) for n in range(1, MOST_KEPT + 1)]


def test_fields_left_empty_are_not_asked():
    assert asked([("age", ""), ("side", ""), ("symptom", "")]) == Asked()
    given = asked([("age", "7.5"), ("condition", "diabetes"), ("condition", "balance")])
    assert given == Asked(age=7.5, conditions=("diabetes", "balance"))


def test_of_a_field_that_comes_twice_the_last_counts():
    twice = [("side", "left"), ("age", "7"), ("age", "34"), ("side", "right"), ("age", "")]
    assert asked(twice) == Asked(side="right", age=34)
