"""The workflow of the example for pull requests: what can be told of it without running it on GitHub."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
FOLDER = EXAMPLES / "ci-ephemeral"
WORKFLOW: dict[Any, Any] = yaml.safe_load((FOLDER / "pull-request.yaml").read_text())
JOBS: dict[str, Any] = WORKFLOW["jobs"]
STEPS: list[dict[str, Any]] = [step for job in JOBS.values() for step in job["steps"]]
SCRIPTS: list[str] = [step["run"] for step in STEPS if "run" in step]

_EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")


def pulumi(command: str) -> dict[str, Any]:
    """Return the inputs of the step that runs a command of Pulumi."""
    [found] = [step["with"] for step in JOBS[command]["steps"] if "pulumi/actions" in step.get("uses", "")]
    return dict(found)


def test_it_runs_when_a_pull_request_is_opened_pushed_to_and_closed() -> None:
    events = WORKFLOW[True]  # YAML 1.1 reads `on` as a truth value
    assert {"opened", "reopened", "synchronize", "closed"} == set(events["pull_request"]["types"])


def test_one_job_makes_what_the_other_removes() -> None:
    up, destroy = pulumi("up"), pulumi("destroy")

    assert ("up", "destroy") == (up["command"], destroy["command"])
    assert (up["stack-name"], up["work-dir"]) == (destroy["stack-name"], destroy["work-dir"])
    assert (True, True, True) == (up["upsert"], destroy["remove"], up["refresh"] and destroy["refresh"])


def test_a_closed_pull_request_is_for_one_job_only_and_forks_are_for_none() -> None:
    conditions = {name: job["if"] for name, job in JOBS.items()}

    assert "github.event.action != 'closed'" in conditions["up"]
    assert "github.event.action == 'closed'" in conditions["destroy"]
    own = "github.event.pull_request.head.repo.full_name == github.repository"
    assert all(own in condition for condition in conditions.values())


def test_the_config_is_json_with_what_the_program_requires() -> None:
    given = json.loads(_EXPRESSION.sub("42", pulumi("up")["config-map"]))

    asked = set(re.findall(r'config\.\w+\("(\w+)"\)', (FOLDER / "__main__.py").read_text()))
    required = set(re.findall(r'config\.require\w*\("(\w+)"\)', (FOLDER / "__main__.py").read_text()))
    assert required <= set(given) <= asked
    assert all([*value] == ["value"] for value in given.values())


def test_the_folder_is_one_of_this_project() -> None:
    folder = EXAMPLES.parent / WORKFLOW["env"]["FOLDER"]

    assert FOLDER == folder
    assert (folder / "requirements.txt").exists()


@pytest.mark.parametrize("script", sorted(set(SCRIPTS)))
def test_every_script_is_right_for_bash_and_its_commands_exist(script: str) -> None:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    subprocess.run(["bash", "-n", "-c", script], check=True)

    for line in script.splitlines():
        assert shutil.which(line.split()[0], path=path), f"{line.split()[0]} isn't there"


def test_every_expression_reads_what_a_workflow_has() -> None:
    texts = _EXPRESSION.findall((FOLDER / "pull-request.yaml").read_text())
    env = set(WORKFLOW["env"])

    assert texts
    for text in texts:
        root, _, rest = text.partition(".")
        assert root in ("github", "secrets", "env"), text
        assert root != "env" or rest in env, text


def test_the_keys_come_from_secrets_and_the_token_of_the_run_may_only_read() -> None:
    for name in ("PULUMI_ACCESS_TOKEN", "DAYTONA_API_KEY"):
        assert f"${{{{ secrets.{name} }}}}" == WORKFLOW["env"][name]
    assert {"contents": "read"} == WORKFLOW["permissions"]


def test_every_action_has_a_version_and_every_job_an_end() -> None:
    assert all(re.fullmatch(r"[\w-]+/[\w-]+@v\d+", step["uses"]) for step in STEPS if "uses" in step)
    assert all(0 < job["timeout-minutes"] <= 60 for job in JOBS.values())
