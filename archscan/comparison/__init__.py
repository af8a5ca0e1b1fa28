"""Two records of the same foot: what changed, and whether that can be told from error."""

from archscan.comparison.change import Change, changes, further_changes
from archscan.comparison.reading import Reading, readings

__all__ = ["Change", "Reading", "changes", "further_changes", "readings"]
