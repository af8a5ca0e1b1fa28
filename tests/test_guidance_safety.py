"""Nothing is offered that does not suit what a person said, in whatever words they said it."""

from __future__ import annotations

import re

import pytest

from archscan import guidance
from archscan.guidance import select
from archscan.guidance.cards import content
from archscan.guidance.select import before_exercise
from archscan.verdict import Verdict

CARDS = guidance.all_cards()
ARCHES = ("high", "neutral", "flat")
RED_FLAGS = [name for number in ("rf.emergency", "rf.soon") for name in CARDS[number].symptoms]
STANDING = {one.id for one in CARDS.values() if one.kind == "exercise" and "balance" in one.not_for}


def chosen(arch: str | None, *symptoms: str, **answers) -> guidance.Guidance:
    verdict = None if arch is None else Verdict(arch, "clear", None, {})
    return guidance.select(verdict, symptoms=symptoms, **answers)


def test_what_symptoms_imply_is_known() -> None:
    for symptom, conditions in content("symptoms")["implied"].items():
        assert symptom in guidance.symptoms()
        assert set(conditions) <= set(guidance.conditions())


@pytest.mark.parametrize("arch", ARCHES)
@pytest.mark.parametrize("symptom", ["injury", "tendon-snap", "cannot-bear-weight", "foot-wound"])
def test_after_an_injury_no_exercise_is_offered(arch: str, symptom: str) -> None:
    found = chosen(arch, symptom, "back-pain", "heel-pain", "leg-pain")
    assert not found.of_kind("exercise")
    assert not {"hb.micro", "hb.barefoot"} & set(found.ids)
    assert "sp.injury" in found.ids


@pytest.mark.parametrize("arch", ARCHES)
@pytest.mark.parametrize("symptom", ["numbness", "foot-drop", "foot-wound"])
def test_feet_that_may_not_feel_are_not_rolled_bared_or_iced(arch: str, symptom: str) -> None:
    found = chosen(arch, symptom, "heel-pain", "back-pain")
    assert not {"ex.foot_roll", "hb.barefoot", "sc.ice_heat"} & set(found.ids)
    assert "sp.numb_feet" in found.ids


@pytest.mark.parametrize("condition", ["diabetes", "neuropathy", "poor-circulation"])
def test_who_may_not_go_barefoot_is_told_how_to_exercise(condition: str) -> None:
    found = chosen("flat", "heel-pain", conditions=[condition])
    assert any("barefoot" in one.start for one in found.of_kind("exercise"))
    first = found.cards[0]
    assert first.id == "sp.numb_feet"
    assert "barefoot, wear shoes" in first.text
    assert "in shoes" in first.short


@pytest.mark.parametrize("condition", ["diabetes", "neuropathy", "poor-circulation"])
def test_no_card_asks_feet_that_may_not_feel_to_be_rolled_on_a_ball(condition: str) -> None:
    found = chosen("high", "heel-pain", "foot-pain", conditions=[condition])
    names = guidance.card("cd.plantar_fasciitis").cautions[0]
    assert all(word in names for word in ("diabetes", "cannot feel", "poor circulation"))
    for one in found.cards:
        if re.search("(?i)rolling|rolled on", one.text) and one.kind != "special_group":
            assert any("No rolling" in caution for caution in one.cautions), one.id


@pytest.mark.parametrize("arch", ARCHES)
@pytest.mark.parametrize(
    "symptom", [*CARDS["rf.emergency"].symptoms, "calf-swelling", "fever", "foot-drop"]
)
def test_what_must_be_seen_today_is_seen_before_any_exercise(arch: str, symptom: str) -> None:
    found = chosen(arch, symptom, "heel-pain", "calf-tightness")
    assert not found.of_kind("exercise")
    assert "hb.micro" not in found.ids
    assert "no exercises" in found.cards[0].text
    assert f"mech.{arch}" in found.ids


@pytest.mark.parametrize("arch", ARCHES)
def test_nobody_begins_with_the_weakness_that_is_to_stop_an_exercise(arch: str) -> None:
    assert "new weakness" in guidance.STOP
    found = chosen(arch, "new-weakness", "heel-pain")
    assert not found.of_kind("exercise")
    assert re.search("weakness is new[^.]*start no exercises before", found.cards[0].text)


@pytest.mark.parametrize("symptom", ["fever", "foot-drop", "calf-swelling", "tendon-snap"])
def test_what_the_card_sends_people_for_today_comes_before_any_exercise(symptom: str) -> None:
    words = {"foot-drop": "cannot be lifted", "calf-swelling": "calf", "tendon-snap": "tendon"}
    today = CARDS["rf.soon"].text.split("Go today, and start no exercises before", maxsplit=1)[1]
    assert words.get(symptom, symptom) in today.split(".", maxsplit=1)[0]
    assert not chosen("flat", symptom).of_kind("exercise")


def test_a_swollen_calf_with_short_breath_is_an_emergency() -> None:
    (words,) = [one for one in CARDS["rf.soon"].text.split(". ") if "emergency services" in one]
    assert all(sign in words for sign in ("calf", "short of breath", "chest"))


@pytest.mark.parametrize("arch", ARCHES)
@pytest.mark.parametrize(("symptoms", "conditions"), [(["unsteady"], []), ([], ["balance"])])
def test_who_may_fall_stays_seated(arch: str, symptoms: list, conditions: list) -> None:
    assert STANDING
    found = chosen(arch, *symptoms, "ankle-sprains", "calf-tightness", conditions=conditions)
    assert found.of_kind("exercise")
    assert not STANDING & set(found.ids)
    assert "sp.balance" in found.ids


@pytest.mark.parametrize(
    ("symptom", "words"),
    [
        ("bladder-or-bowel-trouble", "feel"),
        ("sexual-trouble", "sex"),
        ("groin-numbness", "inner thighs"),
        ("leg-weakness", "weakness or numbness in both legs"),
        ("severe-pain", "wakes you at night"),
        ("new-back-pain-after-50", "back pain that is new after"),
        ("new-weakness", "weakness"),
        ("fever", "ill"),
        ("fracture-risk", "steroids"),
        ("tendon-snap", "snap|popped"),
        ("tendon-snap", "flat at once"),
        ("foot-wound", "does not heal"),
    ],
)
def test_what_guidelines_warn_of_can_be_said_and_is_asked(symptom: str, words: str) -> None:
    asked = [one.text for one in guidance.red_flag_questions() if symptom in one.symptoms]
    answer = chosen(None, symptom).cards[0]
    assert answer.kind == "red_flag"
    for text in (guidance.symptoms()[symptom], *asked, answer.text):
        assert re.search(f"(?i){words}", text), text


def test_an_emergency_is_now_in_its_title_as_in_its_text() -> None:
    one = CARDS["rf.emergency"]
    assert all(re.search(r"\bnow\b", words) for words in (one.title, one.short, one.text))
    assert "today" not in f"{one.title} {one.short} {one.text}"


def test_only_back_pain_that_is_new_sends_older_people_to_a_doctor() -> None:
    assert chosen("flat", "new-back-pain-after-50", "back-pain", age=70).ids[0] == "rf.soon"
    known = chosen("flat", "back-pain", age=70)
    assert not known.of_kind("red_flag")
    (discs,) = [one for one in known.cards if one.id == "cd.ddd"]
    assert any("new after 50" in caution for caution in discs.cautions)


@pytest.mark.parametrize("arch", [None, *ARCHES])
@pytest.mark.parametrize(
    "symptom", ["cannot-bear-weight", "tendon-snap", "foot-wound", "leg-weakness"]
)
def test_a_foot_that_is_sore_or_cannot_stand_makes_no_print(arch: str | None, symptom: str) -> None:
    assert "hb.wet_test" in chosen(arch).ids
    assert "hb.wet_test" not in chosen(arch, symptom).ids
    assert "Make no print with a sore" in CARDS["sp.numb_feet"].text


@pytest.mark.parametrize("said", [{"symptoms": ["injury"]}, {"conditions": ["recent-injury"]}])
def test_a_foot_that_may_not_carry_a_person_yet_makes_no_print(said: dict) -> None:
    (told,) = [one for one in select(None, **said).cards if one.id == "sp.injury"]
    assert re.search("no print before[^.]*full weight", told.text)


def test_who_has_epilepsy_swims_and_makes_the_print_with_someone_near() -> None:
    found = chosen("flat", "back-pain", conditions=["epilepsy"])
    assert found.ids[0] == "sp.epilepsy"
    assert any("swimming" in one.start for one in found.cards)
    for words in (found.cards[0].text, found.cards[0].short):
        assert re.search("(?i)swim", words)
        assert re.search("cycle", words)
        assert re.search("(?i)make the print", words)


@pytest.mark.parametrize(
    ("condition", "first", "caution"),
    [
        ("pacemaker", "Use no electrical pads", "Not with a pacemaker;"),
        ("epilepsy", "ask[^.]* electrical pads", "epilepsy[^.]* only after advice"),
        ("pregnancy", "Ask[^.]* electrical pads", "pregnancy[^.]* only after advice"),
    ],
)
def test_no_two_cards_differ_on_who_may_try_electrical_pads(
    condition: str, first: str, caution: str
) -> None:
    found = chosen("flat", "back-pain", conditions=[condition])
    assert "sc.tens" not in found.ids
    assert re.search(first, found.cards[0].text)
    assert re.search(caution, CARDS["sc.tens"].cautions[0])


def test_who_may_fall_hears_of_a_support_wherever_one_leg_is_to_stand() -> None:
    for one in CARDS.values():
        if re.search("on one (leg|foot)", one.harder) and "balance" not in one.not_for:
            assert "support" in one.harder, one.id


def test_who_may_fall_may_lie_down_for_what_is_done_lying() -> None:
    found = chosen("flat", "back-pain", conditions=["balance"])
    assert any(one.start.startswith("Lie") for one in found.of_kind("exercise"))
    assert "lying" in found.cards[0].text
    assert "Lie" in found.cards[0].short


@pytest.mark.parametrize("condition", ["balance", "inflamed-joints", "recent-injury"])
def test_who_may_fall_or_has_sore_joints_is_not_sent_barefoot(condition: str) -> None:
    assert "hb.barefoot" in chosen("flat").ids
    assert "hb.barefoot" not in chosen("flat", conditions=[condition]).ids
    assert "might fall" in CARDS["hb.barefoot"].cautions[0]


def test_who_may_fall_is_told_how_to_cycle_and_swim() -> None:
    (moving,) = [
        one for one in chosen(None, "back-pain", "unsteady").cards if one.id == "ex.low_impact"
    ]
    assert "cycling" in moving.start
    assert "might fall" in moving.cautions[0]


def test_who_may_fall_is_told_to_leave_out_the_harder_way() -> None:
    assert "leave out its harder way" in CARDS["sp.balance"].text


def test_who_is_pregnant_lies_flat_for_none_of_the_ways_that_are_left() -> None:
    left = select(None, symptoms=["back-pain"], conditions=["pregnancy"])
    assert any("on your back" in one.start for one in left.of_kind("exercise"))
    assert "no exercise flat on your back" in CARDS["sp.pregnancy"].text


@pytest.mark.parametrize("condition", ["child", "recent-injury"])
def test_no_card_speaks_of_exercises_below_where_there_are_none(condition: str) -> None:
    found = select(None, symptoms=["unsteady", "numbness"], conditions=[condition])
    assert not found.of_kind("exercise")
    for one in found.of_kind("special_group"):
        if "exercises" in one.text:
            assert re.search("exercises (too|are left out)", one.text), one.id


def test_what_a_symptom_and_a_condition_say_together_is_known() -> None:
    for pair in content("symptoms")["together"]:
        assert {pair["symptom"], pair["means"]} <= set(guidance.symptoms())
        assert pair["condition"] in guidance.conditions()


@pytest.mark.parametrize("arch", [None, *ARCHES])
def test_thin_bones_and_a_sore_back_are_as_urgent_said_apart_as_in_one(arch: str | None) -> None:
    apart = chosen(arch, "back-pain", conditions=["osteoporosis"])
    assert apart.ids == chosen(arch, "back-pain", "fracture-risk").ids
    assert apart.ids[0] == "rf.soon"
    assert not chosen(arch, "foot-pain", conditions=["osteoporosis"]).of_kind("red_flag")


@pytest.mark.parametrize("arch", ARCHES)
def test_bones_that_may_break_are_not_loaded(arch: str) -> None:
    found = chosen(arch, "fracture-risk", "back-pain")
    assert not found.of_kind("exercise")
    assert "sp.injury" in found.ids


@pytest.mark.parametrize("said", [{"age": 65}, {"conditions": ["older"]}])
def test_older_people_are_told_how_not_to_fall_and_keep_their_exercises(said: dict) -> None:
    found = chosen("flat", **said)
    assert found.ids[0] == "sp.older"
    assert found.of_kind("exercise") == chosen("flat", age=64).of_kind("exercise")
    assert "sp.older" not in chosen("flat", age=64).ids
    assert "ex.df_pf" in chosen(None, **said).ids


def test_who_may_fall_is_told_the_stricter_way_only() -> None:
    assert chosen("flat", "unsteady", age=80).ids[:1] == ("sp.balance",)
    assert "sp.older" not in chosen("flat", "unsteady", age=80).ids


@pytest.mark.parametrize("symptom", RED_FLAGS)
def test_no_nerve_is_pulled_beside_a_red_flag(symptom: str) -> None:
    assert "ex.nerve_glide" in chosen("high", "leg-pain").ids
    assert "ex.nerve_glide" not in chosen("high", "leg-pain", symptom).ids
    assert symptom in CARDS["ex.nerve_glide"].not_with


def test_no_nerve_is_pulled_to_feet_that_cannot_feel() -> None:
    assert "ex.nerve_glide" not in chosen(None, "leg-pain", conditions=["neuropathy"]).ids


@pytest.mark.parametrize("symptom", RED_FLAGS)
def test_no_back_is_worked_on_by_hand_beside_a_red_flag(symptom: str) -> None:
    assert "sc.complement" in chosen("flat", "back-pain").ids
    assert "sc.complement" not in chosen("flat", "back-pain", symptom).ids


@pytest.mark.parametrize("symptom", sorted(before_exercise()))
def test_nobody_is_told_to_get_going_who_should_be_seen_before_any_exercise(symptom: str) -> None:
    assert "sc.active" in chosen("flat", "back-pain").ids
    assert "sc.active" not in chosen("flat", "back-pain", symptom).ids


@pytest.mark.parametrize(
    ("number", "who"),
    [
        ("sc.otc", ["pregnant", "65", "asthma", "blood thinners", "kidneys", "liver", "stomach"]),
        ("sc.complement", ["pregnant", "blood thinners"]),
        ("sc.tens", ["pacemaker", "epilepsy", "pregnancy", "cannot feel"]),
    ],
)
def test_who_has_to_ask_before_self_care_is_named(number: str, who: list[str]) -> None:
    told = " ".join(CARDS[number].cautions)
    assert [one for one in who if one not in told] == []


@pytest.mark.parametrize("condition", ["recent-injury", "osteoporosis", "inflamed-joints"])
def test_whom_an_exercise_may_harm_nobodys_hands_are_offered_either(condition: str) -> None:
    found = chosen("flat", "back-pain", "foot-pain", "ankle-sprains", conditions=[condition])
    assert "tx.pt" in found.ids
    assert not {"sc.complement", "tx.manual"} & set(found.ids)


@pytest.mark.parametrize("arch", ARCHES)
@pytest.mark.parametrize(
    ("symptom", "exercise"), [("ankle-sprains", "arch_raise"), ("ball-of-foot-pain", "calf_raise")]
)
def test_what_hurts_or_turns_over_does_not_carry_the_weight(
    arch: str, symptom: str, exercise: str
) -> None:
    assert f"ex.{exercise}" in chosen("flat").ids
    assert f"ex.{exercise}" not in chosen(arch, symptom).ids
    assert len(chosen(arch, symptom).of_kind("exercise")) == 5


def test_a_tendon_that_hurts_at_the_heel_is_not_stretched_over_a_step() -> None:
    one = CARDS["ex.calf_stretch"]
    assert "achilles-pain" in one.symptoms
    assert "heel sink" in one.harder
    assert any("Keep the heel on the floor" in caution for caution in one.cautions)


def test_no_exercise_is_told_by_way_of_another_that_may_not_be_chosen() -> None:
    titles = [one.title.lower() for one in CARDS.values() if one.kind == "exercise"]
    for one in CARDS.values():
        if one.kind == "exercise":
            ways = " ".join((one.text, *one.steps, one.easier, one.harder)).lower()
            assert not [title for title in titles if f"see the {title}" in ways], one.id


@pytest.mark.parametrize(
    "condition", ["diabetes", "neuropathy", "poor-circulation", "recent-injury", "inflamed-joints"]
)
def test_feet_that_need_shoes_of_their_own_are_not_told_to_wear_soft_low_ones(
    condition: str,
) -> None:
    assert "fw.flex" in chosen("flat").ids
    assert "fw.flex" not in chosen("flat", conditions=[condition]).ids


@pytest.mark.parametrize("arch", ARCHES)
def test_a_swollen_calf_is_not_worked(arch: str) -> None:
    found = chosen(arch, "calf-swelling", "calf-tightness", "achilles-pain", "unsteady")
    assert not {"ex.calf_raise", "ex.seated_calf_raise", "ex.calf_stretch", "ex.df_pf"} & {
        *found.ids
    }
    assert "tx.manual" not in chosen(arch, "calf-swelling", "foot-pain").ids


@pytest.mark.parametrize("arch", ARCHES)
def test_a_symptom_that_says_no_more_takes_nothing_away(arch: str) -> None:
    assert len(chosen(arch, "back-pain").of_kind("exercise")) == 5


@pytest.mark.parametrize("arch", [None, *ARCHES])
@pytest.mark.parametrize("said", [{"age": 8}, {"age": 15.9}, {"conditions": ["child"]}])
def test_a_child_with_a_sore_back_is_sent_to_a_doctor_first(arch: str | None, said: dict) -> None:
    assert chosen(arch, "back-pain", **said).ids[0] == "rf.child_back"
    assert "rf.child_back" not in chosen(arch, "heel-pain", **said).ids


@pytest.mark.parametrize(
    "symptom", [name for name, words in guidance.symptoms().items() if "back pain" in words]
)
def test_whatever_says_that_a_childs_back_is_sore_counts_as_that(symptom: str) -> None:
    assert chosen(None, symptom, age=8).ids[:2] == ("rf.child_back", "rf.soon")


@pytest.mark.parametrize("symptom", ["fever", "numbness", "new-weakness"])
def test_what_a_childs_back_needs_today_is_said_before_what_can_wait_days(symptom: str) -> None:
    words = CARDS["rf.child_back"].text.split("Go today", maxsplit=1)[1]
    assert symptom.split("-")[-1] in words
    assert chosen(None, "back-pain", symptom, age=8).ids[:2] == ("rf.child_back", "rf.soon")


@pytest.mark.parametrize("arch", [None, *ARCHES])
def test_an_adult_with_a_sore_back_is_not(arch: str | None) -> None:
    assert "rf.child_back" not in chosen(arch, "back-pain", age=16).ids


@pytest.mark.parametrize("arch", [None, *ARCHES])
def test_a_child_gets_nothing_that_speaks_of_adults(arch: str | None) -> None:
    named = set(guidance.symptoms()) - set(CARDS["hb.wet_test"].not_with)
    found = chosen(arch, *named, age=8)
    kinds = {one.kind for one in found.cards}
    assert kinds == {"red_flag", "special_group", "footwear", "habit", "treatment"}
    assert [one.id for one in found.of_kind("habit")] == ["hb.wet_test"]
    assert not {"fw.support", "fw.ortho", "tx.manual", "tx.gait", "tx.whole"} & set(found.ids)
    # Nor by a symptom alone, with which fewer cards are left out.
    for symptom in guidance.symptoms():
        assert {one.kind for one in chosen(arch, symptom, age=8).cards} <= kinds, symptom


def test_the_class_of_a_childs_print_changes_nothing() -> None:
    assert len({chosen(arch, "foot-pain", age=8).ids for arch in (None, *ARCHES)}) == 1
