"""Every choice of one scene, drawn from a seed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from archscan.synthetic.feet import Foot, draw_foot

MEDIA = ("water", "ink", "mesh", "plate", "powder")
"""Wet foot; inked foot; ink through a fine mesh; lit glass plate; flour or chalk."""

STOOD_ON = ("mesh", "plate")
"""Of these, what people mostly stand on with both feet, toes to the top."""

SHEETS = {"a4": (210.0, 297.0), "letter": (215.9, 279.4), "card": (53.98, 85.6)}
"""Width and height, millimetres, of a sheet of paper or of a card (ISO/IEC 7810, ID-1)."""

MARKS_BESIDE = ("spill", "step")
"""A wet mark near the print: any that is no print, or a second step that half landed."""

MOST_TILT_DEG = 30.0
"""What is drawn; more can be asked for."""

LOOKS = ("plain", "smooth", "hdr")
"""What a phone's software makes of a picture."""

NEIGHBOURS = ("cardboard", "concrete", "wood", "tile", "fabric", "coloured-paper", "patterned-tile")
"""What a floor may border on."""

LAID = ("paper", "coloured-paper", "cardboard")
LAID_CHANCE = 0.65
"""Surfaces that come in pieces, and how often the photo shows where the piece ends."""

BENEATH = ("concrete", "wood", "wood", "tile", "tile", "stone", "fabric", "terrazzo", "brick")
"""Floors that such a piece is laid on."""

MOST_WEAR = {"easy": 0.08, "hard": 0.16}
PAPER_WEAR = 0.3
"""Of that, on paper: it is not kept for years."""

CLOSE_CHANCE = 0.35
"""Share of pairs that stand close."""

CLOSE_GAP_MM = (1.5, 15.0)
"""How close: nearer, and what is wet between them grows together."""

DARK_SURFACES = ("slate", "wood", "fabric", "tile", "coloured-paper", "brick")


@dataclass(frozen=True, slots=True)
class Recipe:
    """One scene; the same recipe always gives the same picture.

    Attributes
    ----------
    seed
        Of everything that is drawn while rendering.
    content
        ``"print"``, ``"cut"`` (a print that runs out of the photo), ``"blank"``
        or ``"other"`` (things that are no print).
    difficulty
        ``"easy"`` or ``"hard"``.
    surface, medium
        Names in ``SURFACES`` and :data:`MEDIA`.
    feet
        None, one, or left and right.
    toe_out_deg
        How each foot is turned outwards.
    apart_mm
        Distance between two feet's middles.
    gap_mm
        Least distance from one print to the other where the feet stand close, instead of
        ``apart_mm``; else ``None``.
    portrait
        Whether the photo is taller than wide.
    fill
        Share of the photo's long side that the prints fill.
    tilt_deg, azimuth_deg, turn_deg
        Of the camera.
    off_centre
        Where the prints lie in what room is left, -1 to 1 each way.
    strength
        How far the medium changes the surface, 0 (least) to 1 (most).
    dryness
        Share of the print that has dried again.
    blur, noise
        Gaussian blur (pixels at 1600) and sensor noise (display units).
    shadow
        0 none; else how much light a cast shadow takes.
    shadow_hard
        Whether its edge is sharp.
    sheet
        ``"a4"``, ``"letter"``, ``"card"`` or ``None``.
    clutter
        How many things lie about.
    smear
        How far the foot slid, millimetres; the smear is no part of the truth.
    darkness
        Share of the light that is missing: a dim room.
    look
        ``"plain"``, ``"smooth"`` (strong noise reduction) or ``"hdr"``.
    beside
        One of :data:`MARKS_BESIDE` near the print, or ``None``.
    wear
        Blotches, streaks and specks of the surface, share of its brightness.
    neighbour
        Surface that lies beyond an edge, or ``None``.
    beneath
        Floor that the paper or cardboard lies on; ``None`` if none of it is seen.
    glare
        Brightness of a lamp or window mirrored in it, display units.
    """

    seed: int
    content: str
    difficulty: str
    surface: str
    medium: str
    feet: tuple[Foot, ...]
    toe_out_deg: tuple[float, ...]
    apart_mm: float
    portrait: bool
    fill: float
    tilt_deg: float
    azimuth_deg: float
    turn_deg: float
    off_centre: tuple[float, float]
    strength: float
    dryness: float
    blur: float
    noise: float
    shadow: float
    shadow_hard: bool
    sheet: str | None
    clutter: int
    smear: float
    darkness: float
    look: str
    beside: str | None = None
    wear: float = 0.0
    neighbour: str | None = None
    glare: float = 0.0
    beneath: str | None = None
    gap_mm: float | None = None


def draw_recipe(
    seed: int,
    *,
    side: str | None = None,
    arch: str | None = None,
    prints: int | None = None,
    **fixed: Any,  # noqa: ANN401 - any field of the recipe
) -> Recipe:
    """Draw a scene at random.

    Parameters
    ----------
    seed
        Of every choice.
    side
        ``"left"`` or ``"right"`` for a single foot; drawn unless given.
    arch
        Class to steer the feet to: ``"high"``, ``"neutral"`` or ``"flat"``.
    prints
        1 or 2.
    **fixed
        Any field of :class:`Recipe`, pinned.

    Returns
    -------
    Recipe
        Complete.

    Raises
    ------
    TypeError
        If a pinned field does not exist.
    """
    random = np.random.default_rng([seed, 11])
    contents = ("print", "cut", "blank", "other")
    content = fixed.get("content") or str(random.choice(contents, p=(0.77, 0.05, 0.05, 0.13)))
    difficulty = fixed.get("difficulty") or str(random.choice(("easy", "hard")))
    hard = difficulty == "hard"
    medium = fixed.get("medium") or str(random.choice(MEDIA, p=(0.66, 0.07, 0.12, 0.11, 0.04)))
    feet = _feet(random, medium, hard=hard, side=side, arch=arch, prints=prints)
    turn = _turn(random, medium)
    recipe = Recipe(
        seed=seed,
        content=content,
        difficulty=difficulty,
        surface=_surface(random, medium),
        medium=medium,
        feet=feet if content in ("print", "cut") else (),
        toe_out_deg=tuple(float(angle) for angle in random.normal(6, 6, 2)),
        apart_mm=float(random.uniform(125, 190)),
        portrait=bool(random.random() < 0.75),
        fill=float(random.uniform(0.28, 0.9) if hard else random.uniform(0.5, 0.9)),
        tilt_deg=min(MOST_TILT_DEG, float(abs(random.normal(0, 12 if hard else 5)))),
        azimuth_deg=float(random.uniform(0, 360)),
        turn_deg=turn,
        off_centre=tuple(random.uniform(-0.7, 0.7, 2)),
        strength=float(random.uniform(0.15, 0.7) if hard else random.uniform(0.45, 1)),
        dryness=float(random.uniform(0, 0.35) if hard else random.uniform(0, 0.06)),
        blur=float(random.uniform(0.3, 2.2) if hard else random.uniform(0.2, 0.9)),
        noise=float(random.uniform(0.006, 0.035) if hard else random.uniform(0.003, 0.012)),
        shadow=_shadow(random, hard=hard),
        shadow_hard=bool(hard and random.random() < 0.6),
        sheet=str(random.choice(("a4", "letter"))) if random.random() < 0.15 else None,
        clutter=int(random.integers(0, 6) if hard else random.integers(0, 2)),
        smear=float(random.uniform(3, 14)) if hard and random.random() < 0.12 else 0.0,
        darkness=float(random.uniform(0.2, 0.65)) if hard and random.random() < 0.2 else 0.0,
        look=str(random.choice(LOOKS, p=(0.6, 0.2, 0.2) if hard else (0.9, 0.05, 0.05))),
    )
    recipe = replace(_stand(_add(recipe)), **fixed)
    if not {"beneath", "neighbour"} & set(fixed):
        recipe = _lay(recipe)
    if recipe.content == "cut" or recipe.medium == "plate":
        recipe = replace(recipe, sheet=None)
    return recipe if recipe.medium == "water" else replace(recipe, dryness=recipe.dryness / 3)


def _feet(
    random: np.random.Generator,
    medium: str,
    *,
    hard: bool,
    side: str | None,
    arch: str | None,
    prints: int | None,
) -> tuple[Foot, ...]:
    """Draw one foot, or a left and a right one."""
    pairs = 0.75 if medium in STOOD_ON else 0.2
    two = (prints or (2 if random.random() < pairs else 1)) == 2
    wanted = side or str(random.choice(("left", "right")))
    sides = ("left", "right") if two else (wanted,)
    feet = tuple(draw_foot(random, left=name == "left", arch=arch) for name in sides)
    if hard and medium == "water":
        # Too much water creeps further.
        return tuple(replace(foot, bleed=min(2.5, 2 * foot.bleed)) for foot in feet)
    return feet


def _turn(random: np.random.Generator, medium: str) -> float:
    """Draw how the camera is turned: any way, or nearly as the feet point."""
    turn = random.uniform(0, 360)
    if medium in STOOD_ON or random.random() < 0.4:
        turn = random.normal(0, 6)
    return float(turn)


def _shadow(random: np.random.Generator, *, hard: bool) -> float:
    chance, least, most = (0.6, 0.2, 0.55) if hard else (0.3, 0.05, 0.25)
    return float(random.uniform(least, most)) if random.random() < chance else 0.0


def _add(recipe: Recipe) -> Recipe:
    """Draw what else lies about, from a source of its own: the rest stays as it was."""
    random = np.random.default_rng([recipe.seed, 13])
    hard = recipe.difficulty == "hard"
    if random.random() < (0.2 if hard else 0.06):
        mark = str(random.choice(MARKS_BESIDE))
        # Nothing is spilt through a mesh, and its lines alone must not stand for a mark.
        recipe = replace(recipe, beside=None if recipe.medium == "mesh" else mark)
    if recipe.sheet is None and random.random() < 0.16:
        recipe = replace(recipe, sheet=str(random.choice(("a4", "letter", "card", "card"))))
    if recipe.medium != "plate":
        recipe = _use(recipe)
    return recipe


def _stand(recipe: Recipe) -> Recipe:
    """Draw whether two feet stand so close that their prints nearly touch."""
    random = np.random.default_rng([recipe.seed, 83])
    if len(recipe.feet) < 2 or random.random() >= CLOSE_CHANCE:
        return recipe
    return replace(recipe, gap_mm=float(random.uniform(*CLOSE_GAP_MM)))


def _lay(recipe: Recipe) -> Recipe:
    """Draw whether the paper or cardboard ends in the photo."""
    random = np.random.default_rng([recipe.seed, 19])
    if recipe.medium not in ("water", "ink") or recipe.surface not in LAID:
        return recipe
    if random.random() >= LAID_CHANCE:
        return recipe
    return replace(recipe, beneath=str(random.choice(BENEATH)), neighbour=None)


def _use(recipe: Recipe) -> Recipe:
    """Draw what floors in use have: wear, an end, a lamp's reflection."""
    random = np.random.default_rng([recipe.seed, 17])
    hard = recipe.difficulty == "hard"
    worn, ends, shines = random.random(3) < ((0.4, 0.25, 0.25) if hard else (0.2, 0.1, 0.08))
    if worn:
        most = MOST_WEAR[recipe.difficulty] * (PAPER_WEAR if "paper" in recipe.surface else 1)
        recipe = replace(recipe, wear=float(random.uniform(0.02, most)))
    if ends:
        recipe = replace(recipe, neighbour=str(random.choice(NEIGHBOURS)))
    if shines:
        recipe = replace(recipe, glare=float(random.uniform(0.05, 0.5 if hard else 0.25)))
    return recipe


def _surface(random: np.random.Generator, medium: str) -> str:
    if medium in ("ink", "mesh"):
        return str(random.choice(("paper", "paper", "paper", "coloured-paper")))
    if medium == "powder":
        return str(random.choice(DARK_SURFACES))
    names = ("paper", "coloured-paper", "cardboard", "concrete", "wood", "tile", "slate", "stone")
    rarer = ("patterned-tile", "terrazzo", "brick", "fabric")
    return str(random.choice((*names, *rarer), p=(*(0.10,) * 8, *(0.05,) * 4)))
