"""Writes the scores into the model card, between two marks; the rest is written by hand."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from training.evaluate import FIRST_SEED, Score, median

BEGIN, END = "<!-- scores: begin -->", "<!-- scores: end -->"

SILENT = 0.002
"""Share of a picture without a print that may be called contact: specks, which no
print is made of."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a training run was.

    Attributes
    ----------
    first_seed
        Of the scenes, which are numbered on from it.
    scenes, pictures
        Rendered scenes and the views cut from them.
    steps, batch
        Of training.
    weights
        Numbers the network holds.
    kilobytes
        Size of the ONNX file.
    loss
        Running mean at the end.
    """

    first_seed: int
    scenes: int
    pictures: int
    steps: int
    batch: int
    weights: int
    kilobytes: int
    loss: float


def write_card(path: Path, facts: Facts, scores: list[Score]) -> None:
    """Put facts and scores into the card.

    Parameters
    ----------
    path
        The card, Markdown with the two marks; made if it is not there.
    facts
        Of the training run.
    scores
        Of the network it made.
    """
    card = path.read_text(encoding="utf-8") if path.exists() else f"{BEGIN}\n{END}\n"
    before, rest = card.split(BEGIN)
    after = rest.split(END)[1]
    text = before + BEGIN + "\n" + "\n".join(_lines(facts, scores)) + "\n" + END + after
    temporary = path.with_name(f".{path.name}.part")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)


def _lines(facts: Facts, scores: list[Score]) -> list[str]:
    lines = [
        f"Trained on {facts.pictures:,} views of {facts.scenes:,} rendered scenes (seeds from "
        f"{facts.first_seed:,}),",
        f"{facts.steps:,} steps of {facts.batch} views; last running loss {facts.loss:.4f}.",
        f"{facts.weights:,} weights, {facts.kilobytes:,} kB as ONNX.",
        "",
        f"Scores of the network alone, on scenes from seed {FIRST_SEED:,} that it was not",
        "trained on: each print seen up close, median intersection over union.",
        "",
        "| | prints | sole | toes |",
        "|---|---|---|---|",
    ]
    prints = [score for score in scores if score.content == "print"]
    lines.append(_row("all", prints))
    for field in ("difficulty", "medium", "surface"):
        for value in sorted({getattr(score, field) for score in prints}):
            chosen = [score for score in prints if getattr(score, field) == value]
            lines.append(_row(value, chosen))
    empty = [score.false_share for score in scores if score.content in ("blank", "other")]
    if empty:
        silent = float(np.mean([share <= SILENT for share in empty]))
        lines += ["", f"Whole photos without a print: silent on {silent:.0%} of {len(empty)}."]
    return lines


def _row(name: str, scores: list[Score]) -> str:
    cells = [median([getattr(score, part) for score in scores]) for part in ("sole", "toes")]
    written = ["-" if cell is None else f"{cell:.3f}" for cell in cells]
    return f"| {name} | {len(scores)} | {' | '.join(written)} |"
