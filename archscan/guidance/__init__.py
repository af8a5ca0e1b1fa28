"""``Verdict`` and a person's own answers to guidance, honestly graded."""

from archscan.guidance.cards import Card, Source, all_cards, all_sources, card
from archscan.guidance.select import (
    DISCLAIMER,
    Guidance,
    conditions,
    limits_of,
    meaning_of,
    select,
    symptoms,
)

__all__ = [
    "DISCLAIMER",
    "Card",
    "Guidance",
    "Source",
    "all_cards",
    "all_sources",
    "card",
    "conditions",
    "limits_of",
    "meaning_of",
    "select",
    "symptoms",
]
