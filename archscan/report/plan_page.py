"""A plan on one sheet: exercises with drawings, six weeks to tick, the day of the next print."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from html import escape
from typing import Any

from archscan.guidance import DISCLAIMER, Card, Guidance, figure
from archscan.guidance.cards import content
from archscan.report.html_page import html_page

WEEKS = 6
"""Studies of foot exercise see changes after five or six weeks (Hara 2023, Cheng 2024)."""

POLICY = "default-src 'none'; style-src 'unsafe-inline'"

STYLE = """
body{font:.9375rem/1.4 system-ui,sans-serif;max-width:46rem;margin:1rem auto;padding:0 1rem;
color:#1c1c1e;background:#fff}
h1{font-size:1.4rem;margin:.1rem 0}h2{font-size:1.05rem;margin:.7rem 0 .2rem}p{margin:.25rem 0}
.move{display:grid;grid-template-columns:8.5rem 1fr;gap:.8rem;border-top:1px solid #ccc;
padding:.35rem 0}.move svg{width:8.5rem}.move h2{margin:0}
@media (forced-colors:active){.move svg{background:#fff;forced-color-adjust:none}}
.dim{color:#555;font-size:.85em}.urgent{border-left:.3rem solid #b00020;padding-left:.7rem}
table{border-collapse:collapse;width:100%}td,th{border:1px solid #999;padding:.15rem .3rem;
font-weight:normal;text-align:left}th[scope=row]{white-space:nowrap}td.box{width:2.1rem;height:1.2rem}th:last-child{width:40%}
@media print{html{font-size:16px}body{font-size:10.8px;max-width:none;margin:0;padding:0}
.move svg{width:24mm}.move{grid-template-columns:24mm 1fr;padding:.8mm 0;break-inside:avoid}
h1{font-size:15px}h2{font-size:11.5px}td.box{height:4.6mm}}
@media screen and (max-width:36rem){body{font-size:.875rem;padding:0 .5rem}
.move{grid-template-columns:5rem 1fr}.move svg{width:5rem}
table{font-size:.75rem}td.box{width:1.2rem}th[scope=row]{white-space:normal}
td,th{padding:.1rem .15rem}th:last-child{width:30%}}
@page{size:A4;margin:10mm}
"""

MOST_BESIDE_RED_FLAGS = 3
"""Exercises on the sheet of somebody who should see a doctor first."""

MAY_FALL = "sp.balance"
"""Card of those who are to leave out the harder ways."""

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def plan_page(guidance: Guidance, heading: str, start: date) -> str:
    """Write the plan as a page that prints on one A4 sheet.

    Parameters
    ----------
    guidance
        What was chosen for a person; red flags and special groups come first.
    heading
        Above it.
    start
        First day; the next print is due six weeks later.

    Returns
    -------
    str
        HTML without scripts or anything from outside.
    """
    words = content("plan")
    parts = [f"<h1>{escape(heading)}</h1>"]
    parts += [
        f"<div class=urgent><b>{escape(one.title)}.</b> {escape(_first_words(one))}</div>"
        for one in guidance.of_kind("red_flag", "special_group")
    ]
    exercises = guidance.of_kind("exercise")
    if guidance.of_kind("red_flag"):
        exercises = exercises[:MOST_BESIDE_RED_FLAGS]
    if exercises:
        parts.append(f"<p>{escape(words['intro'])} <b>{escape(words['stop'])}</b></p>")
        steady = any(one.id == MAY_FALL for one in guidance.cards)
        parts += [_move(one, steady) for one in exercises]
        parts.append(_weeks(words, start, steady))
    parts += _lines("Shoes", guidance.of_kind("footwear")[:3])
    parts += _lines("Every day", guidance.of_kind("habit")[:2])
    again = start + timedelta(weeks=WEEKS)
    parts.append(
        f"<p><b>Next print: {_day(again)}.</b> {escape(words['retest'])}</p>"
        f"<p class=dim>{escape(DISCLAIMER)}</p>"
    )
    return html_page(heading, STYLE, POLICY, parts)


def _first_words(one: Card) -> str:
    """Say what is urgent in full, the rest in one line: the sheet is small."""
    return one.text if one.kind == "red_flag" else one.short


def _move(one: Card, steady: bool) -> str:
    how = " ".join((one.start, *one.steps))
    # Named, or it would be read as a part of the harder way that it follows.
    care = f"<b>Take care:</b> {escape(' '.join(one.cautions))}" if one.cautions else ""
    harder = "" if steady else f"<b>Harder:</b> {escape(one.harder)} "
    return (
        f"<div class=move>{figure(one)}<div><h2>{escape(one.title)}</h2>"
        f"<p>{escape(how)}</p><p><b>{escape(one.dose)}</b></p>"
        f"<p class=dim>{escape(one.text)} <b>Easier:</b> {escape(one.easier)} "
        f"{harder}{care}</p></div></div>"
    )


def _weeks(words: Mapping[str, Any], start: date, steady: bool) -> str:
    stages = {}
    for stage in words["stage"]:
        first, last = (int(number) for number in stage["weeks"].split("-"))
        text = stage.get("steady", stage["text"]) if steady else stage["text"]
        stages[first] = (last - first + 1, text)
    days = [DAYS[(start.weekday() + number) % 7] for number in range(7)]
    rows = []
    for week in range(1, WEEKS + 1):
        begins = start + timedelta(weeks=week - 1)
        boxes = "<td class=box></td>" * 7
        span = (
            f"<td rowspan={stages[week][0]}>{escape(stages[week][1])}</td>"
            if week in stages
            else ""
        )
        rows.append(
            f"<tr><th scope=row>{week}, from {begins.day} {begins:%b}</th>{boxes}{span}</tr>"
        )
    names = "".join(f"<th>{day}</th>" for day in days)
    return (
        '<table aria-label="Six weeks to tick">'
        f"<tr><th>Week</th>{names}<th>How</th></tr>{''.join(rows)}</table>"
    )


def _lines(title: str, cards: tuple[Card, ...]) -> list[str]:
    if not cards:
        return []
    said = " ".join(one.short for one in cards)
    return [f"<p><b>{escape(title)}:</b> {escape(said)}</p>"]


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
