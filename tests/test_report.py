"""Record, mask, picture and page of scans that are known."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import jsonschema
import numpy as np
import pytest
from browser import browse, needs_browser
from conftest import SAMPLES
from rich.console import Console

import archscan
from archscan.errors import OutputError
from archscan.report.files import make_folder, write_whole
from archscan.report.mask import mask_image
from archscan.report.page import page
from archscan.report.picture import annotate
from archscan.report.places import from_axis
from archscan.report.record import dumped, schema, to_record
from archscan.report.terminal import GAUGE_CELLS, gauge, result
from archscan.synthetic import draw_recipe, render


@pytest.fixture(scope="module")
def pair():
    """A measured mask of a left and a right print, and the mask itself."""
    rendering = render(
        draw_recipe(8_500_002, content="print", prints=2, arch="neutral", tilt_deg=0.0), 900
    )
    return archscan.measure(rendering.mask, mm_per_px=rendering.truth.mm_per_px), rendering.mask


@pytest.fixture(scope="module")
def refused():
    return archscan.scan(np.full((300, 400, 3), 120, np.uint8))


def text_of(scan, width: int = 80) -> str:
    console = Console(width=width, record=True, file=open("/dev/null", "w"))  # noqa: SIM115, PTH123
    console.print(result(scan))
    console.file.close()
    return console.export_text()


def test_every_kind_of_record_fits_the_schema(pair, refused, tmp_path: Path) -> None:
    unreadable = archscan.scan(tmp_path / "none.jpg")
    for scan in (pair[0], refused, unreadable, archscan.measure(pair[1], age=4)):
        jsonschema.validate(to_record(scan), schema())
    jsonschema.Draft202012Validator.check_schema(schema())


def test_the_schema_refuses_what_is_wrong(pair) -> None:
    record = to_record(pair[0])
    for path, value in (("status", "fine"), ("schema", "archscan/2"), ("prints", [])):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({**record, path: value}, schema())


def test_a_record_says_what_was_measured(pair) -> None:
    record = to_record(pair[0])
    assert [item["side"] for item in record["prints"]] == ["left", "right"]
    for item, shown in zip(pair[0].prints, record["prints"], strict=True):
        for name, measure in item.measures.items():
            assert shown["indices"][name]["value"] == pytest.approx(measure.value, abs=1e-4)
            low, high = (shown["indices"][name][end] for end in ("low", "high"))
            assert low <= shown["indices"][name]["value"] <= high
        assert sum(shown["probability"].values()) == pytest.approx(1, abs=0.001)
        assert 150 < shown["length_mm"] < 330
        assert 60 < shown["width_mm"] < 130


def test_coordinates_are_those_of_the_photo(pair) -> None:
    scan, mask = pair
    for shown, sole in zip(to_record(scan)["prints"], (1, 3), strict=True):
        x, y = np.rint(shown["landmarks"]["heel_center"]).astype(int)
        assert mask[y, x] == sole
        outline = np.array(shown["outline"])
        rows, columns = np.nonzero(mask == sole)
        assert outline.min(axis=0) == pytest.approx([columns.min(), rows.min()], abs=3)
        assert outline.max(axis=0) == pytest.approx([columns.max(), rows.max()], abs=3)


def test_json_is_plain(pair) -> None:
    text = dumped(to_record(replace(pair[0], source="足.jpg")))
    assert "足.jpg" in text
    assert "NaN" not in text


def test_the_mask_drawn_is_the_mask_measured(pair) -> None:
    scan, mask = pair
    drawn = mask_image(scan)
    assert drawn.shape == mask.shape
    for value in (1, 2, 3, 4):
        one, other = drawn == value, mask == value
        assert (one & other).sum() / (one | other).sum() > 0.93


def test_a_refused_photo_has_an_empty_mask_and_a_picture(refused) -> None:
    assert not mask_image(refused).any()
    assert annotate(refused).shape[1] == 1600


def test_an_unreadable_photo_has_neither(tmp_path: Path) -> None:
    scan = archscan.scan(tmp_path / "none.jpg")
    for draw in (mask_image, annotate):
        with pytest.raises(ValueError, match="unreadable"):
            draw(scan)


def test_the_axis_frame_is_undone(pair) -> None:
    for item in pair[0].prints:
        points = np.array([[3.0, 4.0], [50.0, 80.0], [110.0, 20.0]])
        (there,) = item.footprint.in_axis_frame((points,))
        assert from_axis(there, item.footprint) == pytest.approx(points)


def test_the_picture_shows_the_measured_widths(pair) -> None:
    drawn = annotate(pair[0]).reshape(-1, 3)
    for colour in ((255, 69, 90), (60, 220, 110), (255, 214, 10), (120, 220, 255)):
        assert (drawn == colour).all(axis=1).sum() > 100


def test_the_terminal_fits_eighty_columns_and_says_the_numbers(pair) -> None:
    text = text_of(pair[0])
    assert max(map(len, text.splitlines())) <= 80
    for item in pair[0].prints:
        value = item.measures["chippaux_smirak"].value
        assert f"{100 * value:.0f} %" in text
    assert "Left foot" in text
    assert "Right foot" in text


def test_refusals_say_what_to_do(refused) -> None:
    text = " ".join(text_of(refused).split())
    assert "Could not be measured" in text
    assert refused.reason.advice in text


@pytest.mark.parametrize("value", [0.0, 0.295, 0.31, 0.449, 0.46, 0.69, 0.9])
def test_the_gauge_marks_the_band_of_the_value(pair, value: float) -> None:
    measure = pair[0].prints[0].measures["chippaux_smirak"]
    shown = gauge(replace(measure, value=value, low=max(0, value - 0.02), high=value + 0.02))
    marker, bar, names = shown.plain.splitlines()
    assert len(bar) == GAUGE_CELLS
    assert bar[marker.index("▼")] == "█"
    assert names.split() == ["high", "neutral", "flat"]


def test_the_page_is_whole_and_closed(pair, refused, tmp_path: Path) -> None:
    for scan in (pair[0], refused, archscan.scan(tmp_path / "<b>none.jpg")):
        text = page(scan)
        assert "<script" not in text
        assert "http:" not in text
        assert "https:" not in text
        assert "<b>none" not in text


@needs_browser
def test_the_page_shows_in_a_browser(tmp_path: Path) -> None:
    scan = archscan.scan(SAMPLES / "cardboard_neutral_left.jpg")
    (tmp_path / "page.html").write_text(page(scan), encoding="utf-8")
    done = browse(
        tmp_path / "page.html",
        "--virtual-time-budget=2000",
        f"--print-to-pdf={tmp_path / 'page.pdf'}",
        "--dump-dom",
    )
    assert b"Left foot: neutral arch" in done.stdout


def test_files_are_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "mask.png"
    write_whole(path, b"first")
    write_whole(path, b"second")
    assert path.read_bytes() == b"second"
    assert list(tmp_path.iterdir()) == [path]
    for bad in (tmp_path, tmp_path / "no" / "file", path / "under", tmp_path / ("x" * 300)):
        with pytest.raises(OutputError) as caught:
            write_whole(bad, b"data")
        assert caught.value.reason.advice
    with pytest.raises(OutputError):
        make_folder(path)
    assert list(tmp_path.iterdir()) == [path]
