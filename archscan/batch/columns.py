"""One row a print: what each column of the table is, and how a record fills it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from archscan.indices import INDICES
from archscan.indices.panel import PANEL
from archscan.indices.reference import SAMPLE, SOURCE

Record = Mapping[str, Any]
Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column, as the data dictionary tells it.

    Attributes
    ----------
    name
        The record's names joined with dots.
    meaning
        In one line.
    unit
        Empty for words and ratios.
    kind
        ``"text"``, ``"integer"`` or ``"number"``.
    source
        Where the definition comes from; empty for our own.
    of_print
        Whether it is read from a print, else from the photo's record.
    """

    name: str
    meaning: str
    unit: str
    kind: str
    source: str = ""
    of_print: bool = True


def _photo(name: str, meaning: str, unit: str = "", kind: str = "text") -> Column:
    return Column(name, meaning, unit, kind, of_print=False)


def _index_columns() -> Iterator[Column]:
    for name, index in INDICES.items():
        for part, meaning in (
            ("value", "the index"),
            ("low", "lower end of its 95 % measuring interval"),
            ("high", "upper end of its 95 % measuring interval"),
        ):
            yield Column(f"indices.{name}.{part}", meaning, "ratio", "number", index.source)
        yield Column(f"indices.{name}.arch", "band the value falls in", "", "text", index.source)


def _detail_columns() -> Iterator[Column]:
    for name, further in PANEL.items():
        for part, meaning in (
            ("value", further.title),
            ("low", "lower end of its interval"),
            ("high", "upper end of its interval"),
        ):
            unit = further.unit
            yield Column(f"details.{name}.{part}", meaning, unit, "number", further.source)
        if further.steps:
            yield Column(f"details.{name}.band", "published band", "", "text", further.source)


COLUMNS: tuple[Column, ...] = (
    _photo("photo", "path below the folder"),
    _photo("status", "measured, refused or unreadable"),
    _photo("reason.code", "why it was not measured"),
    _photo("reason.message", "the same in a sentence"),
    Column("print", "number of the print on the photo, left foot first", "", "integer"),
    Column("side", "left or right, anatomically", "", "text"),
    Column("side_confidence", "0.5 is a guess", "probability", "number"),
    Column("arch", "high, neutral or flat", "", "text"),
    Column("confidence", "clear or borderline", "", "text"),
    Column("neighbour", "the other class of a borderline print", "", "text"),
    *(
        Column(f"probability.{arch}", f"that the print is {arch}", "probability", "number")
        for arch in ("high", "neutral", "flat")
    ),
    *_index_columns(),
    *_detail_columns(),
    Column("reference.band", f"place of the arch index among {SAMPLE} adults", "", "text", SOURCE),
    Column("length_mm", "print length with toes along the axis", "mm", "number"),
    Column("width_mm", "widest forefoot extent", "mm", "number"),
    Column("contact_area_cm2", "area that sole and toes touch", "cm²", "number"),
    *(
        Column(f"landmarks.{name}.{axis}", f"{words}, {axis}", "pixel", "number")
        for name, words in (
            ("heel_center", "centre of the heel"),
            ("toe2_tip", "tip of the second toe"),
            ("axis_tip", "end of the axis"),
        )
        for axis in ("x", "y")
    ),
    Column("warnings", "codes of what a reader should know, with spaces between", "", "text"),
    Column("guidance", "ids of the cards that fit, with spaces between", "", "text"),
    _photo("image.width", "of the photo as it is seen", "pixel", "integer"),
    _photo("image.height", "of the photo as it is seen", "pixel", "integer"),
    _photo("scale.mm_per_px", "by the sheet of paper", "mm/pixel", "number"),
    _photo("scale.sheet", "the sheet of paper beside the print"),
    _photo("scale.tilt_deg", "of the camera, where something shows it", "degree", "number"),
    _photo("version", "of archscan"),
    _photo("schema", "of the record"),
    _photo("photo_warnings", "codes of remarks on the photo as a whole, with spaces between"),
)
"""Every column of the table, in its order."""


def rows(record: Record, study: Mapping[str, str] | None = None) -> list[dict[str, Value]]:
    """Give a record as rows: one a print, or one without measures.

    Parameters
    ----------
    record
        Of one photo.
    study
        Further columns taken from the file's name; they come first.

    Returns
    -------
    list of dict
        Values by column.
    """
    prints: Sequence[Record | None] = record["prints"] or [None]
    return [
        {
            **(study or {}),
            **{column.name: _value(column, record, item, number) for column in COLUMNS},
        }
        for number, item in enumerate(prints, start=1)
    ]


def _value(column: Column, record: Record, item: Record | None, number: int) -> Value:
    source = item if column.of_print else record
    if source is None:
        return None
    special: dict[str, Callable[[Record], Value]] = {
        "print": lambda _: number,
        "warnings": _codes,
        "photo_warnings": _codes,
        "guidance": lambda one: " ".join(one["guidance"]),
    }
    if column.name in special:
        return special[column.name](source)
    return _reached(source, column.name)


def _codes(one: Record) -> str:
    return " ".join(caution["code"] for caution in one["warnings"])


def _reached(values: Any, name: str) -> Value:  # noqa: ANN401 - JSON holds anything
    """Follow a dotted name; ``x`` and ``y`` are a point's two numbers."""
    for part in name.split("."):
        if values is None:
            return None
        if isinstance(values, list):
            values = values[("x", "y").index(part)]
        else:
            values = values.get(part)
    found: Value = values
    return found
