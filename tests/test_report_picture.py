"""The annotated picture: drawn in place, words inside it and off the print."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_scans import EVERY_KIND, made_photo, made_print, made_scan, refused, unreadable
from PIL import Image, ImageDraw
from shapes import blocks_foot

from archscan.indices import construct
from archscan.report.labels import Line, nearest, place, write
from archscan.report.picture import COLOURS, PANEL, SIZE, WHITE, _nearer_another, annotate
from archscan.report.places import from_axis, to_photo

WORDS = (Line("Left: neutral arch", (255, 255, 255)), Line("36 % (34-38 %)", (255, 255, 255)))


def has_near(picture, point, colour, reach=4):
    x, y = (round(float(value)) for value in point)
    around = picture[y - reach : y + reach + 1, x - reach : x + reach + 1].astype(int)
    return bool((np.abs(around - np.array(COLOURS[colour])).sum(axis=2) < 30).any())


@pytest.mark.parametrize("kind", [kind for kind in EVERY_KIND if kind != "unreadable"])
def test_every_kind_of_scan_has_a_picture(kind):
    scan = EVERY_KIND[kind]()
    picture = annotate(scan)
    assert (picture.shape, picture.dtype) == ((SIZE, 1280, 3), np.uint8)
    assert (picture != 170).any()


def test_the_photo_itself_is_left_alone():
    scan = made_scan()
    annotate(scan)
    assert (scan.photo.pixels == 170).all()


@pytest.mark.parametrize("side", ["left", "right"])
def test_what_was_measured_is_drawn_where_it_was_measured(side):
    item = made_print(side, at=(430.0, 690.0), turned_deg=20.0 if side == "left" else -10.0)
    picture = annotate(made_scan(item))
    drawn = construct(item.footprint.in_axis_frame(item.footprint.sole))
    enlarged = SIZE / 1000

    def seen(x, y):
        return (
            to_photo(from_axis(np.array([[x, y]]), item.footprint), item.footprint)[0] + 0.5
        ) * (enlarged) - 0.5

    for name, section in (("midfoot", drawn.midfoot), ("forefoot", drawn.forefoot)):
        (start, end) = section.chords[0]
        for share in (0.15, 0.85):
            point = seen(start + share * (end - start), section.level)
            assert has_near(picture, point, name)
    left = drawn.sole[0][:, 0].min()
    for level in drawn.thirds:
        assert has_near(picture, seen(left - 5, level), "thirds")
    assert has_near(picture, seen(0.0, 100.0), "axis")
    corner = item.footprint.sole[0][200]
    assert has_near(picture, (corner + 0.5) * enlarged - 0.5, "outline")


def test_an_outline_is_drawn_all_the_way_round():
    # The side of the heel lies between its last corner and its first.
    item = made_print(sole=(np.roll(blocks_foot()[0], -1, axis=0),))
    picture = annotate(made_scan(item))
    (sole,) = item.footprint.sole
    between = to_photo((sole[0] + 3 * sole[-1]) / 4, item.footprint)[0]
    assert has_near(picture, (between + 0.5) * SIZE / 1000 - 0.5, "outline")


def test_words_of_one_print_do_not_lie_on_those_of_another(monkeypatch):
    boxes = []
    monkeypatch.setattr(
        "archscan.report.picture.write", lambda _, block, __: boxes.append(block.box)
    )
    narrow = made_photo(size=(500, 1000))
    prints = (made_print(side, at=(x, 900.0)) for side, x in (("left", 300.0), ("right", 340.0)))
    annotate(made_scan(*prints, photo=narrow))
    (left, top, right, bottom), other = boxes
    assert other[0] >= right or other[2] <= left or other[1] >= bottom or other[3] <= top


@pytest.mark.parametrize("size", [(40, 1500), (1500, 40), (33, 33), (4, 4)])
def test_odd_shapes_of_photos_are_drawn_on(size):
    picture = annotate(refused(photo=made_photo(size=size)))
    assert max(picture.shape) == SIZE


def test_an_unreadable_photo_has_no_picture():
    with pytest.raises(ValueError, match="no picture"):
        annotate(unreadable())


@settings(max_examples=25)
@given(
    x=st.integers(0, 500), y=st.integers(0, 700), width=st.integers(20, 350),
    height=st.integers(20, 600),
)  # fmt: skip
def test_words_stay_in_the_picture_and_off_the_print(x, y, width, height):
    taken = np.zeros((800, 600), dtype=bool)
    taken[y : y + height, x : x + width] = True
    block = place(WORDS, (x + width / 2, y + height / 2), taken, 22.0)
    left, top, right, bottom = block.box
    assert 0 <= left < right <= 600
    assert 0 <= top < bottom <= 800
    # Beside a block of this size there is always room for two short lines.
    assert not taken[top:bottom, left:right].any()


def test_one_line_of_words_does_not_run_into_the_next():
    lines = tuple(Line("Hg", (255, 255, 255)) for _ in range(3))
    block = place(lines, (150.0, 100.0), np.zeros((200, 300), np.float32), 30.0)
    image = Image.new("RGB", (300, 200))
    write(ImageDraw.Draw(image, "RGBA"), block, (0, 0, 0, 255))
    has_letters = (np.asarray(image).max(axis=(1, 2)) > 0).astype(int)
    assert (np.diff(has_letters, prepend=0) == 1).sum() == len(lines)
    assert not has_letters[block.box[3] :].any()


@pytest.mark.parametrize("near", [(0.0, 0.0), (899.0, 699.0)])
def test_words_keep_clear_of_the_pictures_edge(near):
    left, top, right, bottom = place(WORDS, near, np.zeros((700, 900), np.float32), 30.0).box
    assert min(left, top, 900 - right, 700 - bottom) > 4


def test_words_are_near_what_they_name():
    taken = np.zeros((800, 1200), dtype=bool)
    taken[300:500, 100:200] = True
    left, _, _, _ = place(WORDS, (150.0, 400.0), taken, 22.0).box
    assert left < 300


def test_where_all_is_free_words_lie_on_what_they_name():
    left, top, right, bottom = place(WORDS, (600.0, 400.0), np.zeros((800, 1200), bool), 22.0).box
    # To the next place of the grid of eight pixels.
    assert ((left + right) / 2, (top + bottom) / 2) == pytest.approx((600.0, 400.0), abs=4.0)


def test_words_lie_on_their_panel():
    block = place(WORDS, (300.0, 200.0), np.zeros((400, 600), bool), 30.0)
    picture = Image.new("RGB", (600, 400))
    write(ImageDraw.Draw(picture, "RGBA"), block, (0, 0, 0, 255))
    rows, columns = np.nonzero(np.asarray(picture).max(axis=2))
    left, top, right, bottom = block.box
    assert top < rows.min()
    assert rows.max() < bottom - 1
    assert left < columns.min()
    assert columns.max() < right - 1


def lightness(colour):
    """Relative luminance, as WCAG 2.2 defines it."""
    share = np.asarray(colour) / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    return float(linear @ (0.2126, 0.7152, 0.0722))


@pytest.mark.parametrize("colour", [WHITE, COLOURS["midfoot"], COLOURS["forefoot"]])
def test_words_can_be_read_on_the_whitest_floor(colour):
    block = place(WORDS, (300.0, 200.0), np.zeros((400, 600), bool), 30.0)
    picture = Image.new("RGB", (600, 400), WHITE)
    write(ImageDraw.Draw(picture, "RGBA"), block, PANEL)
    left, top, _, bottom = block.box
    ground = picture.getpixel((left + 2, (top + bottom) // 2))
    assert (lightness(colour) + 0.05) / (lightness(ground) + 0.05) >= 4.5


def test_words_shrink_in_a_narrow_picture_too():
    assert place(WORDS, (60.0, 400.0), np.zeros((800, 120), bool), 30.0).font_size < 30.0


def test_words_stay_on_the_side_of_their_own_print():
    taken = np.zeros((800, 600), dtype=bool)
    taken[100:800, 280:600] = True
    shunned = np.zeros_like(taken)
    shunned[:, :265] = True
    near = (300.0, 500.0)
    _, _, right, _ = place(WORDS, near, taken, 22.0).box
    assert right < 280
    assert place(WORDS, near, taken, 22.0, shunned).box[0] >= 265


def test_what_is_nearer_another_print_is_told_apart():
    outlines = [np.array([[90.0, 20.0], [300.0, 5.0]]), np.array([[10.0, 20.0]])]
    right, left = _nearer_another((40, 100), outlines)
    assert right[:, :50].all()
    assert not right[:, 51:].any()
    assert not left[:, :50].any()
    assert left[:, 51:].all()


def test_words_shrink_where_there_is_little_room():
    taken = np.ones((800, 1200), dtype=bool)
    taken[10:85, 10:190] = False
    block = place(WORDS, (600.0, 400.0), taken, 30.0)
    assert block.font_size < 30.0
    left, top, right, bottom = block.box
    assert not taken[top:bottom, left:right].any()


def test_words_go_somewhere_even_where_there_is_no_room():
    block = place(WORDS, (600.0, 400.0), np.ones((800, 1200), dtype=bool), 30.0)
    assert block.box[0] >= 0


def test_the_leader_takes_the_shortest_way():
    block = place(WORDS, (0.0, 0.0), np.zeros((400, 400), dtype=bool), 20.0)
    _, top, right, _ = block.box
    start, end = nearest(block, np.array([[right + 90.0, top + 2.0], [right + 30.0, top + 5.0]]))
    assert end.tolist() == [right + 30.0, top + 5.0]
    assert start.tolist() == [right, top + 5.0]
    # The nearer one lies further from the picture's corner.
    block = place(WORDS, (300.0, 200.0), np.zeros((400, 600), dtype=bool), 20.0)
    left, top, right, _ = block.box
    _, end = nearest(block, np.array([[left - 50.0, top + 2.0], [right + 20.0, top + 2.0]]))
    assert end.tolist() == [right + 20.0, top + 2.0]
