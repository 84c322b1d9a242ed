"""The reference is what the generator makes of the definitions, and its programs run."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pulumi_daytona
import pytest
from pulumi_daytona.core.functions import TOPICS, every_look_up, look_ups
from pulumi_daytona.core.resources import RESOURCES, definition_of, module_of
from pulumi_daytona.schema.naming import camel

from tests.unit.pulumi_daytona import doc_programs

PROVIDER = Path(pulumi_daytona.__file__).parents[1]
DOCS = PROVIDER / "docs"

sys.path.insert(0, str(PROVIDER))
import generate_docs  # noqa: E402

PAGES = [
    *(DOCS / "resources" / f"{module_of(name)}.md" for name in RESOURCES),
    *(DOCS / "functions" / f"{topic}.md" for topic in TOPICS),
]
by_name = pytest.mark.parametrize("page", [pytest.param(page, id=page.stem) for page in PAGES])


def pages_in(folder: Path) -> dict[str, str]:
    paths = [folder / "README.md", *folder.glob("resources/*"), *folder.glob("functions/*")]
    return {str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in paths}


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, list[str]]]:
    """Run the programs of all pages where there is the folder that one of them reads."""
    folder = tmp_path_factory.mktemp("project")
    (folder / "app").mkdir()
    (folder / "app" / "main.py").write_text("print('hello')\n")
    command = [sys.executable, doc_programs.__file__, *map(str, PAGES)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    found: dict[str, dict[str, list[str]]] = json.loads(done.stdout)
    return found


def test_the_reference_is_fresh(tmp_path: Path) -> None:
    generate_docs.generate(tmp_path)
    made, kept = pages_in(tmp_path), pages_in(DOCS)
    stale = sorted(name for name in made.keys() | kept.keys() if made.get(name) != kept.get(name))
    assert [] == stale, "run `make generate`"


@by_name
def test_every_page_has_a_program_and_it_runs(page: Path, ran: dict[str, dict[str, list[str]]]) -> None:
    assert ["python"] == [language for language, _ in doc_programs.programs(page)]
    assert [] == ran[str(page)]["failures"]


@pytest.mark.parametrize("name", RESOURCES)
def test_the_program_of_a_resource_declares_it(name: str, ran: dict[str, dict[str, list[str]]]) -> None:
    assert name in ran[str(DOCS / "resources" / f"{module_of(name)}.md")]["declared"]


@pytest.mark.parametrize("topic", TOPICS)
def test_the_program_of_a_topic_asks(topic: str, ran: dict[str, dict[str, list[str]]]) -> None:
    asked = ran[str(DOCS / "functions" / f"{topic}.md")]["asked"]
    assert asked
    assert {*asked} <= {look_up.name for look_up in look_ups(topic)}


@pytest.mark.parametrize("name", RESOURCES)
def test_every_input_and_output_is_in_the_tables_under_both_names(name: str) -> None:
    definition: Any = definition_of(name)
    text = (DOCS / "resources" / f"{module_of(name)}.md").read_text()
    inputs, outputs = text.split("## Inputs")[1].split("## Outputs")
    shown = [each for each, trait in definition.inputs.traits().items() if not trait.internal]
    for names, table in ((shown, inputs), (definition.outputs.names(), outputs)):
        rows = [line.split(" | ")[0] for line in table.splitlines() if line.startswith("| `")]
        assert [] == [each for each in names if not any(f"`{each}`" in row for row in rows)]
        assert [] == [each for each in names if not any(f"`{camel(each)}`" in row for row in rows)]


def test_every_look_up_has_its_place() -> None:
    text = "".join((DOCS / "functions" / f"{topic}.md").read_text() for topic in TOPICS)
    names = re.findall(r"^## (\w+_\w+)$", text, re.MULTILINE)
    assert sorted(look_up.name for look_up in every_look_up()) == sorted(names)


def test_a_table_says_what_a_change_leads_to_what_is_secret_and_what_is_required() -> None:
    lines = (DOCS / "resources" / "sandbox.md").read_text().splitlines()
    rows = {line.split("`")[1]: line.split(" | ")[1:5] for line in reversed(lines) if line.startswith("| `")}
    assert ["`int`", "minutes", "`15`", "in place"] == rows["auto_stop_interval"]
    assert ["map of `str`, secret", "", "", "replaces"] == [cell.strip() for cell in rows["env"]]
    assert ["`float`", "seconds", "`300`", "no change"] == rows["create_timeout"]
    assert "in place, or replaces" == rows["resources"][3]
    value = (DOCS / "resources" / "secret.md").read_text().split("| `value` | ")[1]
    assert value.startswith("`str`, secret |  | **required** | in place | ")
