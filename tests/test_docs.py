"""What the documentation lists is what the code has."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from archscan.batch.naming import Pattern
from archscan.reasons import REFUSALS, UNREADABLE

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("code", [*REFUSALS, *UNREADABLE])
def test_every_code_is_documented(code: str) -> None:
    assert f"`{code}`" in (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")


def test_ci_runs_the_test_command_of_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = [line for line in readme.splitlines() if ".venv/bin/pytest" in line]
    assert len(commands) == 1
    assert "grep -m1 -F '.venv/bin/pytest' README.md" in (ROOT / ".ci" / "run").read_text()


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
