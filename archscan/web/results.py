"""The last few results, in memory only."""

from __future__ import annotations

import secrets
from collections import OrderedDict

MOST_KEPT = 16
"""Results that can be gone back to or reloaded; a page is some hundred kilobytes."""


class Results:
    """Pages under addresses that nobody can guess; they end with the process."""

    def __init__(self) -> None:
        self._pages: OrderedDict[str, str] = OrderedDict()

    def keep(self, page: str) -> str:
        """Keep a page, and let go of the oldest if there are many.

        Parameters
        ----------
        page
            HTML.

        Returns
        -------
        str
            Its name.
        """
        name = secrets.token_urlsafe(16)
        self._pages[name] = page
        if len(self._pages) > MOST_KEPT:
            self._pages.popitem(last=False)
        return name

    def get(self, name: str) -> str | None:
        """Give a page back.

        Parameters
        ----------
        name
            From :meth:`keep`.

        Returns
        -------
        str or None
            ``None`` when it is no longer, or was never, kept.
        """
        return self._pages.get(name)
