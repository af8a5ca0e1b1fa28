"""``Verdict`` and a person's own answers to guidance, honestly graded."""

from archscan.guidance.answers import (
    Question,
    Sign,
    conditions,
    red_flag_questions,
    signs,
    symptoms,
)
from archscan.guidance.cards import (
    Article,
    Card,
    Source,
    View,
    all_articles,
    all_cards,
    all_sources,
    card,
    figure,
)
from archscan.guidance.select import (
    DISCLAIMER,
    STOP,
    Guidance,
    limits_of,
    meaning_of,
    put_together,
    select,
)

__all__ = [
    "DISCLAIMER",
    "STOP",
    "Article",
    "Card",
    "Guidance",
    "Question",
    "Sign",
    "Source",
    "View",
    "all_articles",
    "all_cards",
    "all_sources",
    "card",
    "conditions",
    "figure",
    "limits_of",
    "meaning_of",
    "put_together",
    "red_flag_questions",
    "select",
    "signs",
    "symptoms",
]
