"""Every item of the five articles is carried, corrected, or left out with a reason."""

from __future__ import annotations

import csv
import re

import pytest
from conftest import ROOT

from archscan import guidance
from archscan.guidance.cards import CARD_FILES, KINDS, content
from archscan.guidance.document import document
from archscan.verdict import ORDER, Verdict

TABLE = ROOT.parent / "shared" / "domain" / "seed_coverage.csv"
ITEMS = [
    f"S{article}-{number}"
    for article, count in enumerate((36, 14, 24, 24, 17))
    for number in range(1, count + 1)
]
CARD = re.compile(rf"\b(?:{'|'.join(KINDS)})\.[a-z_]+")


def carried() -> dict[str, list[str]]:
    """Where each item stands."""
    places: dict[str, list[str]] = {}
    for one in guidance.all_cards().values():
        for item in (*one.items, *(item for view in one.views for item in view.items)):
            places.setdefault(item, []).append(one.id)
    for sign in guidance.signs():
        for item in sign.items:
            places.setdefault(item, []).append("checklist")
    for entry in content("coverage")["elsewhere"]:
        places.setdefault(entry["item"], []).append(entry["place"])
    return places


def test_there_are_115_items() -> None:
    assert len(ITEMS) == 115


@pytest.mark.parametrize("item", ITEMS)
def test_every_item_is_carried_or_left_out_with_a_reason(item: str) -> None:
    left_out = {entry["item"]: entry["reason"] for entry in content("coverage")["omitted"]}
    assert (item in carried()) != (item in left_out)
    assert left_out.get(item, "a reason")


@pytest.mark.skipif(not TABLE.is_file(), reason="the table of the articles' items is not at hand")
def test_every_row_of_the_table_is_on_the_card_it_names() -> None:
    with TABLE.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["id"] for row in rows] == ITEMS
    for row in rows:
        here = carried().get(row["id"], [])
        for number in CARD.findall(row["card"]):
            assert number in here, row
        if "mech.*" in row["card"]:
            assert {f"mech.{arch}" for arch in ORDER} <= set(here), row
        if "sources panel" in row["card"]:
            assert "list of publications" in here, row
        if "checklist" in row["card"]:
            assert "checklist" in here, row
        if row["card"].startswith("omitted"):
            assert here == [], row


def test_each_reading_of_a_print_stands_with_its_class_and_with_the_test() -> None:
    readings = {"high": "heel and", "neutral": "band of contact", "flat": "the whole sole"}
    cards = guidance.all_cards()
    for arch, words in readings.items():
        assert words in cards[f"mech.{arch}"].text
        assert "S4-5" in cards[f"mech.{arch}"].items
        assert f"a {arch}" in " ".join(cards["hb.wet_test"].text.split())


def test_every_card_can_be_reached() -> None:
    reached: set[str] = set()
    for arch in (None, "high", "neutral", "flat"):
        verdict = None if arch is None else Verdict(arch, "clear", None, {})
        for symptom in (None, *guidance.symptoms()):
            named = [] if symptom is None else [symptom]
            for age in (None, 9):
                reached |= set(guidance.select(verdict, symptoms=named, age=age).ids)
        for condition in guidance.conditions():
            reached |= set(guidance.select(verdict, conditions=[condition]).ids)
    assert reached == set(guidance.all_cards())


def test_no_data_file_lies_unread() -> None:
    folder = ROOT / "archscan" / "guidance" / "content"
    others = {"classes", "symptoms", "sources", "signs", "plan", "coverage"}
    assert {path.stem for path in folder.glob("*.toml")} == {*CARD_FILES, *others}
    exercises = {one.id.split(".")[1] for one in guidance.all_cards().values() if one.steps}
    assert {path.stem for path in (folder / "figures").glob("*.svg")} == exercises


def test_every_publication_is_referred_to() -> None:
    used = {number for one in guidance.all_cards().values() for number in one.sources}
    assert used == set(guidance.all_sources())


def test_the_page_of_the_documentation_is_made_from_the_data() -> None:
    assert (ROOT / "docs" / "guidance.md").read_text(encoding="utf-8") == document()
