"""What the documentation lists is what the code has."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import numpy as np
import pytest
import typer
from conftest import ROOT, SAMPLES
from drawn_feet import contact
from PIL import Image

from archscan.batch.naming import Pattern
from archscan.cli.app import app
from archscan.indices import INDICES
from archscan.indices.panel import PANEL
from archscan.reasons import REFUSALS, UNREADABLE


@pytest.mark.parametrize("code", [*REFUSALS, *UNREADABLE])
def test_every_code_is_documented(code: str) -> None:
    assert f"`{code}`" in (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")


def test_whoever_may_raise_the_limit_of_pixels_is_told_how() -> None:
    assert "--max-pixels" in UNREADABLE["too-large"].advice


def test_high_neutral_and_flat_are_classes_in_every_message() -> None:
    sources = [path.read_text("utf-8") for path in (ROOT / "archscan").rglob("*.py")]
    assert not any(re.search(r"arch\s+type", text) for text in sources)


def test_ci_runs_the_test_command_of_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = [line for line in readme.splitlines() if ".venv/bin/pytest" in line]
    assert len(commands) == 1
    assert "grep -m1 -F '.venv/bin/pytest' README.md" in (ROOT / ".ci" / "run").read_text()


def test_the_source_that_is_handed_out_holds_what_the_readme_and_the_tests_read() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    handed_out = settings["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]
    assert {"/archscan", "/tests", "/sample_images", "/docs", "/.ci"} <= set(handed_out)
    assert all(name.startswith("/") and (ROOT / name[1:]).exists() for name in handed_out)


@pytest.mark.parametrize("name", ["README.md", "docs/batch.md"])
def test_the_table_that_reliability_reads_tells_whose_feet_they_are(name: str) -> None:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    words = [shlex.split(line, comments=True) for line in lines if line.startswith("archscan ")]
    patterns = {
        line[line.index("--output") + 1]: line[line.index("--pattern") + 1]
        for line in words
        if "--pattern" in line
    }
    read = {line[2] for line in words if line[1] == "reliability"}
    assert read
    for table in read:
        assert "study.participant" in Pattern.of(patterns[table]).columns


def test_every_code_of_the_page_is_documented() -> None:
    said = (ROOT / "docs" / "serve.md").read_text(encoding="utf-8")
    sources = "".join(path.read_text("utf-8") for path in (ROOT / "archscan" / "web").glob("*.py"))
    codes = set(re.findall(r'Reason\(\s*"([a-z-]+)"', sources)) - set(UNREADABLE)
    at_start = {"no-network", "public-network", "port-taken", "result-gone"}
    assert at_start < codes
    assert all(f"`{code}`" in said for code in codes - at_start)


def test_every_remark_is_documented() -> None:
    said = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    sources = "".join(path.read_text("utf-8") for path in (ROOT / "archscan").rglob("*.py"))
    codes = set(re.findall(r'Caution\(\s*"([a-z0-9-]+)"', sources))
    assert {"toe2-missing", "side-from-pair", "slanted"} < codes
    assert [code for code in sorted(codes) if f"`{code}`" not in said] == []


def test_every_option_is_documented() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    said = set(re.findall(r"--[a-z-]+", "".join(page.read_text("utf-8") for page in pages)))
    verbs = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    for verb, command in verbs.items():
        for option in command.params:
            names = {*option.opts, *option.secondary_opts}
            if any(name.startswith("--") for name in names - {"--help"}):
                assert names & said, f"archscan {verb} {option.opts}"


def test_the_help_says_of_an_age_what_it_is_and_of_a_list_that_it_may_be_given_again() -> None:
    verbs = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    options = [option for command in verbs.values() for option in command.params]
    ages = [option.help for option in options if option.name == "age"]
    assert len(ages) == 4
    assert all("Age" in words for words in ages)
    again = [one for one in options if one.multiple]
    assert len(again) >= 3
    assert all("may be given several times" in one.help for one in again)
    # Else Typer writes that it is a list.
    assert all(one.metavar for one in again)


def test_the_example_for_many_photos_runs_as_a_program_of_its_own(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "batch.md").read_text(encoding="utf-8")
    (tmp_path / "example.py").write_text(re.findall(r"```python\n(.*?)```", page, re.DOTALL)[0])
    (tmp_path / "prints").mkdir()
    shutil.copy(SAMPLES / "cardboard_neutral_left.jpg", tmp_path / "prints" / "a.jpg")
    done = subprocess.run(
        [sys.executable, "example.py"], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    assert done.stdout.split() == ["0", str(Path("prints", "a.jpg")), "measured"]


def test_the_example_of_the_library_holds_for_a_print_without_a_midfoot(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "library.md").read_text(encoding="utf-8")
    (tmp_path / "example.py").write_text(re.findall(r"```python\n(.*?)```", page, re.DOTALL)[0])
    drawn = contact(with_band=False)
    pixels = np.uint8(255 * (1 - np.maximum(drawn.sole, drawn.toes)))
    Image.fromarray(pixels).save(tmp_path / "photo.jpg")
    done = subprocess.run(
        [sys.executable, "example.py"], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    told = done.stdout.splitlines()
    assert told[0].startswith("left high")
    assert "clarke_angle" not in done.stdout
    assert told[-1].startswith("hallux_drift ")


DRAWN_AS = {
    "chippaux_smirak_oblique": "oblique", "clarke_angle": "Clarke", "footprint_index": "FI",
    "arch_length_index": "ALI",
    "hernandez_corvo": "Hernandez-Corvo", "sztriter_godunov": "KY", "wejsflog": "Wejsflog",
    "denis_grade": "Denis", "heel_angle": "gamma", "hallux_drift": "hallux",
    "chippaux_smirak": "CSI", "cavanagh_rodgers": "AI", "staheli": "SI",
}  # fmt: skip


def test_the_construction_of_every_measure_is_drawn() -> None:
    figure = (ROOT / "docs" / "figures" / "constructions.svg").read_text(encoding="utf-8")
    said = re.findall(r"[A-Za-z-]+", " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", figure)))
    assert [name for name in (*INDICES, *PANEL) if DRAWN_AS[name] not in said] == []


@pytest.mark.parametrize("ratio", ["Chippaux-Smirak", "arch index", "heel /", "length with toes /"])
def test_the_figure_of_shapes_compares_every_ratio(ratio: str) -> None:
    figure = (ROOT / "docs" / "figures" / "distributions.svg").read_text(encoding="utf-8")
    assert f">{ratio}" in figure


RAY = """
from concurrent.futures import Future


class remote:
    def __init__(self, work):
        self.work = work

    def remote(self, *given, **named):
        self.done = self.work(*given, **named)
        return self

    def future(self):
        told = Future()
        told.set_result(self.done)
        return told


def init():
    pass


def cluster_resources():
    return {"CPU": 2.0}
"""
"""As much of it as the example calls, on one core."""


def test_the_example_for_ray_scores_every_photo(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "batch.md").read_text(encoding="utf-8")
    (example,) = (
        code for code in re.findall(r"```python\n(.*?)```", page, re.DOTALL) if "import ray" in code
    )
    (tmp_path / "example.py").write_text(example)
    (tmp_path / "ray.py").write_text(RAY)
    (tmp_path / "prints").mkdir()
    for name in ("a.jpg", "b.jpg"):
        shutil.copy(SAMPLES / "concrete_no_print.jpg", tmp_path / "prints" / name)
    done = subprocess.run(
        [sys.executable, "example.py"], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    told = [Path(line).name for line in done.stdout.splitlines()]
    assert sorted(told) == ["a.jpg", "b.jpg"]


def test_every_further_measure_is_defined() -> None:
    said = (ROOT / "docs" / "definitions.md").read_text(encoding="utf-8")
    assert [name for name in PANEL if f"| `{name}` |" not in said] == []


def test_what_it_is_for_and_whose_a_print_is_are_told() -> None:
    said = " ".join((ROOT / "docs" / "result.md").read_text(encoding="utf-8").split())
    for words in (
        "meant for education about footprints and for general foot care",
        "not meant to diagnose",
        "bands used in research, no limits of health",
        "nothing in a picture raises an alarm",
        "has to have it reviewed",
        "A footprint can tell one person from another",
    ):
        assert words in said


def test_whoever_makes_prints_is_told_to_stand_alike_and_to_print_both_feet() -> None:
    said = " ".join((ROOT / "docs" / "photo.md").read_text(encoding="utf-8").split())
    assert "on both feet with equal weight" in said
    assert "does not hold how a person stood" in said
    assert "Print both feet" in said
