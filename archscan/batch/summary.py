"""What a batch came to, counted as it goes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from archscan.report.lines import legible
from archscan.report.words import counted


@dataclass(slots=True)
class Summary:
    """Counts over the photos of a batch.

    Attributes
    ----------
    photos, prints
        How many.
    kept
        Of the photos, how many were done by an earlier run.
    reasons
        Photos not measured, by status and code.
    classes
        Prints by class and confidence.
    seconds
        This run took.
    unread
        Names of folders whose photos are not among them.
    """

    photos: int = 0
    prints: int = 0
    kept: int = 0
    reasons: Counter[tuple[str, str]] = field(default_factory=Counter)
    classes: Counter[tuple[str, str]] = field(default_factory=Counter)
    seconds: float = 0.0
    unread: Sequence[str] = ()

    def add(self, record: Mapping[str, Any]) -> None:
        """Count one photo.

        Parameters
        ----------
        record
            Its record.
        """
        self.photos += 1
        self.prints += len(record["prints"])
        if record["reason"] is not None:
            self.reasons[record["status"], record["reason"]["code"]] += 1
        for item in record["prints"]:
            self.classes[item["arch"] or "no class", item["confidence"] or ""] += 1

    def lines(self) -> list[str]:
        """Say it.

        Returns
        -------
        list of str
            Plain lines.
        """
        by_status: Counter[str] = Counter()
        for (status, _), count in self.reasons.items():
            by_status[status] += count
        measured = self.photos - sum(by_status.values())
        said = [
            f"{counted(self.photos, 'photo')}: {measured} measured "
            f"({counted(self.prints, 'print')}), "
            f"{by_status['refused']} refused, {by_status['unreadable']} unreadable"
        ]
        for (arch, confidence), count in sorted(self.classes.items()):
            said.append(f"  {arch} {confidence}".rstrip() + f": {count}")
        for (status, code), count in sorted(self.reasons.items()):
            said.append(f"  {status}, {code}: {count}")
        if self.unread:
            names = ", ".join(legible(name) for name in self.unread)
            said.append(f"{counted(len(self.unread), 'folder')} could not be read: {names}")
        done = self.photos - self.kept
        if self.kept:
            verb = "was" if self.kept == 1 else "were"
            said.append(f"{self.kept} {verb} done already, {done} now")
        if done and self.seconds > 0:
            said.append(f"{done / self.seconds:.1f} photos a second")
        return said
