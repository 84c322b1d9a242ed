"""The table of what the server has is what its routes say."""

from __future__ import annotations

import sys
from pathlib import Path

import daytona_local

sys.path.insert(0, str(Path(daytona_local.__file__).parents[1]))
import generate_coverage


def test_the_table_is_fresh() -> None:
    assert generate_coverage.coverage() == generate_coverage.TARGET.read_text(), "run `make generate`"


def test_everything_of_the_toolbox_is_there() -> None:
    toolbox = generate_coverage.coverage().partition("## The toolbox")[2]
    assert "| 501 |" not in toolbox
