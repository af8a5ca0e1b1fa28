"""Masks that somebody already has, measured."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from conftest import SAMPLES
from PIL import Image

import archscan
from archscan.indices import measures
from archscan.indices.panel import details
from archscan.synthetic import draw_recipe, render


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
