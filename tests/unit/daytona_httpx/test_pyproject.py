"""What a Python project depends on."""

from __future__ import annotations

from pathlib import Path

import pytest
from daytona_httpx import DaytonaValidationError
from daytona_httpx.pyproject import dependencies_of


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "pyproject.toml"


def test_extras_are_added_where_the_project_has_them(file: Path) -> None:
    file.write_text('[project]\ndependencies = ["a"]\noptional-dependencies.dev = ["b", "c"]\n')
    assert ["a"] == dependencies_of(file, [])
    assert ["a", "b", "c"] == dependencies_of(file, ["none", "dev"])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("no toml", "pyproject.toml is not valid TOML"),
        ("", "has no dependencies in a \\[project\\] section"),
        ('project = "x"', "has no dependencies in a \\[project\\] section"),
        ('[project]\nname = "x"', "has no dependencies in a \\[project\\] section"),
        ("[project]\ndependencies = []\noptional-dependencies = 1", "must be a table"),
    ],
)
def test_a_file_that_says_nothing_of_dependencies_is_refused(file: Path, text: str, message: str) -> None:
    file.write_text(text)
    with pytest.raises(DaytonaValidationError, match=message):
        dependencies_of(file, ["dev"])
