"""What becomes of what was found: finds and outlines are given, only their order is not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module

import numpy as np
import pytest
from ovals import EMPTY, NOTHING, SCENE, UP, contact, drawn_look, found

from archscan.photo import load_photo
from archscan.reasons import REFUSALS, Reason
from archscan.segmentation import Contact, Segmentation, first_look, segment
from archscan.segmentation.find import Found
from archscan.segmentation.look import Look
from archscan.segmentation.outlining import outline
from archscan.segmentation.trace import Traced
from archscan.sheet import Scene

MODULE = import_module("archscan.segmentation.segment")


class Outlines:
    """Stands in for outlining: gives what is told of a find's place, and notes what was asked."""

    def __init__(self, of_places: dict[int, Contact | Reason]) -> None:
        self.of_places = of_places
        self.asked: list[int] = []
        self.beside: list[int] = []
        self.long_shots: list[bool] = []

    def __call__(self, _: Scene, item: Found, *, long_shot: bool = False):
        place = round(float(item.points[:, 0].mean()))
        self.asked.append(place)
        self.beside.append(len(item.beside))
        self.long_shots.append(long_shot)
        return self.of_places.get(place, REFUSALS["no-footprint"]), (item.points,)


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[Segmentation, Outlines]]:
    """Gives what comes of finds, and of those of other looks, by what their places hold."""

    def run(
        items: Sequence[Found],
        of_places: dict[int, Contact | Reason],
        *,
        hinted: bool = False,
        others: Sequence[Sequence[Found]] = (),
        thorough: bool = True,
        blur: float = 0.0,
    ) -> tuple[Segmentation, Outlines]:
        outlines = Outlines(of_places)
        monkeypatch.setattr(MODULE, "find", lambda *_: (list(items), hinted))
        monkeypatch.setattr(MODULE, "find_otherwise", lambda *_: iter(others))
        monkeypatch.setattr(MODULE, "outline", outlines)
        monkeypatch.setattr(MODULE, "with_other_foot", lambda _, prints, *__: list(prints))
        monkeypatch.setattr(MODULE, "blur_share", lambda _: blur)
        return segment(SCENE, EMPTY, thorough=thorough), outlines

    return run


def code(done: Segmentation) -> str | None:
    return None if done.refusal is None else done.refusal.code


EDGE, BARE, FAINT = (REFUSALS[name] for name in ("touches-edge", "bare-sole", "too-faint"))


def test_what_is_wrong_with_the_other_print_is_told_beside_one_that_is_measured(looked_at) -> None:
    done, _ = looked_at([found(100), found(300)], {100: contact(100), 300: EDGE})
    assert (len(done.contacts), done.refusal, done.missed) == (1, None, (EDGE,))


def test_no_more_is_missed_than_a_person_has_feet(looked_at) -> None:
    items = [found(x) for x in (100, 200, 300)]
    done, _ = looked_at(items, {100: contact(100), 200: EDGE, 300: BARE})
    assert done.missed == (EDGE,)


def test_finds_with_toes_are_looked_at_first_and_four_in_all(looked_at) -> None:
    items = [found(60 * number, toes=number > 1) for number in range(1, 7)]
    _, outlines = looked_at(items, {}, thorough=False)
    assert outlines.asked == [120, 180, 240, 300]


def test_the_second_print_is_looked_at_as_lying_beside_the_first(looked_at) -> None:
    _, outlines = looked_at([found(100), found(300), found(310)], {100: contact(100)})
    assert outlines.beside[0] == 0
    assert min(outlines.beside[1:3]) > 0


def test_one_that_is_found_again_does_not_lie_beside_itself(looked_at) -> None:
    done, outlines = looked_at(
        [found(100), found(102)], {100: contact(100, sure=0.95), 102: contact(102)}
    )
    assert outlines.beside == [0, 0]
    # The surer one stays.
    (kept,) = done.contacts
    assert kept.sole[200, 100] == pytest.approx(0.99)


@pytest.mark.parametrize(
    ("third", "told"),
    [(found(200), True), (found(200, toes=False), False), (found(104), False)],
)
def test_a_third_print_is_told_of_if_it_shows_toes(looked_at, third: Found, told: bool) -> None:
    both = {100: contact(100), 300: contact(300)}
    done, _ = looked_at([found(100), found(300), third], both)
    assert len(done.contacts) == 2
    assert [reason.code for reason in done.missed] == ["more-prints"] * told


@pytest.mark.parametrize(
    ("reasons", "expected"),
    [
        ((EDGE, BARE), "touches-edge"),
        ((BARE, EDGE), "bare-sole"),
        ((FAINT, EDGE), "touches-edge"),
        ((FAINT,), "too-faint"),
        ((REFUSALS["no-footprint"],), "no-footprint"),
        ((REFUSALS["no-footprint"], FAINT), "too-faint"),
    ],
)
def test_the_first_reason_that_says_something_is_told(looked_at, reasons, expected: str) -> None:
    places = range(60, 60 + 80 * len(reasons), 80)
    done, _ = looked_at(list(map(found, places)), dict(zip(places, reasons, strict=True)))
    assert (done.contacts, code(done)) == ((), expected)


def test_a_hint_of_a_print_is_called_faint_and_blur_is_blamed_first(looked_at) -> None:
    assert code(looked_at([], {})[0]) == "no-footprint"
    assert code(looked_at([], {}, hinted=True)[0]) == "too-faint"
    assert code(looked_at([found(100)], {100: EDGE}, blur=0.012)[0]) == "too-blurred"
    assert code(looked_at([found(100)], {100: EDGE}, blur=0.008)[0]) == "touches-edge"
    assert looked_at([found(100)], {100: contact(100)}, blur=0.02)[0].contacts


@pytest.mark.parametrize(("reason", "again"), [(FAINT, True), (EDGE, False), (BARE, False)])
def test_another_look_may_overturn_only_that_nothing_is_seen(
    looked_at, reason: Reason, again: bool
) -> None:
    places = {100: reason, 300: contact(300)}
    done, outlines = looked_at([found(100)], places, others=[[found(300)]])
    assert len(done.contacts) == again
    # What only another look shows must show itself at once.
    assert outlines.long_shots == [False, True][: 1 + again]
    assert not looked_at([found(100)], places, others=[[found(300)]], thorough=False)[0].contacts


def test_of_other_looks_the_first_sure_one_counts_and_else_the_surest(looked_at) -> None:
    others = [[found(x)] for x in (60, 160, 260, 360)]
    doubtful = {60: contact(60, sure=0.80), 160: contact(160, sure=0.9)}
    done, outlines = looked_at([], {**doubtful, 260: contact(260, sure=0.85)}, others=others)
    assert outlines.asked == [60, 160, 260, 360]
    assert done.contacts[0].sole[200, 160] > 0.5
    _, outlines = looked_at([], {**doubtful, 260: contact(260)}, others=others)
    assert outlines.asked == [60, 160, 260]


def test_what_shows_no_toes_in_another_look_is_no_print(looked_at) -> None:
    done, _ = looked_at([], {100: contact(100, toes=False)}, others=[[found(100)]])
    assert (done.contacts, code(done)) == ((), "no-footprint")


@pytest.mark.parametrize("toes", [True, False])
def test_two_finds_may_be_one_print_if_it_shows_toes(looked_at, toes: bool) -> None:
    # Its middle lies between theirs.
    halves = [found(100, toes=False), found(300, toes=False)]
    done, outlines = looked_at(halves, {200: contact(200, toes=toes)})
    assert len(done.contacts) == toes
    assert outlines.asked[:3] == [100, 300, 200]


def test_of_many_finds_only_the_largest_are_tried_as_halves(looked_at) -> None:
    _, outlines = looked_at([found(x, toes=False) for x in (40, 140, 240, 340)], {})
    assert len(outlines.asked) == 4 + 6


def test_what_came_into_view_beside_a_print_is_handed_on(looked_at, monkeypatch) -> None:
    given = []
    looked_at([], {})
    monkeypatch.setattr(MODULE, "find", lambda *_: ([found(100)], False))
    monkeypatch.setattr(MODULE, "outline", Outlines({100: contact(100)}))
    monkeypatch.setattr(
        MODULE, "with_other_foot", lambda _, prints, beside, first: given.append(beside) or prints
    )
    segment(SCENE, EMPTY)
    assert [len(beside) for beside in given] == [1]


@pytest.mark.parametrize(
    ("first", "other", "asked", "is_mean"),
    [
        # What is clear needs no other look.
        (drawn_look(100, sure=0.99), drawn_look(100, 300, sure=0.99), 1, False),
        # As many prints with toes, or more.
        (drawn_look(100, sure=0.7), drawn_look(100, sure=0.999), 2, True),
        (drawn_look(100, sure=0.7, elsewhere=0.1), drawn_look(100, 300, sure=0.999), 2, True),
        # Fewer, or none in either.
        (drawn_look(100, 300, sure=0.7), drawn_look(100, sure=0.999), 2, False),
        (drawn_look(100, sure=0.7), drawn_look(300, sure=0.6), 2, False),
        (drawn_look(100, sure=0.7, toes=False), drawn_look(100, sure=0.9, toes=False), 2, False),
    ],
)
def test_a_doubtful_first_look_is_held_against_another(
    monkeypatch: pytest.MonkeyPatch, first: Look, other: Look, asked: int, is_mean: bool
) -> None:
    ways = []

    def look_at(*_: object, **way: bool) -> Look:
        ways.append(way)
        return other if way else first

    monkeypatch.setattr(MODULE, "look_at", look_at)
    look = first_look(SCENE.photo)
    assert len(ways) == asked
    assert (look is not first) == is_mean
    if is_mean:
        assert first.contact[0].max() < look.contact[0].max() < other.contact[0].max()


@pytest.fixture
def traced(monkeypatch: pytest.MonkeyPatch) -> Callable[[Contact | None], None]:
    """Has outlining trace this, and something beside it."""

    def given(one: Contact | None) -> None:
        module = import_module("archscan.segmentation.outlining")
        monkeypatch.setattr(module, "trace", lambda *_, **__: Traced(one, (np.ones((5, 2)),)))

    return given


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [("is_cut", "touches-edge"), ("is_skin", "bare-sole"), ("goes_on", "touches-edge")],
)
def test_what_is_no_whole_print_is_refused(
    traced, monkeypatch: pytest.MonkeyPatch, verdict: str, expected: str
) -> None:
    traced(contact(200))
    outcome, beside = outline(SCENE, found(200))
    assert isinstance(outcome, Contact)
    assert len(beside) == 1
    monkeypatch.setattr(f"archscan.segmentation.outlining.{verdict}", lambda *_: True)
    outcome, beside = outline(SCENE, found(200))
    assert outcome == REFUSALS[expected]
    assert len(beside) == 1


@pytest.mark.parametrize(("sure", "is_print"), [(0.85, True), (0.79, False)])
def test_what_is_mostly_guesswork_is_no_print(traced, sure: float, is_print: bool) -> None:
    traced(contact(200, sure=sure))
    outcome, beside = outline(SCENE, found(200))
    assert isinstance(outcome, Contact) == is_print
    assert len(beside) == 1


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(("length", "large"), [(58, False), (62, True)])
def test_a_print_is_as_small_as_it_is_long(traced, turned: bool, length: int, large: bool) -> None:
    traced(contact(200))
    points = np.array([[0.0, 0.0], [0.0, float(length)], [30.0, 10.0]]) + 100
    item = Found(
        points[:, ::-1] if turned else points,
        UP[::-1] if turned else UP,
        False,
        True,
        EMPTY,
        NOTHING,
    )
    outcome, _ = outline(SCENE, item)
    assert isinstance(outcome, Contact) == large
    assert large or outcome == REFUSALS["too-small"]


def test_an_outline_comes_without_notches_and_with_the_softness_of_its_edge(traced) -> None:
    one = contact(200)
    pixels = np.where(one.sole > 0, 90, 200).astype(np.uint8)
    one.sole[200:204, 215:] = 0
    traced(one)
    outcome, _ = outline(Scene(load_photo(np.repeat(pixels[..., None], 3, axis=2))), found(200))
    assert isinstance(outcome, Contact)
    assert outcome.sole[200:204, 218].min() >= 0.5
    assert outcome.rim_px is not None
