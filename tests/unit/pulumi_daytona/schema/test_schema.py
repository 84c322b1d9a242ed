"""The schema follows from the core's definitions, and describes all that it has."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pulumi_daytona
import pytest
from pulumi_daytona.core.functions import every_look_up
from pulumi_daytona.core.resources import RESOURCES, definition_of
from pulumi_daytona.core.traits import Change
from pulumi_daytona.schema.naming import camel, snake

PROVIDER = Path(pulumi_daytona.__file__).parents[1]
SCHEMA = PROVIDER / "pulumi_daytona" / "schema" / "schema.json"

sys.path.insert(0, str(PROVIDER))
import generate_schema  # noqa: E402

schema: dict[str, Any] = json.loads(SCHEMA.read_text())


def resource(kind: str) -> dict[str, Any]:
    found: dict[str, Any] = schema["resources"][f"daytona:index:{kind}"]
    return found


def properties(spec: dict[str, Any], path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield all properties in a part of the schema, each with where it is."""
    for key, value in spec.items():
        if key in ("properties", "inputProperties", "variables"):
            yield from ((f"{path}/{key}/{name}", each) for name, each in value.items())
        elif isinstance(value, dict):
            yield from properties(value, f"{path}/{key}")


def test_the_schema_is_fresh(tmp_path: Path) -> None:
    generate_schema.generate(tmp_path / "schema.json")
    assert (tmp_path / "schema.json").read_text() == SCHEMA.read_text(), "run `make generate`"


def test_every_property_is_described_by_a_sentence() -> None:
    found = dict(properties(schema))
    bare = [path for path, spec in found.items() if not spec["description"].endswith((".", ".)", '"'))]
    assert [] == bare
    assert len(found) > 1000


def test_no_description_is_written_for_python_alone() -> None:
    words = {path: spec["description"] for path, spec in properties(schema)}
    assert [] == [path for path, text in words.items() if "``" in text or "True" in text or "False" in text]


@pytest.mark.parametrize("kind", RESOURCES)
def test_a_resource_takes_what_its_definition_takes_but_who_it_is(kind: str) -> None:
    taken = {snake(name) for name in resource(kind)["inputProperties"]}
    assert taken == definition_of(kind).inputs.model_fields.keys() - {"owner"}


@pytest.mark.parametrize("kind", RESOURCES)
def test_a_resource_tells_its_inputs_and_its_outputs(kind: str) -> None:
    definition = definition_of(kind)
    told = {snake(name) for name in resource(kind)["properties"]}
    assert told == (definition.inputs.model_fields.keys() | {*definition.outputs.names()}) - {"owner"}


@pytest.mark.parametrize("kind", RESOURCES)
def test_what_a_change_of_an_input_leads_to_is_marked(kind: str) -> None:
    replaces = {
        name for name, spec in resource(kind)["inputProperties"].items() if "willReplaceOnChanges" in spec
    }
    traits = definition_of(kind).inputs.traits()
    assert replaces == {camel(name) for name, trait in traits.items() if trait.change is Change.REPLACE}


@pytest.mark.parametrize("kind", RESOURCES)
def test_what_is_a_secret_in_any_case_is_marked(kind: str) -> None:
    definition = definition_of(kind)
    marked = {name for name, spec in resource(kind)["properties"].items() if spec.get("secret")}
    assert marked == {camel(name) for name in definition.secrets if name not in definition.secret_with}


def test_every_look_up_is_a_function() -> None:
    assert [f"daytona:index:{camel(each.name)}" for each in every_look_up()] == [*schema["functions"]]


@pytest.mark.parametrize(
    ("name", "told"),
    [("getSandbox", "autoStopInterval"), ("listSandboxes", "items"), ("getDownloadUrl", "result")],
)
def test_a_function_returns_an_object_whatever_its_look_up_returns(name: str, told: str) -> None:
    outputs = schema["functions"][f"daytona:index:{name}"]["outputs"]
    assert ("object", True) == (outputs["type"], told in outputs["properties"])


def test_a_few_values_are_an_enum_and_a_nested_model_is_a_type() -> None:
    inputs = resource("Sandbox")["inputProperties"]
    assert "#/types/daytona:index:SandboxLanguage" == inputs["language"]["$ref"]
    assert ["python", "typescript", "javascript"] == [
        each["value"] for each in schema["types"]["daytona:index:SandboxLanguage"]["enum"]
    ]
    assert "#/types/daytona:index:VolumeMount" == inputs["volumes"]["items"]["$ref"]
    assert ["volumeId", "mountPath"] == schema["types"]["daytona:index:VolumeMount"]["required"]


def test_an_input_says_its_unit_its_default_and_what_a_change_leads_to() -> None:
    inputs = resource("Sandbox")["inputProperties"]
    assert (
        "Minutes without activity until it stops; 0 never. The API's default is 15. Changes in place."
        == inputs["autoStopInterval"]["description"]
    )
    assert (
        "Whether it is deleted as soon as it stops; the same as `autoDeleteInterval=0`. Default false. "
        "Changes in place." == inputs["ephemeral"]["description"]
    )


def test_the_configuration_has_defaults_from_the_environment_and_keeps_credentials_secret() -> None:
    variables = schema["config"]["variables"]
    assert ["DAYTONA_API_URL"] == variables["apiUrl"]["defaultInfo"]["environment"]
    assert {"apiKey", "jwtToken"} == {name for name, spec in variables.items() if spec.get("secret")}
    given = schema["provider"]["inputProperties"]
    assert variables.keys() == given.keys()
    assert [] == [name for name, spec in given.items() if "defaultInfo" in spec]  # it would be in the state
