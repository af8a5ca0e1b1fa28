"""Figures of the documentation, drawn by what they explain: ``python -m benchmarks.figures``."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from archscan.indices.panel import details
from archscan.indices.panel.drawing import Drawing, draw
from archscan.indices.panel.toes import HALLUX_FIRST
from archscan.report.drawn import Scale
from benchmarks.segmentation.outcome import INDICES

SEED = 8_000_103
SCALE = 2.2
LINE = "#b45309"

SHAPE_SEED = 9_300_000
RATIOS = {
    "Chippaux-Smirak index": (0.0, 1.0),
    "arch index": (0.0, 0.4),
    "heel / forefoot width": (0.4, 0.9),
    "length with toes / forefoot width": (2.0, 4.0),
}
"""What is compared, and the range it is drawn over."""


def constructions() -> str:
    """Draw the lines of the main and the further measures on a rendered print.

    Returns
    -------
    str
        SVG.
    """
    import archscan
    from archscan.synthetic import draw_recipe, render

    recipe = draw_recipe(
        SEED, content="print", arch="neutral", side="left", prints=1, tilt_deg=0.0, surface="paper"
    )
    rendering = render(recipe, long_side=1200)
    scan = archscan.measure(rendering.mask, mm_per_px=rendering.truth.mm_per_px)
    footprint = scan.prints[0].footprint
    mm = footprint.mm_per_px or 1.0
    sole = tuple(mm * line for line in footprint.in_axis_frame(footprint.sole))
    toes = tuple(mm * line for line in footprint.in_axis_frame(footprint.toes))
    drawn = draw(sole, toes)
    panels = [_main_lines(drawn), _border_lines(drawn), _step_lines(drawn), _toe_lines(drawn)]
    return _side_by_side(panels, drawn)


def _shape(drawn: Drawing) -> str:
    outlines = [*drawn.construction.sole, *drawn.toes]
    return "".join(
        f'<polygon points="{" ".join(f"{x:.1f},{-y:.1f}" for x, y in line)}" '
        'fill="#e8ddcf" stroke="#555" stroke-width="0.7"/>'
        for line in outlines
    )


def _line(one: Sequence[float], other: Sequence[float], colour: str = LINE, dash: str = "") -> str:
    style = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<line x1="{one[0]:.1f}" y1="{-one[1]:.1f}" x2="{other[0]:.1f}" y2="{-other[1]:.1f}" '
        f'stroke="{colour}" stroke-width="1.1"{style}/>'
    )


def _words(x: float, y: float, text: str, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{-y:.1f}" font-size="7" text-anchor="{anchor}">{text}</text>'


def _main_lines(drawn: Drawing) -> list[str]:
    drawing = drawn.construction
    points = np.concatenate(drawing.sole)
    low, high = float(points[:, 0].min()) - 8, float(points[:, 0].max()) + 8
    parts = [_line((low, level), (high, level), "#999", "3 2") for level in drawing.thirds]
    for section, name in (
        (drawing.forefoot, "a"), (drawing.midfoot, "b"), (drawing.heel, "c"),
    ):  # fmt: skip
        for left, right in section.chords:
            parts.append(_line((left, section.level), (right, section.level)))
        parts.append(_words(high + 2, section.level - 2, name))
    parts.append(_line((0, drawing.thirds[0]), (0, drawing.thirds[3] + 20), "#1d4ed8"))
    parts.append(_words(low, drawing.thirds[0] - 22, "CSI, Denis b/a; SI b/c; AI middle third"))
    return parts


def _border_lines(drawn: Drawing) -> list[str]:
    ball, heel = drawn.medial_forefoot, drawn.medial_heel
    contour = drawn.inner_contour
    placed = drawn.beside_medial_line(contour)
    angles = np.arctan2(np.maximum(placed[1:, 0], 0), drawn.ball_level - placed[1:, 1])
    touched = contour[1:][int(angles.argmax())]
    middle = (ball + heel) / 2
    along = drawn.medial_line
    lateral = np.array([-along[1], along[0]])
    path = " ".join(f"{x:.1f},{-y:.1f}" for x, y in contour)
    beyond = ball + 1.4 * (touched - ball)
    return [
        _line(tuple(ball + 25 * along), tuple(heel - 25 * along), "#1d4ed8"),
        _line(tuple(drawn.lateral_forefoot), tuple(drawn.lateral_heel), "#1d4ed8", "3 2"),
        f'<polyline points="{path}" fill="none" stroke="{LINE}" stroke-width="1.4"/>',
        _line(tuple(ball), tuple(beyond)),
        _line(tuple(middle), tuple(middle + 70 * lateral), "#15803d"),
        _line(tuple(drawn.lateral_forefoot), tuple(ball), "#999", "3 2"),
        _words(float(heel[0]) - 75, float(heel[1]) - 42, "Clarke, FI, ALI, KY, gamma, oblique"),
    ]


def _step_lines(drawn: Drawing) -> list[str]:
    toes = np.concatenate([drawn.beside_medial_line(line) for line in drawn.toes])
    ball = drawn.ball_level
    step = float(toes[:, 1].max()) - ball
    along = drawn.medial_line
    lateral = np.array([-along[1], along[0]])
    parts = [_line(tuple(drawn.medial_heel - 20 * along),
                   tuple(drawn.medial_heel + (ball + step) * along), "#1d4ed8")]  # fmt: skip
    for number, name in ((1, ""), (0, "X"), (-1, "Y"), (-2, "")):
        start = drawn.medial_heel + (ball + number * step) * along
        parts.append(_line(tuple(start), tuple(start + 95 * lateral), LINE, "" if name else "3 2"))
        x, y = start + 100 * lateral
        parts.append(_words(float(x), float(y), name, "end"))
    parts.append(
        _words(
            float(drawn.medial_heel[0]) - 75, float(drawn.medial_heel[1]) - 42, "Hernandez-Corvo"
        )
    )
    return parts


def _toe_lines(drawn: Drawing) -> list[str]:
    forefoot, ball = drawn.construction.forefoot, drawn.medial_forefoot
    points = np.concatenate([*drawn.construction.sole, *drawn.toes])
    (left, rear), (right, front) = points.min(axis=0), points.max(axis=0)
    parts = [_line((left, level), (right, level), "#999", "3 2") for level in (rear, front)]
    parts.append(_line((0, rear), (0, front)))
    for lateral, medial in forefoot.chords:
        parts.append(_line((lateral, forefoot.level), (medial, forefoot.level)))
    hallux = drawn.toes[HALLUX_FIRST]
    placed = drawn.beside_medial_line(hallux) - drawn.beside_medial_line(ball[None])
    touched = hallux[int(np.arctan2(placed[:, 0], placed[:, 1]).argmin())]
    reach = float(np.hypot(*(touched - ball))) + 12
    parts += [
        _line(tuple(ball), tuple(ball + reach * drawn.medial_line), "#1d4ed8"),
        _line(tuple(ball), tuple(ball + 1.2 * (touched - ball)), "#15803d"),
        _words(
            float(drawn.medial_heel[0]) - 75, float(drawn.medial_heel[1]) - 42, "Wejsflog, hallux"
        ),
    ]
    return parts


def _side_by_side(panels: list[list[str]], drawn: Drawing) -> str:
    points = np.concatenate([*drawn.construction.sole, *drawn.toes])
    (low_x, low_y), (high_x, high_y) = points.min(axis=0), points.max(axis=0)
    width, height = high_x - low_x + 50, high_y - low_y + 60
    groups = "".join(
        f'<g transform="translate({number * width - low_x + 20:.0f} {high_y + 12:.0f})">'
        f"{_shape(drawn)}{''.join(parts)}</g>"
        for number, parts in enumerate(panels)
    )
    whole = width * len(panels)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole:.0f} {height:.0f}" '
        f'width="{SCALE * whole:.0f}" font-family="sans-serif">'
        f'<rect width="{whole:.0f}" height="{height:.0f}" fill="#fff"/>{groups}</svg>\n'
    )


def shapes(count: int = 400) -> dict[str, list[float]]:
    """Measure the shapes that the renderer draws.

    Parameters
    ----------
    count
        Scenes.

    Returns
    -------
    dict of str to list of float
        Ratios of every drawn foot.
    """
    from archscan.synthetic import draw_recipe, render

    found: dict[str, list[float]] = {name: [] for name in RATIOS}
    for seed in range(SHAPE_SEED, SHAPE_SEED + count):
        # The truth is measured on the foot itself, so the picture may be tiny.
        for one in render(draw_recipe(seed, content="print"), long_side=64).truth.prints:
            values = (one.chippaux_smirak, one.cavanagh_rodgers, one.staheli)
            _add(found, *values, one.length_mm / one.width_mm)
    return found


def real_shapes(folder: Path) -> dict[str, list[float]]:
    """Measure hand-traced outlines of real prints.

    Parameters
    ----------
    folder
        Of real pictures, with ``ink_sheets/truth`` and ``podoscope/truth``.

    Returns
    -------
    dict of str to list of float
        Ratios of every traced foot.
    """
    from PIL import Image

    import archscan

    found: dict[str, list[float]] = {name: [] for name in RATIOS}
    for kind in ("ink_sheets", "podoscope"):
        for path in sorted((folder / kind / "truth").glob("*.png")):
            with Image.open(path) as opened:
                scan = archscan.measure(np.asarray(opened, dtype=np.uint8))
            for one in scan.prints:
                csi, ai, staheli = (one.measures[name].value for name in INDICES)
                _add(found, csi, ai, staheli, details(one.footprint)["wejsflog"].value)
    return found


def _add(
    found: dict[str, list[float]], csi: float, ai: float, staheli: float, slenderness: float
) -> None:
    found["Chippaux-Smirak index"].append(csi)
    found["arch index"].append(ai)
    found["length with toes / forefoot width"].append(slenderness)
    if staheli > 0:
        found["heel / forefoot width"].append(csi / staheli)


def distributions(drawn: dict[str, list[float]], real: dict[str, list[float]]) -> str:
    """Draw how the renderer's shapes are spread, with real ones as ticks below.

    Parameters
    ----------
    drawn, real
        From :func:`shapes` and :func:`real_shapes`.

    Returns
    -------
    str
        SVG.
    """
    parts = []
    for row, (name, (low, high)) in enumerate(RATIOS.items()):
        top, left, width, height = 30 + 120 * row, 20, 560, 70
        counts, edges = np.histogram(drawn[name], bins=40, range=(low, high))
        x = Scale(low, high, left, left + width).place
        parts.append(f'<text x="{left}" y="{top - 8}">{name}</text>')
        for count, start, end in zip(counts, edges[:-1], edges[1:], strict=True):
            size = height * count / counts.max()
            parts.append(
                f'<rect x="{x(start):.1f}" y="{top + height - size:.1f}" '
                f'width="{x(end) - x(start) - 1:.1f}" height="{size:.1f}" fill="#cbb89d"/>'
            )
        parts += [
            f'<line x1="{x(value):.1f}" x2="{x(value):.1f}" y1="{top + height + 2}" '
            f'y2="{top + height + 14}" stroke="#1d4ed8" stroke-width="1.5"/>'
            for value in real[name]
        ]
        parts.append(
            f'<line x1="{left}" x2="{left + width}" y1="{top + height}" y2="{top + height}" '
            'stroke="#666"/>'
        )
        parts += [
            f'<text x="{x(value):.1f}" y="{top + height + 26}" text-anchor="middle" '
            f'font-size="10">{value:.2f}</text>'
            for value in np.linspace(low, high, 5)
        ]
    whole = 120 * len(RATIOS) + 20
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 {whole}" width="600" '
        f'font-family="sans-serif" font-size="12"><rect width="600" height="{whole}" fill="#fff"/>'
        f"{''.join(parts)}</svg>\n"
    )


def main() -> None:
    """Write the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path("docs/figures"))
    parser.add_argument("--real", type=Path, help="folder of real pictures to measure on")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    figures = {"constructions": constructions()}
    if arguments.real is not None:
        drawn, real = shapes(), real_shapes(arguments.real)
        figures["distributions"] = distributions(drawn, real)
        for name in RATIOS:
            told = [np.percentile(values[name], (10, 50, 90)) for values in (drawn, real)]
            print(name, *(np.round(row, 3) for row in told))  # noqa: T201 - it is a benchmark
    for name, figure in figures.items():
        (arguments.folder / f"{name}.svg").write_text(figure, encoding="utf-8")


if __name__ == "__main__":
    main()
