"""The plan fits on one sheet of paper, whatever a person has to be told."""

from __future__ import annotations

import base64
import re
import shutil
import subprocess
from datetime import date
from html import escape

import pytest
from browser import browsing, needs_driver

from archscan import guidance
from archscan.report.plan_page import plan_page
from archscan.verdict import Verdict

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("chrome")
START = date(2026, 11, 23)
EVERYTHING_TO_HEED = ["diabetes", "pregnancy", "pacemaker", "epilepsy", "balance"]


def chosen(arch: str, **answers: list[str]) -> guidance.Guidance:
    return guidance.select(Verdict(arch, "clear", None, {}), **answers)


def test_it_holds_five_drawn_exercises_six_weeks_and_the_next_print() -> None:
    html = plan_page(chosen("flat"), "Six weeks", START)
    assert html.count("<svg") == 5
    assert html.count("class=box") == 6 * 7
    assert "4 January 2027" in html
    assert "1, from 23 Nov" in html
    assert guidance.DISCLAIMER in html
    assert not re.search(r"(src|href)=|<script", html)


def test_a_week_begins_on_the_day_on_which_the_plan_does() -> None:
    html = plan_page(chosen("flat"), "Six weeks", date(2026, 11, 26))
    days = re.findall(r"<th>(Mon|Tue|Wed|Thu|Fri|Sat|Sun)</th>", html)
    assert days == ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]


def test_red_flags_stand_before_everything_else() -> None:
    html = plan_page(chosen("flat", symptoms=["severe-pain"]), "Six weeks", START)
    assert html.index("See a doctor soon") < html.index("<svg")
    assert escape(guidance.card("rf.soon").text) in html


def test_who_may_fall_is_asked_for_nothing_harder() -> None:
    html = plan_page(chosen("flat"), "Six weeks", START)
    assert "Harder:" in html
    assert "Take the harder version" in html
    steady = plan_page(chosen("flat", conditions=["balance"]), "Six weeks", START)
    assert "<svg" in steady
    assert "leave out its harder way" in steady
    assert "Harder:" not in steady
    assert "Take the harder version" not in steady
    assert "Add a round" in steady


def test_what_to_take_care_of_is_not_read_as_a_part_of_the_harder_way() -> None:
    html = plan_page(chosen("flat"), "Six weeks", START)
    (press,) = [one for one in html.split("<div class=move>") if "Big-toe press" in one]
    assert "<b>Take care:</b> Leave it out if the big toe joint hurts." in press
    splay = plan_page(chosen("high"), "Six weeks", START).split("Toe spreading", maxsplit=1)[1]
    assert "Take care" not in splay.split("<div class=move>", maxsplit=1)[0]


def test_what_is_said_of_insoles_names_them() -> None:
    html = plan_page(guidance.select(None, symptoms=["back-pain"]), "Six weeks", START)
    (shoes,) = [line for line in html.splitlines() if "not advised for back pain" in line]
    assert "Insoles" in shoes


def test_without_exercises_there_is_no_table_to_tick() -> None:
    html = plan_page(chosen("flat", conditions=["recent-injury"]), "Six weeks", START)
    assert "<svg" not in html
    assert "class=box" not in html
    assert "Ask before you start any exercise" in html


@pytest.mark.skipif(BROWSER is None, reason="no browser here")
@pytest.mark.parametrize(
    ("arch", "answers"),
    [
        ("flat", {}),
        ("high", {}),
        ("neutral", {"symptoms": ["back-pain", "heel-pain", "leg-pain"]}),
        (
            "flat",
            {
                "symptoms": ["back-pain", "severe-pain", "numbness"],
                "conditions": EVERYTHING_TO_HEED,
            },
        ),
    ],
)
def test_it_prints_on_one_a4_page(tmp_path, arch: str, answers: dict[str, list[str]]) -> None:
    (tmp_path / "plan.html").write_text(
        plan_page(chosen(arch, **answers), "Six weeks", START), encoding="utf-8"
    )
    subprocess.run(
        [
            BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
            f"--print-to-pdf={tmp_path / 'plan.pdf'}", (tmp_path / "plan.html").as_uri(),
        ],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    pdf = (tmp_path / "plan.pdf").read_bytes()
    assert len(re.findall(rb"/Type\s*/Page[^s]", pdf)) == 1
    (box,) = set(re.findall(rb"/MediaBox\s*\[([^\]]*)\]", pdf))
    width, height = (float(number) for number in box.split()[2:])
    assert (width, height) == pytest.approx((595, 842), abs=2)


@needs_driver
def test_it_prints_on_one_page_also_for_who_reads_large_text(tmp_path) -> None:
    (tmp_path / "plan.html").write_text(plan_page(chosen("flat"), "Six weeks", START), "utf-8")
    with browsing(tmp_path / "profile", text_size=32) as window:
        window.get((tmp_path / "plan.html").as_uri())
        printed = window.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    assert len(re.findall(rb"/Type\s*/Page[^s]", base64.b64decode(printed["data"]))) == 1
