"""Which of what lies beside a print is the other foot's; finds and outlines are given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from importlib import import_module

import numpy as np
import pytest
from ovals import EMPTY, SCENE, contact, drawn_look, found, oval, places

from archscan.reasons import REFUSALS, Reason
from archscan.segmentation import Contact
from archscan.segmentation.find import Found
from archscan.segmentation.look import Look
from archscan.segmentation.other_foot import with_other_foot

MODULE = import_module("archscan.segmentation.other_foot")


class Surroundings:
    """Stands in for looks beside a print and for outlining what they find."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.near: list[int] = []
        self.painted = 0
        self.scenes: list[bool] = []
        self.finds: Sequence[Found] = [found(300)]
        self.outcomes: dict[int, Contact | Reason] = {}
        monkeypatch.setattr(MODULE, "find_near", self.find_near)
        monkeypatch.setattr(MODULE, "find_beside", self.find_beside)
        monkeypatch.setattr(MODULE, "outline", self.outline)

    def find_near(self, _: object, points: np.ndarray, __: object) -> Sequence[Found]:
        self.near.append(round(float(points[:, 0].mean())))
        return self.finds

    def find_beside(self, *_: object) -> Sequence[Found]:
        self.painted += 1
        return self.finds

    def outline(self, scene: object, item: Found) -> tuple[Contact | Reason, tuple[()]]:
        self.scenes.append(scene is SCENE)
        place = round(float(item.points[:, 0].mean()))
        return self.outcomes.get(place, REFUSALS["no-footprint"]), ()

    def outlined(
        self,
        *glimpses: int,
        first: Look | None = None,
        known: Sequence[Contact] = (contact(100),),
    ) -> list[int]:
        """Where prints lie in the end."""
        done = with_other_foot(SCENE, known, list(map(places, glimpses)), first)
        return [round(float(one.sole_places[:, 0].mean())) for one in done]


@pytest.fixture
def beside(monkeypatch: pytest.MonkeyPatch) -> Surroundings:
    return Surroundings(monkeypatch)


def test_what_came_into_view_is_looked_for_once(beside: Surroundings) -> None:
    beside.finds = []
    assert beside.outlined(300, 302, 200) == [100]
    assert beside.near == [300, 200]


def test_a_glimpse_of_the_print_itself_is_none_of_another(beside: Surroundings) -> None:
    assert beside.outlined(103) == [100]
    assert beside.near == []


@pytest.mark.parametrize(
    ("outcome", "is_foot"),
    [
        (contact(300), True),
        (contact(300, sure=0.92), True),
        (contact(300, sure=0.87), False),
        (contact(300, toes=False), False),
        (contact(300, half=75), True),
        (contact(300, half=60), False),
        (contact(300, half=130), False),
        (REFUSALS["touches-edge"], False),
    ],
)
def test_the_other_foot_s_print_is_sure_as_long_and_has_toes(
    beside: Surroundings, outcome: Contact | Reason, is_foot: bool
) -> None:
    beside.outcomes[300] = outcome
    assert beside.outlined(300) == [100, 300][: 1 + is_foot]


@pytest.mark.parametrize(("half", "alike"), [(45, True), (90, False)])
def test_lengths_are_those_on_the_photo(beside: Surroundings, half: int, alike: bool) -> None:
    one = contact(100, half=half)
    larger = replace(one, patch_to_photo=np.diag([2.0, 2.0, 1.0]))
    beside.outcomes[300] = contact(300)
    assert (len(beside.outlined(300, known=[larger])) == 2) == alike


def test_a_surer_outline_of_the_same_print_takes_its_place(beside: Surroundings) -> None:
    beside.outcomes[300] = contact(104)
    assert beside.outlined(300, known=[contact(100, sure=0.95)]) == [104]


def test_with_two_prints_nothing_more_is_looked_at(beside: Surroundings) -> None:
    beside.finds = [found(300), found(200)]
    beside.outcomes |= {300: contact(300), 200: contact(200)}
    assert beside.outlined(300, 200) == [100, 300]
    assert len(beside.scenes) == 1
    # Nor with none at first.
    assert beside.outlined(300, 200, known=[]) == [300, 200]


def faintly(x: int, share: float, *, sure: float = 0.99) -> Look:
    """At a print, and at what has a share of its area beside it."""
    look = drawn_look(100, sure=0.99)
    rows = np.arange(200 - 90, 200 - 90 + round(2 * 90 * share))
    part = np.zeros_like(look.contact[0])
    part[rows] = oval(x, 10_000)[rows]
    np.maximum(look.contact[0], part * np.float32(sure), out=look.contact[0])
    return look


@pytest.mark.parametrize(("share", "looked_for"), [(0.15, False), (0.4, True)])
def test_as_much_contact_again_is_looked_at(
    beside: Surroundings, share: float, looked_for: bool
) -> None:
    beside.outcomes[300] = contact(300)
    look = faintly(300, share)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(MODULE, "_hints_at_another", lambda *_: False)
        assert beside.outlined(first=look) == [100, 300][: 1 + looked_for]
    assert beside.near == [300] * looked_for


def test_of_what_is_left_the_largest_piece_is_looked_at(beside: Surroundings) -> None:
    both = faintly(300, 0.5)
    np.maximum(both.contact[0], faintly(200, 0.35).contact[0], out=both.contact[0])
    beside.finds = []
    beside.outlined(first=both)
    assert beside.near == [300]
    # Of many drops none is as large as a half of a print.
    beside.near.clear()
    drops = drawn_look(100, sure=0.99)
    drops.contact[0, 60:340:8, 240:380] = 0.99
    beside.outlined(first=drops)
    assert beside.near == []


@pytest.mark.parametrize(("sure", "is_hint"), [(0.01, False), (0.1, True)])
def test_a_trace_of_contact_has_the_print_painted_over(
    beside: Surroundings, sure: float, is_hint: bool
) -> None:
    beside.outcomes[300] = contact(300)
    assert beside.outlined(first=faintly(300, 1.0, sure=sure)) == [100, 300][: 1 + is_hint]
    assert beside.painted == is_hint
    # Their border is better seen with both.
    assert beside.scenes == [True] * is_hint


def test_what_is_seen_only_without_the_print_is_outlined_without_it(beside: Surroundings) -> None:
    beside.outlined(first=faintly(300, 1.0, sure=0.1))
    assert beside.scenes == [True, False]


@pytest.mark.parametrize("outcome", [contact(104), contact(300, sure=0.87)])
def test_neither_the_same_print_nor_a_guess_is_the_hidden_one(
    beside: Surroundings, outcome: Contact
) -> None:
    beside.outcomes[300] = outcome
    assert beside.outlined(first=faintly(300, 1.0, sure=0.1)) == [100]


def test_nothing_is_painted_over_where_nothing_hints_or_another_look_is_asked(
    beside: Surroundings,
) -> None:
    beside.outcomes[300] = contact(300)
    assert beside.outlined(first=drawn_look(100, sure=0.99)) == [100]
    assert beside.outlined(first=None) == [100]
    assert beside.outlined(first=EMPTY, known=[]) == []
    assert beside.painted == 0
