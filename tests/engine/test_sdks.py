"""The SDKs for other languages, generated from the schema, in programs that the real engine runs."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from daytona_httpx import Daytona
from daytona_local import LocalDaytona

from tests.toolchain import node, sdks
from tests.toolchain.engine import Engine
from tests.toolchain.environment import engine_environment
from tests.toolchain.errors import MissingError
from tests.toolchain.go_program import build_program

pytestmark = [pytest.mark.engine, pytest.mark.timeout(900)]  # what compiles is built first, once

EXAMPLES = sdks.ROOT / "examples"
UP_LIMIT_S = 240


@pytest.fixture
def environment(engine: Engine, server: LocalDaytona, tmp_path: Path) -> dict[str, str]:
    ours = {"DAYTONA_API_URL": server.api_url, "DAYTONA_API_KEY": server.api_key}
    return {**engine_environment(engine, tmp_path / "pulumi"), **ours}


@pytest.fixture
def typescript_project(tmp_path: Path) -> Path:
    """Return a copy of the TypeScript example, with the generated SDK among its packages."""
    try:
        made, modules = sdks.sdk("nodejs", print), node.packages(print)
    except MissingError as reason:
        pytest.skip(str(reason))
    folder = tmp_path / "typescript"
    ignored = shutil.ignore_patterns("node_modules", "bin", "Pulumi.*.yaml")
    shutil.copytree(EXAMPLES / "typescript", folder, ignore=ignored)
    node.link_packages(folder, modules, made)
    return folder


@pytest.fixture
def typescript(typescript_project: Path) -> list[str]:
    """Return the command of the TypeScript example, compiled."""
    node.compile_program(typescript_project)
    return ["node", str(typescript_project / "bin" / "index.js")]


@pytest.fixture
def go(tmp_path: Path) -> list[str]:
    """Return the command of the Go example, compiled with the generated SDK."""
    try:
        return [str(build_program(EXAMPLES / "go", sdks.sdk("go", print), tmp_path / "go"))]
    except MissingError as reason:
        pytest.skip(str(reason))


@pytest.fixture(params=["typescript", "go"])
def program(request: pytest.FixtureRequest) -> list[str]:
    found: list[str] = request.getfixturevalue(request.param)
    return found


def run(command: list[str], environment: Mapping[str, str], **more: str) -> Any:
    """Run a program to its end in the folder of its Pulumi.yaml, and return what it printed."""
    done = subprocess.run(
        command,
        cwd=next(each for each in Path(command[-2]).parents if (each / "Pulumi.yaml").exists()),
        env={**environment, **more},
        capture_output=True,
        text=True,
        timeout=UP_LIMIT_S,
    )
    assert 0 == done.returncode, done.stdout + done.stderr
    return json.loads(done.stdout or "null")


def test_a_program_makes_changes_and_removes_sandboxes_with_the_generated_sdk(
    program: list[str], environment: dict[str, str], client: Daytona, tmp_path: Path
) -> None:
    made = run([*program, "up"], environment, GREETING="keep this quiet")
    box = client.get(made["outputs"]["id"])
    assert {"create": 4} == made["changes"]  # the stack itself is one
    assert ("search", "keep this quiet\n") == (
        box.labels["team"],
        box.process.exec("echo $GREETING").result,
    )
    assert box.process.exec("cat /tmp/note.txt").result == made["outputs"]["said"] != ""
    assert "[secret]" == made["outputs"]["url"]  # the token beside it makes all of the answer one
    state = "".join(path.read_text() for path in (tmp_path / "pulumi" / "state").rglob("*.json"))
    assert (True, False) == (made["outputs"]["name"] in state, "keep this quiet" in state)

    changed = run([*program, "up"], environment, GREETING="keep this quiet", TEAM="ops")
    assert {"same": 3, "update": 1} == changed["changes"]
    box.refresh_data()
    assert ("ops", made["outputs"]["id"]) == (box.labels["team"], changed["outputs"]["id"])

    run([*program, "destroy"], environment)
    assert [] == [*client.list()]


def test_the_examples_of_schema_and_pages_are_programs_that_typescript_accepts(
    typescript_project: Path,
) -> None:
    texts = [spec["description"] for spec in json.loads(sdks.SCHEMA.read_text())["resources"].values()]
    texts.append((sdks.ROOT / "provider" / "docs" / "_index.md").read_text())
    programs = re.findall(r"```typescript\n(.*?)\n```", "\n".join(texts), re.DOTALL)
    assert len(programs) > 20
    for number, text in enumerate(programs):
        (typescript_project / f"example{number}.ts").write_text(text)
    settings = json.loads((typescript_project / "tsconfig.json").read_text())
    settings["files"] = [f"example{number}.ts" for number in range(len(programs))]
    (typescript_project / "tsconfig.json").write_text(json.dumps(settings))
    node.compile_program(typescript_project)


def test_the_engine_accepts_the_schema(engine: Engine, environment: dict[str, str]) -> None:
    command = [str(engine.pulumi), "schema", "check", str(sdks.SCHEMA)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert (0, "") == (done.returncode, done.stderr.strip())


def test_the_plugin_tells_the_engine_the_same_schema(engine: Engine, environment: dict[str, str]) -> None:
    plugin = shutil.which("pulumi-resource-daytona", path=environment["PATH"])
    command = [str(engine.pulumi), "package", "get-schema", str(plugin)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert 0 == done.returncode, done.stderr
    told, ours = json.loads(done.stdout), json.loads(sdks.SCHEMA.read_text())
    for part in ("name", "version", "types", "resources", "functions"):
        assert (
            ours[part].keys() == told[part].keys()
            if isinstance(told[part], dict)
            else told[part] == ours[part]
        )
