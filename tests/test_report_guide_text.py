"""The guide for a person: every part of a card, under its heading, closed by what it is not."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from rich.console import Console

from archscan.guidance import DISCLAIMER, STOP, all_cards, card
from archscan.report.card_words import article_names, dose_words, sources
from archscan.report.guide_text import HEADINGS, guide


def shown(cards, **options: str) -> str:
    stream = io.StringIO()
    renderable = guide(cards, "Heading", **options)
    Console(file=stream, width=80, highlight=False, markup=False).print(renderable)
    return " ".join(stream.getvalue().split())


@pytest.mark.parametrize("name", ["ex.short_foot", "rf.emergency", "mech.flat"])
def test_every_part_of_a_card_is_told(name: str) -> None:
    one = card(name)
    steps = (one.start, *one.steps) if one.start else one.steps
    parts = [
        f"{one.title} {one.text}",
        *(f"{number}. {step}" for number, step in enumerate(steps, start=1)),
        *([f"How much: {dose_words(one)}"] if one.dose else []),
        *([f"Easier: {one.easier} Harder: {one.harder}"] if one.easier else []),
        *(f"Take care: {caution}" for caution in one.cautions),
        *(
            f'- "{view.says}" ({article_names(view.articles)}; evidence: {view.grade})'
            for view in one.views
        ),
        f"Evidence: {one.grade}. {one.evidence} From: {sources(one)}.",
    ]
    text = shown([one])
    places = [text.index(part) for part in parts]
    assert places == sorted(places)
    if not one.dose:
        assert "How much" not in text


def test_an_articles_view_is_told_with_who_holds_it() -> None:
    views = next(one.views for one in all_cards().values() if one.views)
    text = shown([replace(card("fw.fit"), views=views)])
    assert f'- "{views[0].says}" ({article_names(views[0].articles)}; ' in text


def test_each_kind_has_its_heading_once_and_exercises_tell_when_to_stop() -> None:
    text = shown([card("rf.soon"), card("fw.fit"), card("ex.short_foot"), card("ex.toe_yoga")])
    assert text.startswith(f"Heading {card('rf.soon').title}")
    assert text.count(HEADINGS["exercise"].upper()) == 1
    assert f"{HEADINGS['footwear'].upper()} {card('fw.fit').title}" in text
    assert f"{HEADINGS['exercise'].upper()} {STOP} {card('ex.short_foot').title}" in text
    assert STOP not in shown([card("fw.fit")])


def test_the_disclaimer_comes_last_below_what_closes() -> None:
    assert shown([card("fw.fit")]).endswith(f"{sources(card('fw.fit'))}. {DISCLAIMER}")
    assert shown([card("fw.fit")], closing="All told.").endswith(f". All told. {DISCLAIMER}")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("rf.child_back", "Finucane 2020"),
        ("sp.numb_feet", "National Institute for Health and Care Excellence 2015"),
    ],
)
def test_a_source_is_named_by_its_first_author_or_its_publisher(name: str, told: str) -> None:
    assert sources(card(name)) == told


def test_whose_articles_a_card_draws_on_is_told_behind_its_sources() -> None:
    one = card("ex.short_foot")
    assert sources(one) == f"Huang 2022; Cheng 2024; articles by {article_names(one.articles)}"
