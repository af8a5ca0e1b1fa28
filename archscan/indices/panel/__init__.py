"""Further published measures of a print, for interest: none takes part in the verdict."""

from archscan.indices.panel.detail import Detail, details
from archscan.indices.panel.table import PANEL

__all__ = ["PANEL", "Detail", "details"]
