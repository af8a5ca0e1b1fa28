"""Measures the arch of a wet footprint from a photo.

``archscan.scan(photo)`` measures a photo, ``archscan.measure(mask)`` a mask.
Everything heavy is imported when it is first used.
"""

from __future__ import annotations

import logging
from importlib import import_module
from typing import TYPE_CHECKING

from archscan.version import __version__

if TYPE_CHECKING:
    from archscan.batch import score_many
    from archscan.errors import (
        ArchscanError,
        OptionError,
        OutputError,
        UnreadablePhotoError,
    )
    from archscan.findings import Print, Scan
    from archscan.scanning import measure, scan

__all__ = [
    "ArchscanError",
    "OptionError",
    "OutputError",
    "Print",
    "Scan",
    "UnreadablePhotoError",
    "__version__",
    "measure",
    "scan",
    "score_many",
]

_HOMES = {
    "ArchscanError": "archscan.errors",
    "OptionError": "archscan.errors",
    "OutputError": "archscan.errors",
    "UnreadablePhotoError": "archscan.errors",
    "Print": "archscan.findings",
    "Scan": "archscan.findings",
    "measure": "archscan.scanning",
    "scan": "archscan.scanning",
    "score_many": "archscan.batch",
}

logging.getLogger("archscan").addHandler(logging.NullHandler())


if not TYPE_CHECKING:  # A type checker would take any misspelt name for one of ours.

    def __getattr__(name: str) -> object:
        if name in _HOMES:
            return getattr(import_module(_HOMES[name]), name)
        raise AttributeError(f"module 'archscan' has no attribute '{name}'")


def __dir__() -> list[str]:
    return sorted(__all__)
