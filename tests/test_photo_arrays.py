"""Arrays and images of a program's own: their shades, and what is none."""

from __future__ import annotations

import io

import numpy as np
import pytest
from pictures import (
    GREY,
    HEIGHT,
    STORED,
    WIDTH,
    assert_upright,
    code_of,
    encode,
    orientation,
    quarters,
)
from PIL import Image

from archscan.photo import load_photo
from archscan.photo.pixels import array_pixels


def test_orientation_of_a_pil_image_is_honoured_and_the_image_left_alone() -> None:
    stream = io.BytesIO(encode("JPEG", STORED[6](quarters()), exif=orientation(6)))
    with Image.open(stream) as image:
        assert_upright(load_photo(image))
        assert image.size == (HEIGHT, WIDTH)
        assert image.getexif()[0x0112] == 6
    made = Image.fromarray(np.ascontiguousarray(STORED[6](quarters())))
    made.getexif()[0x0112] = 6
    assert_upright(load_photo(made))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "La", "P", "PA", "RGBa", "CMYK", "HSV", "YCbCr"])
def test_modes_of_a_pil_image(mode: str) -> None:
    image = Image.fromarray(quarters())
    for step in {"La": ("LA",), "PA": ("LA",), "RGBa": ("RGBA",)}.get(mode, ()):
        image = image.convert(step)
    pixels = load_photo(image.convert(mode)).pixels
    assert pixels[-30:-2, -40:-2].mean() == pytest.approx(GREY, abs=10)


@pytest.mark.parametrize("modes", ["RGBA", "RGBA RGBa", "LA", "LA La", "PA"])
def test_what_is_transparent_in_a_pil_image_is_white(modes: str) -> None:
    pixels = np.zeros((HEIGHT, WIDTH, 4), dtype=np.uint8)
    pixels[:, : WIDTH // 2, 3] = 255
    image = Image.fromarray(pixels)
    for mode in modes.split():
        image = image.convert(mode)
    seen = load_photo(image).pixels
    assert (seen[:, : WIDTH // 2] == 0).all()
    assert (seen[:, WIDTH // 2 :] == 255).all()


@pytest.mark.parametrize("white", [255, 65535])
def test_white_is_the_end_of_a_scale_of_whole_numbers(white: int) -> None:
    numbers = np.array([[0, white]], dtype=np.int32)
    assert load_photo(Image.fromarray(numbers)).pixels[0, :, 0].tolist() == [0, 255]


def test_a_shade_of_sixteen_bits_may_stand_for_nothing() -> None:
    deep = np.full((HEIGHT, WIDTH), 0x4040, dtype=np.uint16)
    deep[:, WIDTH // 2 :] = 0x4041
    seen = load_photo(encode("PNG", deep, mode="I;16", transparency=0x4041)).pixels
    assert (seen[:, : WIDTH // 2] == 0x40).all()
    assert (seen[:, WIDTH // 2 :] == 255).all()


def test_sixteen_bits_are_scaled() -> None:
    deep = np.full((HEIGHT, WIDTH), 0x8080, dtype=np.uint16)
    stream = io.BytesIO()
    Image.fromarray(deep).save(stream, "PNG")
    for source in (stream.getvalue(), deep, deep.astype(">u2"), deep / 65535):
        assert np.abs(load_photo(source).pixels.astype(int) - 128).max() <= 1


def test_booleans_are_black_and_white() -> None:
    mask = np.zeros((HEIGHT, WIDTH), dtype=bool)
    mask[0] = True
    pixels = load_photo(mask).pixels
    assert pixels[0].min() == 255
    assert pixels[1].max() == 0


def test_a_matrix_is_an_array_too() -> None:
    matrix = quarters()[..., 0].view(np.matrix)
    assert np.array_equal(load_photo(matrix).pixels[..., 0], quarters()[..., 0])


def test_the_callers_array_is_neither_changed_nor_kept() -> None:
    mine = quarters()
    photo = load_photo(mine)
    photo.pixels[:] = 0
    assert np.array_equal(mine, quarters())


def test_what_is_half_transparent_is_rounded_to_the_nearest_shade() -> None:
    # Three fifths of a 1 lie on white: 0.6 and 102 are 102.6.
    array = np.array([[[1, 1, 1, 153]]], dtype=np.uint8)
    assert array_pixels(array, 1).tolist() == [[[103, 103, 103]]]


def test_floats_are_rounded_to_the_nearest_shade() -> None:
    array = np.array([[0.4, 0.6, 199.6, 254.6]]) / 255
    assert array_pixels(array, 4)[0, :, 0].tolist() == [0, 1, 200, 255]


@pytest.mark.parametrize(
    "array",
    [
        np.zeros((0, 5, 3), np.uint8),
        np.zeros((5, 5, 2), np.uint8),
        np.zeros(5, np.uint8),
        np.full((5, 5), np.nan),
        np.full((5, 5), 2.1),
        np.full((5, 5), -2.1),
        np.full((5, 5), 200),
        np.full((5, 5), 200, np.uint32),
        np.full((5, 5), 200, np.int16),
        np.zeros((5, 5), np.complex128),
        np.array([["a"]]),
    ],
)
def test_arrays_that_are_no_picture(array: np.ndarray) -> None:
    assert code_of(array) == "not-an-image"


@pytest.mark.parametrize("size", [(0, 5), (5, 0)])
def test_a_pil_image_without_pixels_is_no_picture(size: tuple[int, int]) -> None:
    assert code_of(Image.new("RGB", size)) == "not-an-image"


def test_floats_that_resampling_took_beyond_white_and_black_are_those() -> None:
    array = np.array([[2.0, 1.0], [0.0, -2.0]])
    for pixels in (array_pixels(array, 4), array_pixels(np.stack([array] * 3, axis=2), 4)):
        assert pixels.dtype == np.uint8
    pixels = load_photo(array).pixels[..., 0]
    assert pixels.tolist() == [[255, 255], [0, 0]]
