"""What the page asks for, beside the photo itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from archscan.errors import OptionError
from archscan.reasons import Reason

if TYPE_CHECKING:
    from archscan.options import SideOption
    from archscan.sheet import SheetOption


MANY = ("symptom", "condition")
"""Fields that may come several times."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How one photo is to be scanned.

    Attributes
    ----------
    sheet, side, age, symptoms, conditions
        As for :func:`archscan.scan`, which checks them.
    """

    sheet: SheetOption = "auto"
    side: SideOption = "auto"
    age: float | None = None
    symptoms: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()


def asked(fields: Iterable[tuple[str, str]]) -> Asked:
    """Read the page's fields.

    Parameters
    ----------
    fields
        Names and values; ``symptom`` and ``condition`` may come several times, and what is
        left empty counts as not asked.

    Returns
    -------
    Asked
        Not yet checked, but for the age being a number.

    Raises
    ------
    OptionError
        If a name is unknown or the age is no number.
    """
    given: dict[str, list[str]] = {name: [] for name in ("sheet", "side", "age", *MANY)}
    for name, value in fields:
        if name not in given:
            raise OptionError(
                Reason("unknown-field", f"'{name}' is no field of this page.", "Leave it out.")
            )
        if value:
            given[name].append(value)
    return Asked(
        # Checked by the scan, as every caller's are.
        cast("SheetOption", _last(given["sheet"])),
        cast("SideOption", _last(given["side"])),
        _age(given["age"]),
        tuple(given["symptom"]),
        tuple(given["condition"]),
    )


def _last(values: list[str]) -> str:
    return values[-1] if values else "auto"


def _age(values: list[str]) -> float | None:
    if not values:
        return None
    try:
        return float(values[-1])
    except ValueError:
        raise OptionError(
            Reason("bad-age", f"'{values[-1]}' is no age.", "Give years, or leave it empty.")
        ) from None
