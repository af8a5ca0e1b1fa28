"""Who may use a page that a whole network can reach."""

from __future__ import annotations

import secrets
from collections.abc import Callable

KEY_BYTES = 16
"""Of chance in a key: nobody guesses 128 bits."""


class Keys:
    """Links that let one device in each, and the devices that are in.

    A link is spent by the first device that follows it; the next link is shown then. All
    of them end with the process.

    Parameters
    ----------
    show
        Called with each new key, for a person to see.
    """

    def __init__(self, show: Callable[[str], None]) -> None:
        self._show = show
        self._devices: list[str] = []
        self._key = secrets.token_urlsafe(KEY_BYTES)
        show(self._key)

    def enter(self, key: str) -> str | None:
        """Let a device in.

        Parameters
        ----------
        key
            From the link it followed.

        Returns
        -------
        str or None
            What it shows from now on to be known, or ``None`` for a wrong or spent key.
        """
        if not _same(key, self._key):
            return None
        device = secrets.token_urlsafe(KEY_BYTES)
        self._devices.append(device)
        self._key = secrets.token_urlsafe(KEY_BYTES)
        self._show(self._key)
        return device

    def knows(self, device: str) -> bool:
        """Tell whether a device was let in.

        Parameters
        ----------
        device
            What it shows.

        Returns
        -------
        bool
            Whether :meth:`enter` gave this out.
        """
        return any(_same(device, known) for known in self._devices)


def _same(given: str, kept: str) -> bool:
    return secrets.compare_digest(given.encode(), kept.encode())
