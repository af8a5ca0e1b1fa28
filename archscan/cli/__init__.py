"""A person's request to ``scan`` to a report; arguments only."""

from archscan.cli.entry import main

__all__ = ["main"]
