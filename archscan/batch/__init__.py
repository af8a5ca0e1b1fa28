"""Many photos: found, scored side by side, and written as one table."""

from archscan.batch.dispatch import score_many
from archscan.batch.scoring import Options
from archscan.batch.study import run_batch

__all__ = ["Options", "run_batch", "score_many"]
