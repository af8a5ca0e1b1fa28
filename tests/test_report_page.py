"""The page: one file, nothing from outside, looked at by a browser."""

from __future__ import annotations

import base64
import io
import itertools
import re
from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import pytest
from browser import browse, needs_browser
from made_scans import EVERY_KIND, made_print, made_scan, pair, refused
from PIL import Image

from archscan.guidance import DISCLAIMER, STOP, card, figure
from archscan.reasons import Caution
from archscan.report.card_words import FOR_EVERYBODY
from archscan.report.page import page
from archscan.report.words import headline, verdict_words

OPEN = {"meta", "img", "br", "hr", "link"}


class Nesting(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.seen = [], []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))
        if tag not in OPEN:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_every_kind_of_scan_is_one_whole_page(kind):
    scan = EVERY_KIND[kind]()
    html = page(scan)
    parser = Nesting()
    parser.feed(html)
    assert parser.open == []
    assert not {tag for tag, _ in parser.seen} & {"script", "iframe", "object", "link", "form"}
    assert not re.search(r"(src|href)=.?(https?:|//|file:)", html)
    (policy,) = [meta["content"] for tag, meta in parser.seen if "http-equiv" in meta]
    assert "default-src 'none'" in policy
    pictures = [attributes for tag, attributes in parser.seen if tag == "img"]
    assert len(pictures) == (scan.photo is not None)
    assert all(picture["alt"] for picture in pictures)
    if scan.reason is not None:
        assert scan.reason.advice in html
    if scan.prints:
        assert DISCLAIMER in html


def test_the_picture_in_the_page_is_the_annotated_one():
    data = re.search(r"data:image/jpeg;base64,([A-Za-z0-9+/=]+)", page(made_scan()))
    with Image.open(io.BytesIO(base64.b64decode(data[1]))) as picture:
        assert picture.size == (1280, 1600)


def test_a_long_name_stays_within_a_phone_and_tells_no_folder():
    html = page(made_scan(source="home/private/" + "IMG_20240612_" * 8 + ".jpg"))
    assert "private" not in html
    assert "overflow-wrap:anywhere" in html


def test_a_tab_says_of_which_photo_it_is_and_whether_there_is_a_result():
    def title(scan):
        # The first: drawings have one each.
        return re.search("<title>(.*?)</title>", page(scan))[1]

    named = title(made_scan(source="private/a & b.jpg"))
    assert named == "a &amp; b.jpg - What the print says - archscan"
    assert title(made_scan(source=None)) == "What the print says - archscan"
    without = replace(refused("too-faint"), source=None)
    assert title(without) == "Could not be measured - archscan"


def test_red_flags_are_one_tap_away_and_never_raised_by_a_picture():
    title = card("rf.emergency").title
    folded = re.compile(rf"<details>.*{title}.*{card('rf.soon').title}.*</details>", re.DOTALL)
    assert folded.search(page(made_scan()))
    assert page(made_scan()).count(title) == 1
    flagged = page(replace(made_scan(), urgent=("rf.emergency",)))
    assert flagged.count(title) == 1
    assert flagged.index(title) < flagged.index("<details>")
    assert "<details>" not in page(replace(made_scan(), urgent=FOR_EVERYBODY))


@pytest.mark.parametrize("kind", EVERY_KIND)
@pytest.mark.parametrize("urgent", [(), FOR_EVERYBODY])
def test_no_step_of_headings_is_left_out(kind, urgent):
    html = page(replace(EVERY_KIND[kind](), urgent=urgent))
    levels = [int(level) for level in re.findall("<h([1-6])", html)]
    assert levels[0] == 1
    assert all(below - above <= 1 for above, below in itertools.pairwise(levels))


def test_every_note_stands_in_it():
    foot = Caution("soft-edge", "The edge <fades> out.")
    photo = Caution("too-faint", "Another print was too faint & small.")
    html = page(made_scan(replace(made_print(), cautions=(foot,)), cautions=(photo,)))
    assert "Note: The edge &lt;fades&gt; out." in html
    assert "Note: Another print was too faint &amp; small." in html


def test_the_advice_to_stop_stands_above_exercises_and_nowhere_else():
    html = page(made_scan(replace(made_print(), guidance=("mech.neutral", "ex.short_foot"))))
    assert html.index(STOP) < html.index(card("ex.short_foot").title)
    assert STOP not in page(made_scan(replace(made_print(), guidance=("mech.neutral",))))


def test_an_exercise_has_its_drawing_and_its_steps_and_a_shoe_has_neither():
    shown = replace(made_print(), guidance=("ex.short_foot", "fw.fit"))
    html = page(made_scan(shown))
    exercise, shoe = (
        re.findall(rf"<h3>{re.escape(card(name).title)}</h3>.*?</div>", html, re.DOTALL)[0]
        for name in shown.guidance
    )
    assert figure(card("ex.short_foot")) in exercise
    assert exercise.count("<li>") == 1 + len(card("ex.short_foot").steps)
    assert "<svg" not in shoe
    assert "<ol" not in shoe


def test_what_is_urgent_is_told_once():
    flagged = replace(made_print(), guidance=("rf.emergency", "ex.short_foot"))
    html = page(replace(made_scan(flagged), urgent=("rf.emergency",)))
    assert html.count(f">{card('rf.emergency').title}<") == 1


def test_the_picture_is_told_in_words():
    told = re.compile('<img alt="([^"]*)"')
    (words,) = told.findall(page(pair()))
    for item in pair().prints:
        assert f"{item.footprint.side} foot: {verdict_words(item.verdict)}" in words.lower()
        assert headline(item) in words
    scan = refused("too-faint")
    assert scan.reason.message in told.findall(page(scan))[0]
    assert "narrowest" not in told.findall(page(scan))[0]


def test_both_feet_stand_in_it():
    html = page(pair())
    assert html.index("Left foot") < html.index("Right foot")


def test_for_two_feet_that_differ_the_cards_stay_in_the_order_to_be_read():
    left, right = pair().prints
    feet = (
        replace(left, guidance=("mech.high", "ex.foot_roll", "fw.fit")),
        replace(right, guidance=("mech.flat", "ex.short_foot", "fw.fit", "fw.flex")),
    )
    html = page(made_scan(*feet))
    order = ("mech.flat", "mech.high", "ex.foot_roll", "ex.short_foot", "fw.fit", "fw.flex")
    places = [html.index(f">{card(number).title}<") for number in order]
    assert places == sorted(places)


@needs_browser
def test_a_browser_shows_it_on_a_phone(tmp_path):
    (tmp_path / "page.html").write_text(page(made_scan(made_print())), encoding="utf-8")
    browse(tmp_path / "page.html", "--window-size=500,900", f"--screenshot={tmp_path / 'page.png'}")
    with Image.open(tmp_path / "page.png") as shot:
        shades = np.asarray(shot.convert("L"), dtype=int)
    # Words on white: mostly light, some dark, and nothing runs out at the right.
    assert (shades > 240).mean() > 0.6
    assert 0.01 < (shades < 100).mean() < 0.4
    assert (shades[:, 480:485] > 240).all()


def test_with_a_scale_the_page_tells_how_large_the_print_is():
    size = "Print length 260 mm, forefoot width 90 mm, contact area 116 cm²."
    assert size in page(made_scan(made_print(mm=0.5)))
    assert "Print length" not in page(made_scan())


def test_the_page_tells_the_place_among_adults_and_none_of_a_child():
    place = "Beside one sample of 107 adults the arch index is in the "
    assert place in page(made_scan())
    assert place not in page(made_scan(made_print(age=4)))
