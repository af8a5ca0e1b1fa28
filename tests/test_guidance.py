"""The content is complete, honest and safe; the choice of it fits the person."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from archscan import guidance
from archscan.errors import OptionError
from archscan.guidance.cards import DOSES, KINDS, Grade, content
from archscan.report.guide_text import HEADINGS
from archscan.verdict import Verdict

CARDS = guidance.all_cards()
ARCHES = ("high", "neutral", "flat")
SEEDS = Path(__file__).parents[1].parent / "shared" / "seeds"

FORBIDDEN = re.compile(
    r"\b(detect\w*|disease\w*|abnormal\w*|collapsed|corrects? your arch|"
    r"you need orthotics|treats|diagnos(?!is\b|e or treat)\w*)\b",
    re.IGNORECASE,
)


def verdict(arch: str, neighbour: str | None = None) -> Verdict:
    return Verdict(arch, "borderline" if neighbour else "clear", neighbour, {})


def words_of(one: guidance.Card) -> str:
    parts = (one.title, one.short, one.text, one.evidence, one.dose, one.start, *one.steps)
    views = (view.says for view in one.views)
    return " ".join((*parts, one.easier, one.harder, *one.cautions, *views))


def all_text() -> dict[str, str]:
    texts = {one.id: words_of(one) for one in CARDS.values()}
    words = content("classes")
    texts["classes"] = " ".join([*words["meaning"].values(), *words["limits"].values()])
    texts["symptoms"] = " ".join([*guidance.symptoms().values(), *guidance.conditions().values()])
    texts["stop"] = guidance.STOP
    texts["questions"] = " ".join(item.text for item in guidance.red_flag_questions())
    texts["signs"] = " ".join(item.text for item in guidance.signs()) + content("signs")["advice"]
    plan = content("plan")
    stages = [stage["text"] for stage in plan["stage"]]
    texts["plan"] = " ".join(
        [plan["intro"], plan["stop"], plan["retest"], plan["without"], *stages]
    )
    articles = [article.about for article in guidance.all_articles().values()]
    coverage = content("coverage")
    texts["coverage"] = " ".join(
        [*articles, *(item["reason"] for item in coverage["omitted"])]
        + [item["note"] for item in coverage["elsewhere"]]
    )
    return texts


@pytest.mark.parametrize("one", CARDS.values(), ids=CARDS)
def test_every_card_is_complete(one: guidance.Card) -> None:
    assert one.title
    assert one.short
    assert one.text
    assert one.evidence
    assert one.grade in get_args(Grade)
    assert set(one.classes) <= set(ARCHES)
    assert set(one.symptoms) <= set(guidance.symptoms())
    assert set(one.not_for) <= set(guidance.conditions())
    assert set(one.only_for) <= set(guidance.conditions())
    assert set(one.not_with) <= set(guidance.symptoms())
    assert set(one.sources) <= set(guidance.all_sources())
    assert all(re.fullmatch(r"S[0-4]-\d+", item) for item in one.items)
    assert set(one.conditions) <= set(guidance.conditions())
    assert one.sources or one.articles
    assert set(one.articles) <= set(guidance.all_articles())
    for view in one.views:
        assert view.says
        assert view.grade in get_args(Grade)
        assert all(re.fullmatch(r"S[0-4]-\d+", item) for item in view.items)
    if one.kind == "exercise":
        assert one.start
        assert one.easier
        assert one.harder
        assert guidance.figure(one).startswith("<svg")
        # Pages hold no address at all.
        assert "http" not in guidance.figure(one)
        assert one.steps
        assert one.dose
        assert one.dose_from in DOSES


@pytest.mark.parametrize("name", all_text())
def test_no_word_that_promises_frightens_or_diagnoses(name: str) -> None:
    assert not FORBIDDEN.search(all_text()[name])


@pytest.mark.parametrize(
    "one", [one for one in CARDS.values() if one.kind == "exercise"], ids=lambda one: one.id
)
def test_an_exercise_of_one_limb_says_that_the_other_has_its_turn(one: guidance.Card) -> None:
    if re.search(r"\b(one|the) (foot|leg|knee|ankle)\b", " ".join((one.start, *one.steps))):
        assert re.search("each|both|feet", f"{one.start} {one.dose}")


def test_a_grade_that_is_a_claims_names_the_claim_in_plain_words() -> None:
    told = [one.evidence for one in CARDS.values() if "claim" in one.evidence]
    assert all(re.match("The grade is for the .*claim|.*No study .* claim", one) for one in told)


def test_how_long_to_stand_is_told_alike_wherever_the_test_is_explained() -> None:
    page = Path(__file__).parents[1] / "docs" / "photo.md"
    for words in (CARDS["hb.wet_test"].text, page.read_text(encoding="utf-8")):
        assert "two or three seconds" in " ".join(words.split())


@pytest.mark.parametrize("product", ["FoosFoot", "Enso", "Advil", "Motrin", "Aleve", "Tylenol"])
def test_no_product_is_named(product: str) -> None:
    names = " ".join(article.authors for article in guidance.all_articles().values())
    assert product not in f"{names} {' '.join(all_text().values())}"


def test_who_helps_has_the_same_name_on_every_card() -> None:
    named = {name: text for name, text in all_text().items() if "physical therapist" in text}
    assert set(named) == {"tx.pt"}
    assert "A physiotherapist (physical therapist)" in named["tx.pt"]
    assert not [name for name, text in all_text().items() if "provider" in text]


def test_a_dose_is_called_an_articles_only_as_far_as_one_gives_it() -> None:
    given = {one.id: one.dose_from for one in CARDS.values() if one.dose}
    held = {"ex.short_foot", "ex.toe_yoga", "ex.toe_splay", "ex.balance"}
    assert {name for name, whose in given.items() if whose == "both"} == held
    assert {name for name, whose in given.items() if whose == "article"} == {"ex.df_pf"}
    assert all("seconds" in CARDS[name].dose for name in held)


def test_six_questions_name_every_red_flag_that_a_person_can_say() -> None:
    assert len(guidance.red_flag_questions()) == 6
    asked = {one for question in guidance.red_flag_questions() for one in question.symptoms}
    assert asked == {*CARDS["rf.emergency"].symptoms, *CARDS["rf.soon"].symptoms}


def test_signs_name_known_symptoms_and_all_that_they_speak_of() -> None:
    named = {sign.id: sign.symptoms for sign in guidance.signs()}
    assert {one for symptoms in named.values() for one in symptoms} <= set(guidance.symptoms())
    assert named["standing_ache"] == ("back-pain",)
    assert named["both"] == ("foot-pain", "back-pain")


def test_every_symptom_leads_somewhere() -> None:
    for name in guidance.symptoms():
        chosen = guidance.select(None, symptoms=[name])
        assert any(name in one.symptoms for one in chosen.cards), name


@pytest.mark.parametrize("arch", ARCHES)
def test_each_class_gets_its_meaning_exercises_and_shoes(arch: str) -> None:
    chosen = guidance.select(verdict(arch))
    kinds = [one.kind for one in chosen.cards]
    assert f"mech.{arch}" in chosen.ids
    assert 1 <= kinds.count("exercise") <= 5
    assert "footwear" in kinds
    assert "red_flag" not in kinds
    assert not {f"mech.{other}" for other in ARCHES if other != arch} & set(chosen.ids)


@pytest.mark.parametrize("arch", ARCHES)
def test_red_flags_come_first_when_a_person_ticks_them_and_only_then(arch: str) -> None:
    ticked = guidance.select(verdict(arch), symptoms=["heel-pain", "groin-numbness"])
    assert ticked.ids[0] == "rf.emergency"
    assert "rf.emergency" not in guidance.select(verdict(arch), symptoms=["heel-pain"]).ids


@pytest.mark.parametrize(
    "why",
    ["fever", "lift", "calf", "tendon", "went flat", "diabetes", "wound", "hot, swollen foot"],
)
def test_one_line_of_the_urgent_card_says_today_where_the_whole_does(why: str) -> None:
    one = guidance.card("rf.soon")
    for words in (one.short, one.text):
        assert why in words.split("Go today", maxsplit=1)[1]


def test_a_borderline_print_gets_what_both_classes_share() -> None:
    chosen = guidance.select(verdict("neutral", "flat"))
    assert {"mech.neutral", "mech.flat"} <= set(chosen.ids)
    for one in chosen.cards:
        if one.kind != "mechanism" and one.classes:
            assert {"neutral", "flat"} <= set(one.classes)


def exercises_of(one: guidance.Guidance) -> list[str]:
    return [card.id.split(".")[1] for card in one.of_kind("exercise")]


def test_of_a_borderline_print_s_exercises_those_come_first_that_suit_its_worse_class() -> None:
    order = content("plan")["order"]
    chosen = exercises_of(guidance.select(verdict("neutral", "flat")))
    listed = set(order["neutral"]) & set(order["flat"])
    places = {name: max(order[arch].index(name) for arch in ("neutral", "flat")) for name in listed}
    assert chosen[:4] == sorted(listed, key=lambda name: places[name])[:4]


def minutes_of(dose: str) -> float:
    """About how long a dose takes, where a repetition that is not held takes four seconds."""

    def middle(pattern: str, otherwise: float) -> float:
        found = re.search(rf"(\d+)(?: (?:to|or) (\d+))?(?: slow)? {pattern}", dose)
        return (int(found[1]) + int(found[2] or found[1])) / 2 if found else otherwise

    held = 60 * middle("minutes", 0) or middle("seconds", 4)
    sides = 2 if re.search(r"each|a side", dose) else 1
    return held * middle("(?:times|pulls)", 1) * middle("rounds", 1) * sides / 60


@pytest.mark.parametrize("arch", ARCHES)
def test_the_doses_of_a_print_s_exercises_add_up_to_the_minutes_that_are_told(arch: str) -> None:
    doses = [one.dose for one in guidance.select(verdict(arch)).of_kind("exercise")]
    assert len(doses) == 5
    assert sum(map(minutes_of, doses)) == pytest.approx(10, abs=2)
    assert "ten minutes" in content("plan")["intro"]
    assert HEADINGS["exercise"] == "Ten minutes a day"


def test_a_symptom_names_some_of_the_exercises_and_the_print_the_others() -> None:
    for_print = exercises_of(guidance.select(verdict("high")))
    chosen = exercises_of(guidance.select(verdict("high"), symptoms=["back-pain"]))
    for_back = [
        one.id.split(".")[1]
        for one in guidance.all_cards().values()
        if one.kind == "exercise" and "back-pain" in one.symptoms
    ]
    assert len(for_back) > 3
    # Those for the back in their own order, not in the cards' one.
    assert chosen == sorted(for_back, key=content("plan")["order"]["any"].index)[:3] + for_print[:2]


def test_without_a_class_comes_what_holds_for_every_class() -> None:
    shared = set.intersection(*(set(guidance.select(verdict(arch)).ids) for arch in ARCHES))
    chosen = guidance.select(None)
    assert shared <= set(chosen.ids)
    assert all(set(one.classes) == set(ARCHES) for one in chosen.cards)
    assert {"exercise", "footwear", "habit"} <= {one.kind for one in chosen.cards}


@pytest.mark.parametrize("arch", ARCHES)
def test_what_is_chosen_for_one_print_or_twice_stays_as_it_is(arch: str) -> None:
    ids = guidance.select(verdict(arch), symptoms=["back-pain"]).ids
    assert guidance.put_together([ids]) == guidance.put_together([ids, ids]) == ids
    assert guidance.put_together([]) == ()


def test_two_feet_that_differ_get_one_short_list_in_the_order_to_be_read() -> None:
    feet = [guidance.select(verdict(arch), symptoms=["severe-pain"]) for arch in ("high", "flat")]
    ids = guidance.put_together([one.ids for one in feet])
    kinds = [CARDS[number].kind for number in ids]
    assert ids[0] == "rf.soon"
    assert sorted(kinds, key=list(KINDS.values()).index) == kinds
    assert {number for one in feet for number in one.ids} - set(ids) == {
        "ex.toe_splay", "ex.tib_raise", "ex.calf_raise", "ex.arch_raise",
    }  # fmt: skip
    assert [number for number in ids if CARDS[number].kind == "exercise"] == [
        "ex.balance", "ex.calf_stretch", "ex.short_foot", "ex.foot_roll", "ex.big_toe_press",
    ]  # fmt: skip


def test_a_condition_takes_cards_away() -> None:
    assert "hb.barefoot" in guidance.select(verdict("flat")).ids
    assert "hb.barefoot" not in guidance.select(verdict("flat"), conditions=["diabetes"]).ids


def test_children_get_no_exercises() -> None:
    chosen = guidance.select(verdict("flat"), age=9)
    assert not [one for one in chosen.cards if one.kind == "exercise"]


def test_an_unknown_symptom_names_the_nearest() -> None:
    with pytest.raises(OptionError, match=r"Did you mean 'heel-pain'\? Known are: "):
        guidance.select(None, symptoms=["heal-pain"])
    with pytest.raises(OptionError, match=r"Did you mean 'diabetes'\? Known are: "):
        guidance.select(None, conditions=["diabetis"])


@pytest.mark.parametrize(
    ("answers", "hint"),
    [
        ({"conditions": ["unsteady"]}, "It is a symptom: name it as one. Known are: "),
        ({"symptoms": ["balance"]}, "It is a condition: name it as one. Known are: "),
    ],
)
def test_a_name_from_the_other_list_is_told_so(answers: dict, hint: str) -> None:
    with pytest.raises(OptionError) as caught:
        guidance.select(None, **answers)
    assert hint in caught.value.reason.advice


@pytest.mark.parametrize("name", [7, None, ["heel-pain"], b"heel-pain"])
def test_what_is_no_word_is_no_name_of_a_symptom(name: object) -> None:
    with pytest.raises(OptionError, match="is not a symptom archscan knows"):
        guidance.select(None, symptoms=[name])  # type: ignore[list-item]


def test_what_is_like_no_symptom_names_them_all() -> None:
    with pytest.raises(OptionError) as caught:
        guidance.select(None, symptoms=["xyzzy"])
    assert caught.value.reason.advice == f"Known are: {', '.join(guidance.symptoms())}."


def test_the_finding_against_the_flat_foot_story_is_told() -> None:
    for arch in ARCHES:
        assert "1,930 adults" in guidance.limits_of(verdict(arch))
    assert "1,930 adults" in guidance.card("mech.flat").evidence


@pytest.mark.parametrize(
    "name",
    ["mech.chain", "ev.standing_arch", "fw.support", "fw.ortho", "hb.barefoot", "hb.landing"],
)
def test_where_articles_disagree_each_side_is_told_and_graded(name: str) -> None:
    sides = [{item.split("-")[0] for item in view.items} for view in CARDS[name].views]
    assert len(sides) >= 2
    assert any(not one & other for one in sides for other in sides)
    own = {item.split("-")[0] for item in CARDS[name].items}
    assert CARDS[name].articles == tuple(sorted(own.union(*sides)))


@pytest.mark.parametrize(
    ("number", "promise"),
    [
        ("cd.plantar_fasciitis", "nearly always"),
        ("cd.knee", "help knees most"),
        ("cd.weak_ankle", "lower the chance"),
        ("fw.ortho", "Guidelines advise"),
        ("sp.child", "nearly all"),
        ("tx.gait", "promising"),
        ("ev.recruits", "strongly"),
        ("ex.toe_splay", "and helps balance"),
        ("ex.big_toe_press", "makes the push-off"),
        ("ex.glute_stretch", " eases hips"),
    ],
)
def test_no_card_promises_more_than_its_evidence_holds(number: str, promise: str) -> None:
    assert promise.lower() not in words_of(CARDS[number]).lower()


def test_no_more_is_promised_of_the_short_foot_than_its_trials_show() -> None:
    told = CARDS["ex.short_foot"].evidence
    for words in ("a little help", "none on the whole", "six weeks", "No study shows"):
        assert words in told


@pytest.mark.parametrize("number", ["ex.short_foot", "hb.micro", "fq.how_fast"])
def test_weeks_are_told_from_a_review_that_counted_them(number: str) -> None:
    assert "six weeks" in CARDS[number].evidence
    assert "cheng2024" in CARDS[number].sources


def test_who_looks_at_a_flat_print_hears_that_padding_may_flatten_it() -> None:
    assert "Soft padding" in guidance.card("mech.flat").text
    assert "mech.flat" in guidance.select(verdict("flat")).ids


@pytest.mark.parametrize("arch", ARCHES)
def test_words_for_a_clear_print_name_its_class_alone(arch: str) -> None:
    assert re.findall(r"falls in the (.+) band", guidance.meaning_of(verdict(arch))) == [arch]


def test_words_for_a_borderline_print_name_both_classes() -> None:
    words = guidance.meaning_of(verdict("high", "neutral"))
    assert "high" in words
    assert "neutral" in words


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the source articles are not at hand")
def test_no_eight_words_in_a_row_are_an_articles() -> None:
    def runs(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"[a-z0-9']+", text.lower())
        return {tuple(words[start : start + 8]) for start in range(len(words) - 7)}

    articles = set()
    for path in SEEDS.glob("*.txt"):
        articles |= runs(path.read_text(encoding="utf-8"))
    for name, text in all_text().items():
        assert not runs(text) & articles, name
