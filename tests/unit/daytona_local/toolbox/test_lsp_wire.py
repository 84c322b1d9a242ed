"""What language servers answer, in the API's form."""

from __future__ import annotations

from typing import Any

import pytest
from daytona_local.errors import FailedError
from daytona_local.toolbox.lsp_wire import completion_list, symbols

RANGE = {"start": {"line": 1, "character": 0}, "end": {"line": 2, "character": 3}}


@pytest.mark.parametrize("answer", [None, [], {"isIncomplete": False, "items": []}, {"items": None}])
def test_no_completions_are_an_empty_list(answer: Any) -> None:
    assert {"isIncomplete": False, "items": []} == completion_list(answer)


def test_a_completion_has_the_fields_of_the_api_and_no_others() -> None:
    item = {
        "label": "word",
        "kind": 3,
        "documentation": {"kind": "markdown", "value": "*"},
        "data": 1,
        "detail": None,
    }

    found = completion_list({"isIncomplete": True, "items": [item]})

    documented = {"label": "word", "kind": 3, "documentation": {"kind": "markdown", "value": "*"}}
    assert {"isIncomplete": True, "items": [documented]} == found


def test_what_a_completion_inserts_may_be_in_its_edit() -> None:
    found = completion_list([{"label": "word", "textEdit": {"newText": "words", "range": RANGE}}])

    assert "words" == found["items"][0]["insertText"]


def test_symbols_that_hold_others_are_one_flat_list() -> None:
    inner = {"name": "inner", "kind": 6, "range": RANGE}
    outer = {"name": "outer", "kind": 5, "range": RANGE, "children": [inner]}

    found = symbols([outer], "file:///a")

    place = {"uri": "file:///a", "range": RANGE}
    assert [
        {"name": "outer", "kind": 5, "location": place},
        {"name": "inner", "kind": 6, "location": place},
    ] == found


def test_a_symbol_without_a_range_is_at_the_start() -> None:
    found = symbols([{"name": "a", "kind": 1, "location": {"uri": "file:///a"}}])

    assert {"line": 0, "character": 0} == found[0]["location"]["range"]["start"]


@pytest.mark.parametrize("answer", [[1], [{"kind": 1}], 5, {"items": 5}])
def test_an_answer_that_is_none_is_a_failure(answer: Any) -> None:
    with pytest.raises(FailedError):
        symbols(answer)
    if answer != [{"kind": 1}]:
        with pytest.raises(FailedError):
            completion_list(answer)
