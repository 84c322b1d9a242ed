"""A Pulumi project in a temporary folder, driven by the real engine's command line."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import textwrap
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from tests.toolchain.engine import Engine
from tests.toolchain.environment import engine_environment

COMMAND_LIMIT_S = 240
FAILS = -1
"""Expect any exit status but 0."""


@dataclass(frozen=True)
class Outcome:
    """What one command did: its exit status, its output, and how many seconds it took."""

    command: Sequence[str]
    status: int
    output: str
    errors: str
    seconds: float

    @cached_property
    def events(self) -> list[dict[str, Any]]:
        """Return the engine's events (for commands run with --json), in order."""
        return [json.loads(line) for line in self.output.splitlines() if line.startswith('{"sequence"')]

    @property
    def changes(self) -> dict[str, int]:
        """Return how many resources had which operation, such as {"create": 2, "same": 1}."""
        summaries = [event["summaryEvent"] for event in self.events if "summaryEvent" in event]
        return dict(summaries[-1]["resourceChanges"]) if summaries else {}

    def operations(self, name: str) -> list[str]:
        """Return what was done with the resource of this logical name, in order, such as ["update"]."""
        return self._operations("resourcePreEvent", name)

    def findings(self, name: str) -> list[str]:
        """Return what came of it: a refresh is done as "refresh" and finds "same", "update" or "delete"."""
        return self._operations("resOutputsEvent", name)

    def messages(self, severity: str = "error") -> list[str]:
        """Return the diagnostics of one severity: "error", "warning", "info" (what the program prints) ..."""
        found = [event["diagnosticEvent"] for event in self.events if "diagnosticEvent" in event]
        return [message["message"].strip() for message in found if message["severity"] == severity]

    def _operations(self, kind: str, name: str) -> list[str]:
        steps = [event[kind]["metadata"] for event in self.events if kind in event]
        return [step["op"] for step in steps if step["urn"].rpartition("::")[2] == name]


@dataclass
class Project:
    """A `runtime: python` project with one stack, kept in `folder` together with its state.

    `environment` is added to the commands' own, for example the address of a local server.
    """

    engine: Engine
    folder: Path
    name: str = "test"
    stack: str = "dev"
    environment: Mapping[str, str] = field(default_factory=dict)

    @property
    def program_folder(self) -> Path:
        """Return the folder of Pulumi.yaml and __main__.py."""
        return self.folder / "program"

    @property
    def full_environment(self) -> dict[str, str]:
        """Return the whole environment that the commands run in."""
        base = engine_environment(self.engine, self.folder / "pulumi")
        return {**base, "PULUMI_ENABLE_STREAMING_JSON_PREVIEW": "true", **self.environment}

    def write(self, program: str) -> None:
        """Make `program` the project's __main__.py; its common indentation is taken away."""
        (self.program_folder / "__main__.py").write_text(textwrap.dedent(program))

    def init(self) -> None:
        """Write Pulumi.yaml and make the stack."""
        self.program_folder.mkdir(parents=True)
        (self.program_folder / "Pulumi.yaml").write_text(f"name: {self.name}\nruntime: python\n")
        self.run("stack", "init", self.stack)

    def up(self, *options: str, status: int = 0) -> Outcome:
        """Run `pulumi up`, expecting `status`; FAILS is any that isn't 0."""
        return self.run("up", "--yes", "--skip-preview", "--json", *options, status=status)

    def preview(self, *options: str, status: int = 0) -> Outcome:
        """Run `pulumi preview`, expecting `status`."""
        return self.run("preview", "--json", *options, status=status)

    def refresh(self, *options: str, status: int = 0) -> Outcome:
        """Run `pulumi refresh`, expecting `status`."""
        return self.run("refresh", "--yes", "--skip-preview", "--json", *options, status=status)

    def destroy(self, *options: str, status: int = 0) -> Outcome:
        """Run `pulumi destroy`, expecting `status`."""
        return self.run("destroy", "--yes", "--skip-preview", "--json", *options, status=status)

    def cancel(self) -> Outcome:
        """Run `pulumi cancel`: frees the lock that a killed engine leaves on the stack."""
        return self.run("cancel", "--yes")

    def set_config(self, key: str, value: str, *, secret: bool = False) -> None:
        """Set one value of the stack's config."""
        self.run("config", "set", "--secret" if secret else "--plaintext", key, "--", value)

    def outputs(self) -> dict[str, Any]:
        """Return what the program exported, with the secrets in plain text."""
        outputs: dict[str, Any] = json.loads(self.run("stack", "output", "--json", "--show-secrets").output)
        return outputs

    def export(self) -> dict[str, Any]:
        """Return the stack's state, with the secrets encrypted."""
        state: dict[str, Any] = json.loads(self.run("stack", "export").output)
        return state

    def resources(self) -> dict[str, dict[str, Any]]:
        """Return the state of each resource that a provider made, by its logical name."""
        found = self.export()["deployment"].get("resources", [])
        made = [item for item in found if item["custom"] and not item["type"].startswith("pulumi:")]
        return {item["urn"].rpartition("::")[2]: item for item in made}

    def run(self, *arguments: str, status: int = 0) -> Outcome:
        """Run any `pulumi` command to its end; an exit status other than `status` fails the test.

        FAILS stands for any but 0: engines don't agree on the number.
        """
        started = time.monotonic()
        process = self.start(*arguments)
        try:
            output, errors = process.communicate(timeout=COMMAND_LIMIT_S)
        finally:
            if process.poll() is None:
                kill_with_plugins(process)
        seconds = time.monotonic() - started
        is_expected = bool(process.returncode) if status == FAILS else status == process.returncode
        assert is_expected, (
            f"exit status {process.returncode} of pulumi {' '.join(arguments)}:\n{output}\n{errors}"
        )
        return Outcome(arguments, process.returncode, output, errors, seconds)

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start a `pulumi` command and don't wait for it; the caller reads its pipes and ends it."""
        return subprocess.Popen(
            [str(self.engine.pulumi), "--non-interactive", "--color", "never", *arguments],
            cwd=self.program_folder,
            env=self.full_environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )


def kill_with_plugins(process: subprocess.Popen[str]) -> None:
    """Kill an engine and all that it started, at once, as a machine that loses its power does.

    An engine that is killed alone leaves its dynamic provider running: it never notices.
    """
    doomed = [process.pid, *descendants(process.pid)]
    for pid in doomed:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    process.communicate()


def descendants(pid: int) -> list[int]:
    """Return the ids of all processes below `pid`, parents before their children."""
    listing = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True)
    pairs = [(int(child), int(parent)) for child, parent in map(str.split, listing.stdout.splitlines())]
    found = [pid]
    for parent in found:  # grows while it is walked
        found.extend(child for child, its_parent in pairs if its_parent == parent)
    return found[1:]
