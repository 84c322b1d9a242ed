"""The workflows to copy: what can be told of them without running them on GitHub."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer.main
import yaml  # type: ignore[import-untyped]
from pulumi_daytona.cli.app import app

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
FILES = {file.stem: file for file in sorted((EXAMPLES / "ci").glob("*.yaml"))}
WORKFLOWS: dict[str, dict[Any, Any]] = {
    name: yaml.safe_load(file.read_text()) for name, file in FILES.items()
}
REVIEW = WORKFLOWS["pull-request"]
EVENTS = True
"""YAML 1.1 reads `on` as a truth value."""

_EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")
_ABSENT = {"sudo", "sysctl"}
"""What GitHub's runners have and this machine need not."""


def steps(workflow: dict[Any, Any]) -> list[dict[str, Any]]:
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


SCRIPTS = sorted(
    {step["run"] for workflow in WORKFLOWS.values() for step in steps(workflow) if "run" in step}
)


@pytest.fixture(params=FILES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def pulumi(command: str) -> dict[str, Any]:
    """Return the inputs of the step of the review's workflow that runs a command of Pulumi."""
    found = [
        step["with"] for step in REVIEW["jobs"][command]["steps"] if "pulumi/actions" in step.get("uses", "")
    ]
    [inputs] = found
    return dict(inputs)


def test_a_review_begins_when_a_pull_request_is_opened_or_pushed_to_and_ends_when_it_is_closed() -> None:
    assert {"opened", "reopened", "synchronize", "closed"} == set(REVIEW[EVENTS]["pull_request"]["types"])


def test_one_job_makes_what_the_other_removes() -> None:
    up, destroy = pulumi("up"), pulumi("destroy")
    assert ("up", "destroy") == (up["command"], destroy["command"])
    assert (up["stack-name"], up["work-dir"]) == (destroy["stack-name"], destroy["work-dir"])
    assert (True, True, True) == (up["upsert"], destroy["remove"], up["refresh"] and destroy["refresh"])


def test_a_closed_pull_request_is_for_one_job_only_and_forks_are_for_none() -> None:
    conditions = {name: job["if"] for name, job in REVIEW["jobs"].items()}
    assert "github.event.action != 'closed'" in conditions["up"]
    assert "github.event.action == 'closed'" in conditions["destroy"]
    own = "github.event.pull_request.head.repo.full_name == github.repository"
    assert all(own in condition for condition in conditions.values())


def test_the_config_is_json_with_what_the_program_requires() -> None:
    given = json.loads(_EXPRESSION.sub("42", pulumi("up")["config-map"]))
    program = (EXAMPLES.parent / REVIEW["env"]["FOLDER"] / "__main__.py").read_text()
    asked = set(re.findall(r'config\.\w+\("(\w+)"\)', program))
    required = set(re.findall(r'config\.require\w*\("(\w+)"\)', program))
    assert required <= set(given) <= asked
    assert all([*value] == ["value"] for value in given.values())


def test_the_tests_need_no_secret_and_the_sweep_asks_nobody() -> None:
    assert "secrets." not in FILES["tests"].read_text()
    [command] = [script for script in SCRIPTS if script.startswith("pulumi-daytona ")]
    program, name, *options = shlex.split(command)
    known = typer.main.get_command(app).commands[name]  # type: ignore[attr-defined]
    given = known.make_context(program, options).params
    assert (True, True, False, False) == tuple(
        given[key] for key in ("yes", "all_stacks", "dry_run", "volumes")
    )


def test_a_folder_that_is_named_is_one_of_this_project(name: str) -> None:
    folder = WORKFLOWS[name].get("env", {}).get("FOLDER")
    assert folder is None or (EXAMPLES.parent / folder / "requirements.txt").is_file()


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_script_is_right_for_bash_and_its_commands_exist(script: str) -> None:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"], "/usr/sbin", "/sbin"])
    subprocess.run(["bash", "-n", "-c", script], check=True)
    for line in script.splitlines():
        command = line.split()[0]
        assert command in _ABSENT or shutil.which(command, path=path), f"{command} isn't there"


def test_every_expression_reads_what_a_workflow_has(name: str) -> None:
    env = set(WORKFLOWS[name].get("env", {}))
    for text in _EXPRESSION.findall(FILES[name].read_text()):
        root, _, rest = text.partition(".")
        assert root in ("github", "secrets", "env"), text
        assert root != "env" or rest in env, text


def test_keys_come_from_secrets_and_the_token_of_the_run_may_only_read(name: str) -> None:
    for key, value in WORKFLOWS[name].get("env", {}).items():
        if key.endswith(("_TOKEN", "_KEY")):
            assert f"${{{{ secrets.{key} }}}}" == value
    assert {"contents": "read"} == WORKFLOWS[name]["permissions"]


def test_every_action_has_a_version_and_every_job_an_end(name: str) -> None:
    used = [step["uses"] for step in steps(WORKFLOWS[name]) if "uses" in step]
    assert all(re.fullmatch(r"[\w-]+/[\w-]+@v\d+", action) for action in used)
    assert all(0 < job["timeout-minutes"] <= 60 for job in WORKFLOWS[name]["jobs"].values())
