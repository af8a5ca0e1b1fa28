"""What every drawn figure is made on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True)
class Scale:
    """Where values lie along one way of a figure.

    Attributes
    ----------
    first, last
        Two values that differ.
    first_at, last_at
        Where they lie, SVG units.
    """

    first: float
    last: float
    first_at: float
    last_at: float

    def place(self, value: float) -> float:
        """Tell where a value lies.

        Parameters
        ----------
        value
            Any.

        Returns
        -------
        float
            SVG units.
        """
        share = (value - self.first) / (self.last - self.first)
        return self.first_at + share * (self.last_at - self.first_at)


def svg(title: str, width: float, height: float, parts: Sequence[str], font_size: int = 13) -> str:
    """Put drawn parts on white paper.

    Parameters
    ----------
    title
        What it shows, for readers who hear a page and do not see it.
    width, height
        Of the drawing, SVG units.
    parts
        SVG elements.
    font_size
        Of their words, SVG units.

    Returns
    -------
    str
        SVG.
    """
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" '
        f'font-family="sans-serif" font-size="{font_size}" role="img">\n'
        f"<title>{escape(title)}</title>\n"
        f'<rect width="{width:.0f}" height="{height:.0f}" fill="#fff"/>\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )
