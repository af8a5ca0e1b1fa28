"""How well prints are found, outlined and measured: ``python -m benchmarks.segmentation``."""
