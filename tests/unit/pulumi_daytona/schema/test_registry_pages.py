"""The pages for the Pulumi Registry say what the schema says."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pulumi_daytona
import pytest
import yaml  # type: ignore[import-untyped]

from tests.unit.pulumi_daytona.schema.against_schema import faults

PACKAGE = Path(pulumi_daytona.__file__).parent
DOCS = PACKAGE.parent / "docs"
SCHEMA: dict[str, Any] = json.loads((PACKAGE / "schema" / "schema.json").read_text())


@pytest.mark.parametrize("name", ["_index.md", "installation-configuration.md"])
def test_a_page_has_the_front_matter_that_the_registry_asks_for(name: str) -> None:
    _, front, text = (DOCS / name).read_text().split("---\n", 2)
    assert {"title", "meta_desc", "layout"} == yaml.safe_load(front).keys()
    assert "package" == yaml.safe_load(front)["layout"]
    assert text.strip()


def test_the_program_in_yaml_is_one_that_the_schema_allows() -> None:
    [block] = re.findall(r"```yaml\n(.*?)```", (DOCS / "_index.md").read_text(), re.DOTALL)
    assert [] == [*faults(SCHEMA, yaml.safe_load(block))]


def test_the_configuration_is_the_schema_s() -> None:
    rows = re.findall(
        r"^\| `daytona:(\w+)` \| `(\w+)` \| (.*?) \| (.*?) \|$",
        (DOCS / "installation-configuration.md").read_text(),
        re.MULTILINE,
    )
    variables = SCHEMA["config"]["variables"]
    assert {name: [variable] for name, variable, _, _ in rows} == {
        name: spec["defaultInfo"]["environment"] for name, spec in variables.items()
    }
    secret = {name for name, _, words, _ in rows if "secret" in words}
    assert secret == {name for name, spec in variables.items() if spec.get("secret")}
