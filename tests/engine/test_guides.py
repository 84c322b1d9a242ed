"""The programs and commands of the README and the guides, by the real engine, all of them in one stack."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator

import httpx
import pytest
from daytona_local import LocalDaytona

from tests.engine.project import Project
from tests.toolchain.engine import Engine
from tests.unit.docs.commands import commands
from tests.unit.docs.pages import AFTER_UP, BLOCKS, GUIDES, ROOT, Block
from tests.unit.docs.permissions import needed
from tests.unit.docs.shown import check_output

pytestmark = pytest.mark.engine

PROGRAMS = [
    block
    for block in BLOCKS
    if block.is_program and block.page in (ROOT / "README.md", *GUIDES) and "ApiKey" not in block.text
]
"""An API key needs a user's token; the others make do with a key that can do little."""

AFTER = [block for block in BLOCKS if block.mark == AFTER_UP]
SHELL = [words for block in BLOCKS if block.language == "sh" for words in commands(block.text)]
GROUPS = ("config", "stack", "state")
CONFIG = {"number": "42", "repository": "acme/shop"}
KEY = re.compile(r'\brequire(?:_int|_secret)?\("(\w+)"\)')


@pytest.fixture(scope="module")
def server() -> Iterator[LocalDaytona]:
    with LocalDaytona(transition_s=0, substitute_images=True) as running:
        yield running


@pytest.fixture(scope="module")
def key(server: LocalDaytona) -> str:
    """Return a key with the permissions that the guide to production says these resources need."""
    body = {"name": "little", "permissions": sorted(needed("Sandbox", "Volume", "Secret"))}
    headers = {"Authorization": f"Bearer {server.api_key}"}
    answer = httpx.post(f"{server.api_url}/api-keys", json=body, headers=headers).raise_for_status()
    return str(answer.json()["value"])


@pytest.fixture(scope="module")
def stack(
    engine: Engine, server: LocalDaytona, key: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Project]:
    """Return a stack of every program, that is up."""
    environment = {"DAYTONA_API_URL": server.api_url, "DAYTONA_API_KEY": key}
    made = Project(engine, tmp_path_factory.mktemp("guides"), name="guides", environment=environment)
    made.init()
    for number, block in enumerate(PROGRAMS):
        (made.program_folder / f"page_{number}.py").write_text(block.text)
    made.write("\n".join(f"import page_{number}" for number in range(len(PROGRAMS))))
    for name in {name for block in PROGRAMS for name in KEY.findall(block.text)}:
        made.set_config(name, CONFIG.get(name, "given"), secret=name not in CONFIG)
    made.up()
    yield made
    made.destroy()
    assert [] == [*made.resources()]


def test_every_program_is_made_and_a_second_look_has_nothing_to_do(stack: Project) -> None:
    assert {"same"} == {*stack.preview().changes}


@pytest.mark.parametrize("block", [pytest.param(block, id=str(block)) for block in AFTER])
def test_what_is_done_with_a_stack_prints_what_the_page_shows(block: Block, stack: Project) -> None:
    interpreter = [sys.executable, "-c"] if block.language == "python" else ["bash", "-c"]
    done = subprocess.run(
        [*interpreter, block.text],
        cwd=stack.program_folder,
        env={**stack.full_environment, "NO_COLOR": "1", "COLUMNS": "120"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    check_output(block, done.stdout + done.stderr)


def test_every_command_of_pulumi_exists_with_its_options(engine: Engine) -> None:
    given: dict[tuple[str, ...], list[str]] = {}
    for words in (words[1:] for words in SHELL if words[0] == "pulumi"):
        name = tuple(words[: 2 if words[0] in GROUPS else 1])
        given.setdefault(name, []).extend(words[len(name) :])
    for name, arguments in given.items():
        command = [str(engine.pulumi), *name, *arguments, "--help"]  # a wrong option is met before the help
        said = subprocess.run(command, capture_output=True, text=True, timeout=120)
        usage = said.stdout.partition("Usage:")[2].split()
        assert (0, name[0]) == (said.returncode, usage[1]), f"{name}: {said.stderr}"
        assert name[1:] == () or usage[2].isalpha(), f"pulumi {name[0]} has no {name[1]}"
