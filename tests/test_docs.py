"""What the documentation lists is what the code has."""

from __future__ import annotations

from pathlib import Path

import pytest

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
