"""The YAML example is a program that the schema allows; no host for YAML can be had here to run it."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pulumi_daytona
import pytest
import yaml  # type: ignore[import-untyped]

from tests.unit.pulumi_daytona.schema.against_schema import faults

SCHEMA: dict[str, Any] = json.loads(
    (Path(pulumi_daytona.__file__).parent / "schema" / "schema.json").read_text()
)
EXAMPLE = Path(__file__).resolve().parents[4] / "examples" / "yaml" / "Pulumi.yaml"
Program = dict[str, Any]


@pytest.fixture
def program() -> Program:
    found: Program = yaml.safe_load(EXAMPLE.read_text())
    return copy.deepcopy(found)


def test_the_example_is_a_program_that_the_schema_allows(program: Program) -> None:
    assert ("yaml", []) == (program["runtime"], [*faults(SCHEMA, program)])


@pytest.mark.parametrize("token", SCHEMA["resources"])
def test_the_example_of_a_resource_is_a_program_that_the_schema_allows(token: str) -> None:
    described = SCHEMA["resources"][token]["description"]
    assert "from pulumi_daytona.native import" in described
    for block in re.findall(r"```yaml\n(.*?)\n```", described, re.DOTALL):
        assert [] == [*faults(SCHEMA, yaml.safe_load(block))]


def test_most_examples_are_told_in_every_language() -> None:
    described = [spec["description"] for spec in SCHEMA["resources"].values()]
    assert len(described) - 3 <= sum("```yaml" in text and "```typescript" in text for text in described)


def misspell(program: Program) -> None:
    program["resources"]["box"]["properties"]["autoStop"] = 30


def leave_out(program: Program) -> None:
    del program["resources"]["note"]["properties"]["path"]


def mistype(program: Program) -> None:
    program["resources"]["box"]["properties"]["autoStopInterval"] = "soon"


def choose_badly(program: Program) -> None:
    program["resources"]["box"]["properties"]["language"] = "cobol"


def mount_badly(program: Program) -> None:
    del program["resources"]["box"]["properties"]["volumes"][0]["mountPath"]


def refer_to_nothing(program: Program) -> None:
    program["outputs"]["id"] = "${box.identity}"


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (misspell, "box: there is no autoStop"),
        (leave_out, "note: path is missing"),
        (mistype, "box.autoStopInterval: 'soon' is of another type"),
        (choose_badly, "box.language: 'cobol' is of another type"),
        (mount_badly, "box.volumes: [{'volumeId': '${data.id}'}] is of another type"),
        (refer_to_nothing, "there is no box.identity"),
    ],
)
def test_a_program_that_the_schema_does_not_allow_is_found_out(
    program: Program, spoil: Callable[[Program], None], said: str
) -> None:
    spoil(program)
    assert [said] == [*faults(SCHEMA, program)]
