"""What every report says of a guidance card in the same words."""

from __future__ import annotations

from collections.abc import Sequence

from archscan.guidance import Card, all_articles, all_sources
from archscan.guidance.cards import DOSES

WHEN_TO_SEE_A_DOCTOR = "When to see a doctor"
"""What leads to the red flags of somebody who has named none."""

FOR_EVERYBODY = ("rf.emergency", "rf.soon")
"""The red flags that are always within reach."""

ASK_FIRST = f"{WHEN_TO_SEE_A_DOCTOR}: archscan check"
"""The same where nothing can be unfolded: the command that asks."""


def dose_words(one: Card) -> str:
    """Tell how much of an exercise is meant, and who says so.

    Parameters
    ----------
    one
        Any card.

    Returns
    -------
    str
        Empty for a card without a dose.
    """
    return f"{one.dose} ({DOSES[one.dose_from]})" if one.dose else ""


def article_names(ids: Sequence[str]) -> str:
    """Name the authors of articles.

    Parameters
    ----------
    ids
        Of the articles, in their order.

    Returns
    -------
    str
        With commas between them.
    """
    return ", ".join(all_articles()[number].authors for number in ids)


def sources(one: Card) -> str:
    """Name what a card rests on.

    Parameters
    ----------
    one
        Any card.

    Returns
    -------
    str
        Studies by first author and year, then who published the advice.
    """
    papers = [all_sources()[number] for number in one.sources]
    named = [f"{_short_name(paper.authors)} {paper.year}" for paper in papers]
    articles = article_names(one.articles)
    return "; ".join([*named, *([f"articles by {articles}"] if articles else [])])


def _short_name(authors: str) -> str:
    """First author's surname, or the whole name of an organisation."""
    people = "," in authors or "colleagues" in authors
    return authors.split()[0] if people else authors
