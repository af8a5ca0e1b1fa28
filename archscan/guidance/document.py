"""The guidance as a page of the documentation: ``python -m archscan.guidance.document``."""

from __future__ import annotations

import sys
from itertools import groupby

from archscan.guidance.answers import conditions, implied, red_flag_questions, signs, symptoms
from archscan.guidance.cards import (
    DOSES,
    KINDS,
    Card,
    all_articles,
    all_cards,
    all_sources,
    content,
)
from archscan.guidance.select import DISCLAIMER, STOP, before_exercise

TITLES = {
    "red_flag": "Red flags",
    "special_group": "Special groups",
    "mechanism": "What a print can mean",
    "evidence": "What studies found",
    "exercise": "Exercises",
    "footwear": "Shoes and insoles",
    "habit": "Habits, and how to take the test",
    "self_care": "Self-care",
    "condition": "Names people meet",
    "treatment": "Who can help",
    "question": "Questions",
}

FIGURES = "../archscan/guidance/content/figures"


def document() -> str:
    """Write every card, sign, source and omission as one page.

    Returns
    -------
    str
        Markdown.
    """
    lines = [
        "# Guidance",
        "",
        "This page is made from the data files that the program reads:",
        "`python -m archscan.guidance.document > docs/guidance.md`.",
        "",
        f"> {DISCLAIMER}",
        "",
        "Grades are about the claim: strong, moderate, weak, contradicted (studies or",
        "guidelines say otherwise), unsettled (they differ), none.",
    ]
    for kind, cards in groupby(all_cards().values(), key=lambda one: one.kind):
        lines += ["", f"## {TITLES[kind]}"]
        if kind == "exercise":
            lines += ["", STOP]
        for one in cards:
            lines += _card(one)
        if kind == "red_flag":
            lines += ["", "Asked first by `archscan check`:", ""]
            lines += [f"- {question.text}" for question in red_flag_questions()]
    lines += ["", "## Signs a person can tick", "", content("signs")["advice"], ""]
    lines += [f"- {sign.text} ({', '.join(sign.items)})" for sign in signs()]
    lines += ["", "## Symptoms", ""]
    lines += [f"- `{name}`: {words}{_brings(name)}" for name, words in symptoms().items()]
    lines += ["", "## Conditions", ""]
    lines += [f"- `{name}`: {words}" for name, words in conditions().items()]
    return "\n".join([*lines, *_origins(), ""])


def _brings(symptom: str) -> str:
    names = sorted(implied([symptom]))
    told = [f"counts as {' and '.join(f'`{name}`' for name in names)} too"] if names else []
    told += [
        f"with `{pair['condition']}` counts as `{pair['means']}` too"
        for pair in content("symptoms")["together"]
        if pair["symptom"] == symptom
    ]
    if symptom in before_exercise():
        told.append("no exercise before it is seen")
    return f" ({'; '.join(told)})" if told else ""


def _card(one: Card) -> list[str]:
    lines = ["", f"### {one.title}", "", f"`{one.id}`. {one.text}"]
    if one.kind == "exercise":
        lines += ["", f"![{one.title}]({FIGURES}/{one.name}.svg)", "", f"1. {one.start}"]
        lines += [f"{number}. {step}" for number, step in enumerate(one.steps, start=2)]
        lines += ["", f"- How much ({DOSES[one.dose_from]}): {one.dose}"]
        lines += [f"- Easier: {one.easier}", f"- Harder: {one.harder}"]
    else:
        lines += ["", f"- In short: {one.short}"]
    lines += [f"- Take care: {caution}" for caution in one.cautions]
    lines += [
        f'- It is said ({", ".join(view.items)}): "{view.says}" Evidence: {view.grade}.'
        for view in one.views
    ]
    lines.append(f"- Evidence: **{one.grade}**. {one.evidence}")
    for label, names in (
        ("For prints that look", one.classes),
        ("For", (*one.symptoms, *one.conditions)),
        ("Only for", one.only_for),
        ("Left out with", (*one.not_for, *one.not_with)),
        ("Left out without any", one.beside),
        ("Sources", (*one.sources, *one.items)),
    ):
        if names:
            lines.append(f"- {label}: {', '.join(names)}")
    return lines


def _origins() -> list[str]:
    lines = ["", "## Publications", ""]
    for paper in all_sources().values():
        where = f" {paper.journal}." if paper.journal else ""
        doi = f" doi:{paper.doi}" if paper.doi else ""
        lines.append(f"- `{paper.id}`: {paper.authors} ({paper.year}). {paper.title}.{where}{doi}")
    lines += ["", "## Articles", ""]
    lines += [
        f"- `{article.id}`: {article.authors}. {article.about}."
        for article in all_articles().values()
    ]
    lines += ["", "## Carried elsewhere or left out", ""]
    coverage = content("coverage")
    lines += [
        f"- {item['item']} is in the {item['place']}: {item['note']}"
        for item in coverage["elsewhere"]
    ]
    lines += [f"- {item['item']} is left out. {item['reason']}" for item in coverage["omitted"]]
    return lines


if __name__ == "__main__":
    assert set(TITLES) == set(KINDS.values())  # noqa: S101 - a page without a title is no page
    sys.stdout.write(document())
