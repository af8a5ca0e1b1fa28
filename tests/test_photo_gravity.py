"""Which way is down, from the note an iPhone writes."""

from __future__ import annotations

import io
import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pictures import STORED
from PIL import Image

import archscan
from archscan.photo import load_photo
from archscan.photo.gravity import gravity
from archscan.photo.metadata import EXIF_BLOCK, LENS_TAG, MAKER_NOTE_TAG, ORIENTATION_TAG
from archscan.sheet.straightening import by_gravity
from archscan.synthetic import draw_recipe, render

SINE, COSINE = np.sin(np.deg2rad(20)), np.cos(np.deg2rad(20))
AHEAD = {
    # Tipped forwards by 20 degrees over a floor, so that what is ahead lies at the top of
    # the photo: whichever edge of the phone is then uppermost points up by its sine.
    6: (0.0, -SINE, -COSINE),
    1: (-SINE, 0.0, -COSINE),
    3: (SINE, 0.0, -COSINE),
    8: (0.0, SINE, -COSINE),
}


def note_of(felt, *, order: str = ">") -> bytes:
    """A note with two entries: something else, and the acceleration."""
    mark = b"MM" if order == ">" else b"II"
    start = b"Apple iOS\x00\x00\x01" + mark + struct.pack(f"{order}H", 2)
    entries = struct.pack(f"{order}HHII", 0x0001, 9, 1, 14)
    entries += struct.pack(f"{order}HHII", 0x0008, 10, 3, len(start) + 24)
    parts = [number for value in felt for number in (round(value * 10_000), 10_000)]
    return start + entries + struct.pack(f"{order}6i", *parts)


@pytest.mark.parametrize("orientation", AHEAD)
@pytest.mark.parametrize("order", [">", "<"])
def test_held_any_way_the_far_end_is_at_the_top(orientation: int, order: str) -> None:
    down = gravity(note_of(AHEAD[orientation], order=order), (4032, 3024), orientation)
    # The upright photo's lower edge is nearer the ground than its upper one.
    assert down == pytest.approx([0, SINE, COSINE], abs=1e-3)


@pytest.mark.parametrize("length", [0.96, 1.04])
def test_a_hand_that_trembles_a_little_tells_it_all_the_same(length: float) -> None:
    down = gravity(note_of((0.0, 0.0, -length)), (4032, 3024), 6)
    assert down == pytest.approx([0, 0, 1])


def test_tipped_to_the_right_the_right_is_lower() -> None:
    down = gravity(note_of((SINE, 0.0, -COSINE)), (4032, 3024), 6)
    assert down == pytest.approx([SINE, 0, COSINE], abs=1e-3)


@pytest.mark.parametrize(
    ("felt", "stored"),
    [
        ((0.0, -0.5, -0.5), (4032, 3024)),
        ((0.0, 0.0, -0.94), (4032, 3024)),
        ((0.0, 0.0, -1.06), (4032, 3024)),
        ((0.0, -SINE, -COSINE), (3024, 4032)),
        ((0.0, -SINE, -COSINE), (3600, 3024)),
        ((0.0, 0.0, 0.0), (4032, 3024)),
    ],
    ids=["moved", "lowered", "raised", "turned since", "cropped since", "nothing"],
)
def test_what_cannot_be_trusted_is_left_alone(felt, stored) -> None:
    assert gravity(note_of(felt), stored, 6) is None


@given(st.binary(max_size=80))
def test_no_note_is_too_broken(rest: bytes) -> None:
    for start in (b"", b"Apple iOS\x00", b"Apple iOS\x00\x00\x01MM\x00\x02"):
        found = gravity(start + rest, (4032, 3024), 1)
        assert found is None or np.isfinite(found).all()


@pytest.mark.parametrize(("kind", "values"), [(5, 3), (10, 1)])
def test_what_is_no_acceleration_is_not_read_as_one(kind: int, values: int) -> None:
    usual, other = (struct.pack(">HHI", 8, *entry) for entry in ((10, 3), (kind, values)))
    note = note_of(AHEAD[6])
    assert note.count(usual) == 1
    assert gravity(note.replace(usual, other), (4032, 3024), 6) is None


def test_a_number_divided_by_nought_is_none() -> None:
    note = bytearray(note_of(AHEAD[6]))
    note[-4:] = bytes(4)
    assert gravity(bytes(note), (4032, 3024), 6) is None


def test_every_cut_of_a_note_is_survived() -> None:
    note = note_of(AHEAD[1])
    cuts = [gravity(note[:length], (4032, 3024), 1) for length in range(len(note))]
    assert all(found is None for found in cuts)


def written(
    upright: np.ndarray, felt, *, kind: str = "JPEG", lens: str = "iPhone back", turn: int = 6
) -> bytes:
    """A photo as an iPhone stores it: a portrait on its side, unless it is told otherwise."""
    exif = Image.Exif()
    exif[ORIENTATION_TAG] = turn
    exif.get_ifd(EXIF_BLOCK)[MAKER_NOTE_TAG] = note_of(felt)
    exif.get_ifd(EXIF_BLOCK)[LENS_TAG] = lens
    stream = io.BytesIO()
    picture = Image.fromarray(np.ascontiguousarray(STORED[turn](upright)))
    picture.save(stream, kind, exif=exif.tobytes(), quality=95)
    return stream.getvalue()


def test_the_front_camera_looks_the_other_way() -> None:
    grey = np.full((400, 300, 3), 120, np.uint8)
    assert load_photo(written(grey, AHEAD[6])).gravity == pytest.approx([0, SINE, COSINE], abs=1e-3)
    for lens in ("iPhone front camera", "Front Camera"):
        assert load_photo(written(grey, AHEAD[6], lens=lens)).gravity is None


@pytest.mark.parametrize(("turn", "shape"), [(6, (400, 300, 3)), (3, (300, 400, 3))])
def test_in_a_heic_too(turn: int, shape: tuple[int, int, int]) -> None:
    grey = np.full(shape, 120, np.uint8)
    photo = load_photo(written(grey, AHEAD[turn], kind="HEIF", turn=turn))
    assert photo.pixels.shape == shape
    assert photo.gravity == pytest.approx([0, SINE, COSINE], abs=1e-3)


@pytest.mark.parametrize("seed", [816, 819])
def test_a_tilted_phone_s_print_is_measured_as_it_lies_on_the_floor(seed: int) -> None:
    # The floor recedes towards the top of the photo.
    recipe = draw_recipe(
        seed, content="print", difficulty="easy", prints=1, sheet=None, surface="cardboard",
            beneath=None, neighbour=None,
        medium="water", arch="flat", tilt_deg=28.0, azimuth_deg=180.0, turn_deg=0.0,
        portrait=True, off_centre=(0.0, 0.6), fill=0.5,
    )  # fmt: skip
    rendering = render(recipe, long_side=1600)
    truth = rendering.truth.prints[0]
    sine, cosine = np.sin(np.deg2rad(28)), np.cos(np.deg2rad(28))
    told = archscan.scan(written(rendering.photo, (0.0, -sine, -cosine)))
    untold = archscan.scan(rendering.photo)
    assert told.scene is not None
    assert told.scene.tilt_deg == pytest.approx(28, abs=0.1)
    errors = [
        abs(scan.prints[0].measures["chippaux_smirak"].value - truth.chippaux_smirak)
        for scan in (told, untold)
    ]
    assert errors[0] < 0.01 < 0.03 < errors[1]


def test_a_print_on_a_wall_is_not_taken_for_a_floor() -> None:
    grey = np.full((400, 300, 3), 120, np.uint8)
    photo = load_photo(written(grey, (0.0, -1.0, 0.0)))
    assert photo.gravity is not None
    assert by_gravity(photo) is None
