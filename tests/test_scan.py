"""The whole thread: photos and masks in, scans out."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import cv2
import numpy as np
import pytest
from conftest import SAMPLES
from made_scans import made_photo, refused
from PIL import Image

import archscan
from archscan.findings import Answers
from archscan.indices import measures
from archscan.indices.panel import details
from archscan.reasons import REFUSALS
from archscan.searching import searched
from archscan.segmentation import segment
from archscan.sheet import Scene
from archscan.synthetic import draw_recipe, render
from archscan.synthetic.samples import SAMPLES as SAMPLE_RECIPES

NAMES = [sample.name for sample in SAMPLE_RECIPES]


@pytest.mark.parametrize("name", NAMES)
def test_every_sample_gives_its_truth(name: str, truths: dict) -> None:
    scan = archscan.scan(SAMPLES / name)
    truth = truths[name]
    if truth["refusal"]:
        assert (scan.status, scan.reason.code) == ("refused", truth["refusal"])
        return
    assert scan.status == "measured", scan.reason
    assert (scan.photo.width, scan.photo.height) == (truth["width"], truth["height"])
    assert len(scan.prints) == len(truth["prints"])
    for item, true in zip(scan.prints, truth["prints"], strict=True):
        assert item.footprint.side == true["side"]
        assert item.verdict.arch == true["arch"]
        measure = item.measures["chippaux_smirak"]
        assert measure.low <= true["chippaux_smirak"] <= measure.high
        assert measure.value == pytest.approx(true["chippaux_smirak"], abs=0.04)


def test_a_sheet_gives_millimetres(truths: dict) -> None:
    name = "stone_neutral_left_a4.jpg"
    scan = archscan.scan(SAMPLES / name)
    (item,), (true,) = scan.prints, truths[name]["prints"]
    assert scan.scene.sheet == "a4"
    assert scan.scene.tilt_deg == pytest.approx(truths[name]["tilt_deg"], abs=2)
    length = item.footprint.length_mm
    assert length == pytest.approx(true["length_mm"], rel=0.02)
    assert archscan.scan(SAMPLES / name, sheet="none").scene.sheet is None


def test_a_tilt_that_nobody_knows_is_allowed_for_on_photos_alone(mask: np.ndarray) -> None:
    for done, widened in (
        (archscan.scan(SAMPLES / "cardboard_neutral_left.jpg"), True),
        (archscan.measure(mask > 0), False),
    ):
        (item,) = done.prints
        for name, outline_alone in measures(item.footprint).items():
            found = item.measures[name]
            width, least = (one.high - one.low for one in (found, outline_alone))
            assert width > 1.05 * least if widened else width == least


def test_a_record_s_details_allow_for_the_tilt_of_a_photo_and_not_of_a_mask(
    mask: np.ndarray,
) -> None:
    for scan, is_photo in (
        (archscan.scan(SAMPLES / "cardboard_neutral_left.jpg"), True),
        (archscan.measure(mask), False),
    ):
        (item,) = scan.prints
        (told,) = scan.to_dict()["prints"]
        plain, tilted = (details(item.footprint, tilts) for tilts in (None, item.tilts))
        for name, one in tilted.items():
            ends = told["details"][name]["low"], told["details"][name]["high"]
            assert ends == pytest.approx((one.low, one.high), abs=1e-4), name
        wider = [tilted[name].high - tilted[name].low > 1.5 * (one.high - one.low)
                 for name, one in plain.items() if name in ("wejsflog", "heel_angle")]  # fmt: skip
        assert wider == [is_photo, is_photo]


def test_turning_a_photo_changes_nothing_that_matters() -> None:
    rendering = render(draw_recipe(8_100_001, content="print", difficulty="easy", prints=1), 1200)
    values = [
        archscan.scan(np.ascontiguousarray(np.rot90(rendering.photo, turns)))
        .prints[0]
        .measures["chippaux_smirak"]
        .value
        for turns in range(4)
    ]
    assert np.ptp(values) < 0.02


def test_mirroring_a_photo_swaps_the_side() -> None:
    with Image.open(SAMPLES / "cardboard_neutral_left.jpg") as photo:
        mirrored = np.asarray(photo)[:, ::-1]
    (item,) = archscan.scan(np.ascontiguousarray(mirrored)).prints
    assert item.footprint.side == "right"


def test_the_same_photo_gives_the_same_record_every_time() -> None:
    name = SAMPLES / "wood_neutral_right.jpg"
    assert archscan.scan(name).to_dict() == archscan.scan(name).to_dict()


def test_measuring_the_true_mask_gives_the_true_indices() -> None:
    for seed in (8_200_001, 8_200_002, 8_200_003):
        rendering = render(draw_recipe(seed, content="print", tilt_deg=0.0), 1000)
        scan = archscan.measure(rendering.mask, mm_per_px=rendering.truth.mm_per_px)
        for item, true in zip(scan.prints, rendering.truth.prints, strict=True):
            assert item.footprint.side == true.side
            values = {name: measure.value for name, measure in item.measures.items()}
            assert values["chippaux_smirak"] == pytest.approx(true.chippaux_smirak, abs=0.02)
            assert values["cavanagh_rodgers"] == pytest.approx(true.cavanagh_rodgers, abs=0.01)
            length = item.footprint.length_mm
            assert length == pytest.approx(true.length_mm, rel=0.02)


def test_a_mask_without_labels_is_told_apart_too() -> None:
    recipe = draw_recipe(8_200_007, content="print", prints=1, tilt_deg=0.0, arch="neutral")
    rendering = render(recipe, 1000)
    (item,) = archscan.measure(rendering.mask > 0).prints
    (true,) = rendering.truth.prints
    assert item.footprint.side == true.side
    assert item.measures["chippaux_smirak"].value == pytest.approx(true.chippaux_smirak, abs=0.03)


@pytest.mark.parametrize(
    "mask", [np.zeros((90, 90), bool), np.ones((90, 90), bool), np.zeros((50, 50), np.uint8)]
)
def test_an_empty_or_full_mask_is_refused(mask: np.ndarray) -> None:
    scan = archscan.measure(mask)
    assert (scan.status, scan.reason.code) == ("refused", "no-footprint")


@pytest.fixture(scope="module")
def mask() -> np.ndarray:
    return render(draw_recipe(8_200_007, content="print", prints=1, tilt_deg=0.0), 1000).mask


def headline(scan: archscan.Scan) -> float:
    return scan.prints[0].measures["chippaux_smirak"].value


@pytest.mark.parametrize("labelled", [True, False])
def test_a_mask_that_is_cut_out_tightly_measures_the_same(mask: np.ndarray, labelled: bool) -> None:
    whole = mask if labelled else mask > 0
    rows, columns = np.nonzero(whole)
    tight = whole[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    assert headline(archscan.measure(tight)) == pytest.approx(
        headline(archscan.measure(whole)), abs=0.003
    )


@pytest.mark.parametrize("labelled", [True, False])
@pytest.mark.parametrize("turned", [0, 1, 2, 3])
@pytest.mark.parametrize("lost", [0.07, 0.2])
def test_a_mask_that_cuts_the_heel_off_is_refused(
    mask: np.ndarray, labelled: bool, turned: int, lost: float
) -> None:
    whole = mask if labelled else mask > 0
    rows = np.nonzero(np.isin(mask, (1, 3)).any(axis=1))[0]
    # Its toes lie at the top; as on a plate that the heel stands beside.
    assert rows.min() > np.nonzero(mask.any(axis=1))[0].min()
    cut = whole[: rows.max() - round(lost * np.ptp(rows))]
    reason = archscan.measure(np.rot90(cut, turned)).reason
    assert reason is not None
    assert reason.code == "touches-edge"
    assert "photo" not in reason.message + reason.advice


@pytest.mark.parametrize("labelled", [True, False])
@pytest.mark.parametrize("turned", [0, 1])
@pytest.mark.parametrize("mirrored", [False, True])
def test_a_mask_that_cuts_a_side_off_is_refused(
    mask: np.ndarray, labelled: bool, turned: int, mirrored: bool
) -> None:
    whole = (mask if labelled else mask > 0)[:, :: -1 if mirrored else 1]
    columns = np.nonzero(np.isin(mask, (1, 3)).any(axis=0)[:: -1 if mirrored else 1])[0]
    cut = whole[:, : columns.max() - round(0.12 * np.ptp(columns))]
    reason = archscan.measure(np.rot90(cut, turned)).reason
    assert reason is not None
    assert reason.code == "touches-edge"


@pytest.mark.parametrize("angle", range(-40, 50, 20))
@pytest.mark.parametrize("side", [90, 300])
def test_a_print_of_any_size_may_be_cut_out_tightly_at_any_angle(
    mask: np.ndarray, angle: int, side: int
) -> None:
    turned = Image.fromarray((mask > 0).astype(np.uint8) * 255).rotate(angle, expand=True)
    tight = turned.crop(turned.getbbox())
    tight.thumbnail((side, side))
    assert archscan.measure(np.asarray(tight) > 127).status == "measured"


def test_of_two_prints_the_one_that_a_mask_cuts_is_left_out_and_told(mask: np.ndarray) -> None:
    rows = np.nonzero(np.isin(mask, (1, 3)).any(axis=1))[0]
    height = rows.max() - round(0.1 * np.ptp(rows))
    both = np.zeros((mask.shape[0], 2 * mask.shape[1]), bool)
    both[:, : mask.shape[1]] = mask > 0
    both[-height:, mask.shape[1] :] = mask[:height] > 0
    scan = archscan.measure(both)
    assert len(scan.prints) == 1
    assert [one.code for one in scan.cautions] == ["touches-edge"]


@pytest.mark.parametrize("labelled", [True, False])
def test_nothing_around_a_print_changes_what_a_mask_measures(
    mask: np.ndarray, labelled: bool
) -> None:
    whole = mask if labelled else mask > 0
    # As on a walkway of plates, or a mask of a whole room.
    height, width = whole.shape
    wide = np.zeros((height, 16 * width), whole.dtype)
    wide[:, 7 * width : 8 * width] = whole
    assert archscan.measure(wide).status == "measured"
    assert headline(archscan.measure(wide)) == pytest.approx(headline(archscan.measure(whole)))


def test_a_speck_on_a_mask_is_no_footprint() -> None:
    specks = np.zeros((900, 900), bool)
    specks[100:108, 200:206] = specks[500, 500] = True
    assert archscan.measure(specks).reason.code == "no-footprint"


def test_an_inverted_mask_is_refused(mask: np.ndarray) -> None:
    rows, columns = np.nonzero(mask)
    around = mask[rows.min() - 9 : rows.max() + 9, columns.min() - 9 : columns.max() + 9]
    assert archscan.measure(around == 0).reason.code == "no-footprint"


def test_black_and_white_is_a_mask_of_booleans(mask: np.ndarray) -> None:
    white = np.where(mask > 0, 255, 0).astype(np.uint8)
    assert archscan.measure(white).to_dict() == archscan.measure(mask > 0).to_dict()


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"mm_per_px": 0}, "bad-mm-per-px"),
        ({"mm_per_px": -0.5}, "bad-mm-per-px"),
        ({"mm_per_px": float("nan")}, "bad-mm-per-px"),
        ({"mm_per_px": "0.5"}, "bad-mm-per-px"),
        ({"mm_per_px": 10**400}, "bad-mm-per-px"),
        ({"mm_per_px": np.complex64(1)}, "bad-mm-per-px"),
        ({"threshold": float("inf")}, "bad-threshold"),
        ({"threshold": -(10**5000)}, "bad-threshold"),
        ({"threshold": np.timedelta64(1, "D")}, "bad-threshold"),
        # Who turns it on has not said where it lies.
        ({"threshold": True}, "bad-threshold"),
        ({"age": True}, "bad-age"),
        ({"age": 10**5000}, "bad-age"),
        ({"age": np.timedelta64(9, "Y")}, "bad-age"),
    ],
)
def test_a_number_that_is_none_is_said(mask: np.ndarray, options: dict, code: str) -> None:
    with pytest.raises(archscan.OptionError) as raised:
        archscan.measure(mask, **options)
    assert raised.value.reason.code == code


@pytest.mark.parametrize("kind", [np.int8, np.uint64, np.float16, np.float32, np.longdouble])
def test_numbers_of_numpy_are_numbers(mask: np.ndarray, kind: type) -> None:
    usual = archscan.measure(mask * 20.0, threshold=5, age=40, mm_per_px=1)
    options = {"threshold": kind(5), "age": kind(40), "mm_per_px": kind(1)}
    assert archscan.measure(mask * 20.0, **options).to_dict() == usual.to_dict()


def test_anything_above_zero_is_a_threshold_like_another(mask: np.ndarray) -> None:
    least = archscan.measure(mask * 20.0, threshold=np.finfo(float).tiny)
    assert headline(least) == pytest.approx(headline(archscan.measure(mask > 0)), abs=0.01)


def graded(mask: np.ndarray) -> np.ndarray:
    """Distance from the edge of a mask, pixels; positive within."""
    inside, outside = (
        cv2.distanceTransform(part.astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
        for part in (mask > 0, mask == 0)
    )
    return np.clip(inside - outside, -6, 6)


@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_infinite_values_leave_the_edge_where_it_is(mask: np.ndarray, kind: type) -> None:
    values = graded(mask).astype(kind)
    saturated = np.where(np.abs(values) > 4, np.inf * values, values)
    found = headline(archscan.measure(saturated, threshold=0.0))
    assert found == pytest.approx(headline(archscan.measure(values, threshold=0.0)), abs=0.003)
    sides_alone = np.where(values > 0, np.inf, -np.inf)
    assert headline(archscan.measure(sides_alone, threshold=0.0)) == pytest.approx(found, abs=0.01)


def test_where_nothing_was_measured_is_no_contact(mask: np.ndarray) -> None:
    values = graded(mask)
    usual = headline(archscan.measure(values, threshold=-1.0))
    unknown = np.where(values < -5, np.nan, values)
    assert headline(archscan.measure(unknown, threshold=-1.0)) == pytest.approx(usual, abs=0.003)
    hidden = np.ma.array(np.where(values < -5, 9.0, values), mask=values < -5)
    assert headline(archscan.measure(hidden, threshold=-1.0)) == pytest.approx(usual, abs=0.003)


def test_what_a_masked_array_masks_is_no_contact(mask: np.ndarray) -> None:
    hidden = np.ma.array(np.ones_like(mask, dtype=bool), mask=mask == 0)
    assert headline(archscan.measure(hidden)) == headline(archscan.measure(mask > 0))


def test_a_scale_that_makes_no_foot_is_not_put_down_to_a_sheet(mask: np.ndarray) -> None:
    reason = archscan.measure(mask, mm_per_px=5.0).reason
    assert reason.code == "implausible-size"
    assert "mm_per_px" in reason.advice


@pytest.mark.parametrize(
    "mask",
    [
        np.zeros((4, 4, 3)),
        np.zeros((4, 4)),
        np.zeros((0, 4), bool),
        np.arange(16, dtype=np.uint8).reshape(4, 4),
        np.array([[-1, 0], [0, 1]]),
    ],
)
def test_what_is_no_mask_is_said(mask: np.ndarray) -> None:
    with pytest.raises(archscan.OptionError, match="mask"):
        archscan.measure(mask)


def test_blank_surfaces_are_refused() -> None:
    for seed in range(8_300_000, 8_300_006):
        scan = archscan.scan(render(draw_recipe(seed, content="blank"), 900).photo)
        assert scan.status == "refused"
        assert scan.reason.code in ("no-footprint", "too-faint", "partial-print")


def test_a_cut_print_is_refused_as_such() -> None:
    scans = [
        archscan.scan(
            render(draw_recipe(seed, content="cut", difficulty="easy", prints=1), 900).photo
        )
        for seed in range(8_400_000, 8_400_004)
    ]
    assert {scan.status for scan in scans} == {"refused"}
    codes = {scan.reason.code for scan in scans}
    assert codes <= {"touches-edge", "partial-print", "no-footprint"}
    assert "touches-edge" in codes


def test_who_hands_over_a_thumbnail_is_asked_for_the_photo_itself() -> None:
    with Image.open(SAMPLES / "cardboard_neutral_left.jpg") as photo:
        photo.thumbnail((60, 60))
        scan = archscan.scan(photo)
    assert scan.status == "refused"
    assert scan.reason is not None
    assert scan.reason.code == "too-small"
    assert "not a small copy" in scan.reason.advice


@pytest.mark.parametrize("said", [{"age": 4}, {"conditions": ["child"]}])
def test_children_get_measures_but_no_class(said) -> None:
    (item,) = archscan.scan(SAMPLES / "cardboard_flat_right.jpg", **said).prints
    assert (item.verdict.arch, item.verdict.confidence) == (None, None)
    assert item.measures["chippaux_smirak"].value > 0.4
    assert item.cautions


def test_an_unreadable_file_is_a_scan_not_an_error(tmp_path) -> None:
    scan = archscan.scan(tmp_path / "none.jpg")
    assert (scan.status, scan.reason.code) == ("unreadable", "not-found")
    assert scan.photo is None


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"side": "both"}, "bad-side"),
        ({"side": np.array(["left", "right"])}, "bad-side"),
        ({"sheet": "a5"}, "bad-sheet"),
        ({"symptoms": ["hart-ache"]}, "unknown-symptom"),
        ({"symptoms": [7]}, "unknown-symptom"),
        ({"symptoms": "heel-pain"}, "bad-symptoms"),
        ({"symptoms": None}, "bad-symptoms"),
        ({"conditions": "child"}, "bad-conditions"),
        ({"age": -1}, "bad-age"),
        ({"age": "34"}, "bad-age"),
        ({"max_pixels": 0}, "bad-max-pixels"),
        ({"max_pixels": None}, "bad-max-pixels"),
        ({"max_pixels": 10**400}, "bad-max-pixels"),
    ],
)
def test_wrong_options_are_said_even_for_a_bad_photo(options: dict, code: str) -> None:
    with pytest.raises(archscan.OptionError) as raised:
        archscan.scan(np.zeros((50, 50, 3), np.uint8), **options)
    assert raised.value.reason.code == code


def test_importing_is_cheap() -> None:
    code = (
        "import sys, archscan\n"
        "assert not {'numpy', 'cv2', 'PIL', 'scipy', 'rich', 'typer'} & set(sys.modules)\n"
        "archscan.scan, archscan.Scan\n"
        "assert 'scipy' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_scanning_needs_no_network_and_no_scipy() -> None:
    code = (
        "import socket, sys\n"
        "def closed(*a, **k): raise AssertionError('the network was used')\n"
        "socket.socket = socket.create_connection = closed\n"
        "import archscan\n"
        f"assert archscan.scan({str(SAMPLES / NAMES[0])!r}).status == 'measured'\n"
        "assert 'scipy' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_urgent_cards_follow_the_answers_whatever_the_photo_shows(tmp_path) -> None:
    blank = np.full((60, 60, 3), 120, np.uint8)
    for source in (SAMPLES / NAMES[0], blank, tmp_path / "none.jpg"):
        assert archscan.scan(source, symptoms=["groin-numbness"]).urgent == ("rf.emergency",)
        assert archscan.scan(source, symptoms=["heel-pain"]).urgent == ()
    # What holds for a group of people is no alarm.
    assert Answers(conditions=("diabetes",)).select(None).of_kind("special_group")
    assert Answers(conditions=("diabetes",)).urgent == ()


@pytest.mark.parametrize(("code", "said"), [("too-faint", True), ("no-footprint", False)])
def test_a_second_print_is_spoken_of_only_if_there_is_one(
    code: str, said: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def with_missed(scene, first):
        return replace(segment(scene, first), missed=(REFUSALS[code],))

    monkeypatch.setattr("archscan.searching.segment", with_missed)
    scan = archscan.scan(SAMPLES / "tile_flat_left.jpg")
    assert [caution.code for caution in scan.cautions] == [code] * said


def test_a_photo_from_too_steep_an_angle_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    photo = np.full((400, 300, 3), 150, np.uint8)

    def steep(photo, sheet, candidates, hinted, prints):
        return Scene(photo, tilt_deg=50.0, straightening=np.eye(3))

    monkeypatch.setattr("archscan.searching.find_scene", steep)
    scan = archscan.scan(photo)
    assert scan.status == "refused"
    assert scan.reason.code == "too-tilted"
    assert scan.to_dict()["scale"] == {"mm_per_px": None, "sheet": None, "tilt_deg": 50.0}


def test_a_tilt_that_makes_no_foot_of_a_print_is_not_believed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    name = "cardboard_pair_neutral.jpg"
    assert archscan.scan(SAMPLES / name).status == "measured"
    bent = np.diag([1.0, 1.9, 1.0])

    def wrong(photo, sheet, candidates, hinted, prints):
        return Scene(photo, tilt_deg=40.0, tilt_doubt_deg=5.0, straightening=bent)

    monkeypatch.setattr("archscan.searching.find_scene", wrong)
    scan = archscan.scan(SAMPLES / name)
    assert len(scan.prints) == 2
    assert scan.scene.tilt_deg is None
    # The tilt alone is to blame: kept for the second look, it makes no foot again.
    monkeypatch.setattr("archscan.searching.Scene", lambda photo: wrong(photo, *[None] * 4))
    monkeypatch.setattr("archscan.searching._look_otherwise", lambda done, *_: done)
    scan = archscan.scan(SAMPLES / name)
    assert scan.reason.code == "partial-print"


def test_what_is_refused_anew_keeps_the_first_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    # On the photo as it lies, on a plane without tilt, and in other colours.
    codes = iter(["partial-print", "too-faint", "no-footprint"])
    photo = made_photo()

    def tilted(*_):
        return Scene(photo, tilt_deg=9.0, straightening=np.eye(3))

    monkeypatch.setattr("archscan.searching.find_scene", tilted)
    done = searched(photo, "none", Answers(), lambda *_: refused(next(codes)))
    assert done.reason == REFUSALS["partial-print"]
    assert next(codes, None) is None


LEFT, RIGHT, EITHER, NEARLY_SURE, SURE = (112, 150), (170, 208), (141, 179), (137, 172), (135, 170)
"""Where a band joins heel and ball decides how surely it is which foot: the middle is at 160."""


@pytest.mark.parametrize(
    ("bands", "sides"),
    [
        ((LEFT, EITHER), ["left", "right"]),
        ((EITHER, RIGHT), ["left", "right"]),
        ((LEFT, NEARLY_SURE), ["left", "right"]),
        ((LEFT, SURE), ["left", "left"]),
        ((LEFT, LEFT), ["left", "left"]),
        ((LEFT, RIGHT), ["left", "right"]),
    ],
)
def test_of_two_like_feet_the_one_that_may_be_the_other_is(bands, sides: list[str]) -> None:
    mask = np.zeros((520, 640), np.uint8)
    for start, (left, right) in zip((0, 320), bands, strict=True):
        cv2.circle(mask, (start + 160, 430), 48, 1, -1)
        cv2.circle(mask, (start + 160, 190), 76, 1, -1)
        cv2.rectangle(mask, (start + left, 190), (start + right, 430), 1, -1)
    found = [one.footprint for one in archscan.measure(mask > 0).prints]
    assert [one.side for one in found] == sides
    if EITHER in bands:
        # Nothing but the other foot's side says so.
        assert min(one.side_confidence for one in found) == 0.5
    said = archscan.measure(mask > 0, side="right").prints
    assert [one.footprint.side for one in said] == ["right", "right"]


@pytest.mark.parametrize(
    ("toes", "axis"),
    [
        # A left foot's third and fourth toe: one of them would be a right foot's second.
        (((157, 80, 11), (135, 94, 10)), "toe2"),
        # Its second and fourth: neither of them would.
        (((182, 72, 12), (135, 94, 10)), "forefoot"),
    ],
)
def test_a_print_taken_for_the_other_foot_has_that_foots_second_toe(toes, axis: str) -> None:
    mask = np.zeros((520, 640), np.uint8)
    for start, (left, right) in zip((0, 320), (LEFT, EITHER), strict=True):
        cv2.circle(mask, (start + 160, 430), 48, 1, -1)
        cv2.circle(mask, (start + 165, 190), 76, 1, -1)
        cv2.rectangle(mask, (start + left, 190), (start + right, 430), 1, -1)
    for x, y, radius in toes:
        cv2.circle(mask, (320 + x, y), radius, 1, -1)
    _, taken = archscan.measure(mask > 0).prints
    assert taken.footprint.side == "right"
    assert taken.footprint.axis_method == axis
    # It is said to be missing where it is, and nowhere else.
    codes = {caution.code for caution in taken.cautions}
    assert ("toe2-missing" in codes) == (axis == "forefoot")
    assert "side-unsure" in codes


def test_a_third_print_is_told_of() -> None:
    recipe = draw_recipe(310_106, content="print", difficulty="easy", prints=2, sheet=None)
    pair = render(replace(recipe, portrait=True, fill=0.4), long_side=1200).photo
    assert archscan.scan(pair).cautions == ()
    scan = archscan.scan(np.hstack([pair, pair[:, ::-1]]))
    assert len(scan.prints) == 2
    assert [caution.code for caution in scan.cautions] == ["more-prints"]
