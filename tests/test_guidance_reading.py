"""Plain enough for everyone: no text asks for more than eight years of school."""

from __future__ import annotations

import pytest
import textstat
from test_guidance import CARDS, all_text

from archscan import guidance
from archscan.verdict import Verdict

HIGHEST_GRADE = 8.0

NAMES = {
    # Names that have no plainer word; they stand once beside a plain one.
    "plantar fasciitis": "sore heel",
    "spondylolisthesis": "slipped bone",
    "osteoporosis": "thin bones",
    "acetaminophen": "tablet",
    "ibuprofen": "tablet",
    "paracetamol": "tablet",
    "naproxen": "tablet",
    "physical therapist": "helper",
    "physiotherapist": "helper",
    "podiatrist": "helper",
    "chiropractic": "hands-on",
    "acupuncture": "needles",
    "professional": "helper",
    "emergency": "urgent",
    "Achilles": "heel",
}


def plain(text: str) -> str:
    for name, word in NAMES.items():
        text = text.replace(name, word)
    return text


def grade(text: str) -> float:
    return float(textstat.flesch_kincaid_grade(plain(text)))


@pytest.mark.parametrize("arch", ["high", "neutral", "flat", "borderline"])
def test_what_a_person_reads_first_is_plain(arch: str) -> None:
    verdict = (
        Verdict("neutral", "borderline", "flat", {})
        if arch == "borderline"
        else Verdict(arch, "clear", None, {})
    )
    chosen = guidance.select(verdict)
    said = [guidance.meaning_of(verdict), guidance.limits_of(verdict)]
    text = " ".join([*said, *(all_text()[one.id] for one in chosen.cards)])
    assert grade(text) <= HIGHEST_GRADE


@pytest.mark.parametrize("name", [name for name in all_text() if name != "symptoms"])
def test_no_text_is_hard_to_read(name: str) -> None:
    one = CARDS.get(name)
    # The evidence of a card is written for those who ask for it, a little harder.
    text = all_text()[name] if one is None else " ".join((one.short, one.text, *one.steps))
    assert grade(text) <= HIGHEST_GRADE, text
