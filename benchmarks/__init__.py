"""Measurements of archscan on fresh renders and, where they are at hand, on real prints."""
