"""The resource classes are what the generator makes of the definitions."""

from __future__ import annotations

import inspect
import sys
from pathlib import Path

import pulumi_daytona
import pytest
from pulumi_daytona.core.resources import RESOURCES, definition_of
from pulumi_daytona.resource import DaytonaResource

PACKAGE = Path(pulumi_daytona.__file__).parent

sys.path.insert(0, str(PACKAGE.parent))
import generate_resources  # noqa: E402


def resource(kind: str) -> type[DaytonaResource]:
    found: type[DaytonaResource] = getattr(pulumi_daytona, kind)
    return found


def test_the_resource_classes_are_fresh(tmp_path: Path) -> None:
    generate_resources.generate(tmp_path)
    made = {path.name: path.read_text() for path in tmp_path.glob("*.py")}
    kept = {path.name: path.read_text() for path in (PACKAGE / "resources").glob("*.py")}
    stale = sorted(name for name in made.keys() | kept.keys() if made.get(name) != kept.get(name))
    assert [] == stale, "run `make generate`"


@pytest.mark.parametrize("kind", RESOURCES)
def test_a_resource_has_the_type_of_its_kind(kind: str) -> None:
    assert f"dynamic/daytona:{kind}" == resource(kind)._resource_type_name


@pytest.mark.parametrize("kind", RESOURCES)
def test_a_resource_takes_every_input_that_programs_set_and_tells_every_output(kind: str) -> None:
    definition = definition_of(kind)
    shown = {name for name, trait in definition.inputs.traits().items() if not trait.internal}
    taken = set(inspect.signature(resource(kind)).parameters)
    assert shown == taken - {"resource_name", "opts"}
    assert definition.outputs.names() == resource(kind)._outputs


@pytest.mark.parametrize("kind", RESOURCES)
def test_what_is_secret_is_kept_as_a_secret(kind: str) -> None:
    assert tuple(definition_of(kind).secrets) == resource(kind)._secrets


@pytest.mark.parametrize("kind", RESOURCES)
def test_the_docstring_explains_every_input_and_output(kind: str) -> None:
    definition, words = definition_of(kind), f"{resource(kind).__doc__}{resource(kind).__init__.__doc__}"
    shown = [name for name, trait in definition.inputs.traits().items() if not trait.internal]
    unexplained = [name for name in [*shown, *definition.outputs.names()] if f"    {name}: " not in words]
    assert [] == unexplained


def test_the_docstring_says_what_a_change_leads_to() -> None:
    words = " ".join((resource("Sandbox").__init__.__doc__ or "").split())
    assert "user: The user inside the sandbox. A change replaces. env:" in words
    assert "labels: Labels to find the sandbox by. Changes in place. public:" in words
    assert "smaller disk replace. Other changes are in place. language:" in words


def test_a_class_of_a_user_s_own_stays_the_kind_that_it_derives_from() -> None:
    class Box(pulumi_daytona.Sandbox):
        pass

    assert ("dynamic/daytona:Sandbox", resource("Sandbox")._outputs) == (
        Box._resource_type_name,
        Box._outputs,
    )
