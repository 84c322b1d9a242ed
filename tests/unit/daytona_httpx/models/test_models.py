"""The wire models take what servers of any version send."""

from __future__ import annotations

import pytest
from daytona_httpx import DaytonaError, SandboxDto, SandboxState
from daytona_httpx.models.base import parse

from tests.unit.daytona_httpx.fake_api import record


def test_fields_have_both_their_names() -> None:
    read = parse(SandboxDto, record(autoStopInterval=15, networkBlockAll=True))
    assert (15, True) == (read.auto_stop_interval, read.network_block_all)
    assert read.model_dump(by_alias=True)["autoStopInterval"] == 15
    assert SandboxDto(id="a", organization_id="o", name="n").organization_id == "o"


def test_what_this_version_doesn_t_know_is_kept() -> None:
    assert parse(SandboxDto, record(newField={"a": 1})).model_dump()["newField"] == {"a": 1}


def test_a_state_that_this_version_doesn_t_know_is_no_error() -> None:
    state = parse(SandboxDto, record(state="levitating")).state
    assert state == "levitating"
    assert state in {"levitating"}
    assert state == SandboxState("levitating")


@pytest.mark.parametrize("labels", [None, [], "x"])
def test_labels_that_are_no_map_are_none(labels: object) -> None:
    assert parse(SandboxDto, record(labels=labels)).labels == {}


def test_values_of_labels_are_as_the_api_keeps_them() -> None:
    assert parse(SandboxDto, record(labels={"n": 1, "z": None})).labels == {"n": 1, "z": None}


def test_an_item_of_a_list_has_no_environment() -> None:
    item = {name: value for name, value in record().items() if name not in ("env", "user")}
    assert parse(SandboxDto, item).env is None


def test_an_answer_that_is_none_is_an_error_without_the_values() -> None:
    with pytest.raises(DaytonaError, match="unexpected SandboxDto") as caught:
        parse(SandboxDto, {"id": 7, "env": {"A": "hidden"}})
    assert "hidden" not in str(caught.value)


def test_a_sandbox_doesn_t_show_its_environment() -> None:
    assert "hidden" not in repr(parse(SandboxDto, record(env={"A": "hidden"})))
