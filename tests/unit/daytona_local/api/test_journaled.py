"""No token that is part of a path is kept in the journal."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
from daytona_local.api.journaled import without_tokens

_PLACE = re.compile(r"\{[^}]*[tT]oken[^}]*\}")


def _paths_with_a_token() -> list[str]:
    lines = files("daytona_local.api").joinpath("operations.txt").read_text().splitlines()
    return [path for _, path, _ in (line.split(" ", 2) for line in lines) if _PLACE.search(path)]


def test_there_are_operations_whose_paths_have_a_token() -> None:
    assert 5 <= len(_paths_with_a_token())


@pytest.mark.parametrize("path", _paths_with_a_token())
def test_a_token_in_the_path_of_any_operation_is_left_out(path: str) -> None:
    sent = "/api" + _PLACE.sub("s3cret", path)
    assert "/api" + _PLACE.sub("***", path) == without_tokens(sent)


@pytest.mark.parametrize("path", ["/api/sandbox/validate", "/api/preview/box/public", "/toolbox/box/files"])
def test_any_other_path_is_kept_as_it_is(path: str) -> None:
    assert path == without_tokens(path)
