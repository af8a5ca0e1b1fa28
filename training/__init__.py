"""Trains the segmentation network on rendered prints; the only place that knows torch."""
