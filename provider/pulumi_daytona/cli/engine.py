"""Ask the Pulumi engine, by its command line: which stacks there are, and what is in their state."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from pulumi_daytona.core.errors import ProviderError
from pulumi_daytona.core.sweep_states import StackState, full_name, read_state

LIMIT_S = 120
_AT_ONCE = 8
_PREFIX = "daytona:"
_INSTALL = "install Pulumi (https://www.pulumi.com/docs/install) and put it on PATH"


class EngineError(ProviderError):
    """Say in one line why the engine could not tell."""


class Engine:
    """Run `pulumi` in a folder.

    Args:
        pulumi: The executable.
        folder: Where it runs: the folder of a project, or below it; or any other.
    """

    def __init__(self, pulumi: Path, folder: Path) -> None:
        self.pulumi = pulumi
        self._folder = folder

    def version(self) -> str:
        """Return its version, for example ``3.259.0``."""
        return self._run("find out the version of the engine", "version").strip().removeprefix("v")

    def project(self) -> str | None:
        """Return the name of the folder's project; None when there is none."""
        for folder in (self._folder, *self._folder.parents):
            for file in (folder / "Pulumi.yaml", folder / "Pulumi.yml"):
                if file.is_file():
                    match = re.search(r"^name:\s*[\"']?([\w.-]+)", _text(file), re.MULTILINE)
                    return match[1] if match else None
        return None

    def names_here(self) -> list[str]:
        """Return the names of the stacks of the folder's project, as the project has them.

        Raises:
            EngineError: There is no project, or the backend can't be reached.
        """
        return [str(row["name"]) for row in self._json("list the stacks", "stack", "ls", "--json")]

    def stack_name(self, stack: str | None) -> str:
        """Return a stack's full name: ``organization/project/stack``.

        Args:
            stack: Its name, in full or as the folder's project has it; None is the selected one.

        Raises:
            EngineError: There is none.
            ProviderError: The backend names stacks without organization and project.
        """
        if stack is not None and stack.count("/") == 2:
            return full_name(stack)
        action = f'find stack "{stack}"' if stack else "find the selected stack"
        found = self._run(action, "stack", "--show-name", "--fully-qualify-stack-names", *_stack(stack))
        return full_name(found.strip())

    def stacks(self, *filters: str) -> list[str]:
        """Return the full names of the backend's stacks.

        Args:
            filters: ``--project=NAME``, or ``--all``.

        Raises:
            EngineError: The backend can't be reached.
            ProviderError: An update of one is in progress: its state is about to change.
        """
        rows = self._json("list the stacks", "stack", "ls", "--json", "--fully-qualify-stack-names", *filters)
        for row in rows:
            if row.get("updateInProgress"):
                raise ProviderError(
                    f'an update of stack "{row["name"]}" is in progress; sweep when it has ended'
                )
        return [full_name(str(row["name"])) for row in rows]

    def states(self, stacks: Iterable[str]) -> list[StackState]:
        """Return the states of stacks, all of them or none.

        Raises:
            ProviderError: One of them can't be read.
        """
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            return list(pool.map(self._state, stacks))

    def config(self, stack: str) -> dict[str, str]:
        """Return the values of the stack's configuration that are the provider's, secrets too.

        Raises:
            EngineError: It can't be read, or not decrypted.
        """
        action = f'read the configuration of stack "{stack}"'
        found: dict[str, dict[str, Any]] = self._json(action, "config", "--json", *_stack(stack))
        values = {}
        for key, entry in found.items():
            if key.startswith(_PREFIX):
                value = entry.get("value")
                values[key] = self._secret(key, stack) if value is None else str(value)
        return values

    def export(self, stack: str, *, show_secrets: bool = False) -> Any:
        """Return a stack's state as the engine writes it, its secrets sealed, unless they are to be shown."""
        options = ["--show-secrets"] if show_secrets else []
        return self._json(f'read the state of stack "{stack}"', "stack", "export", *options, *_stack(stack))

    def put_state(self, stack: str, state: Any) -> None:
        """Make a state the stack's; what in it is an opened secret is sealed.

        Raises:
            EngineError: It can't be; then the stack has the one that it had.
        """
        action = f'write the state of stack "{stack}"'
        self._run(action, "stack", "import", *_stack(stack), given=json.dumps(state))

    def _secret(self, key: str, stack: str) -> str:
        return self._run(f'read {key} of stack "{stack}"', "config", "get", key, *_stack(stack)).rstrip("\n")

    def _state(self, stack: str) -> StackState:
        return read_state(stack, self.export(stack))

    def _json(self, action: str, *arguments: str) -> Any:
        text = self._run(action, *arguments)
        try:
            return json.loads(text)
        except ValueError:
            raise EngineError(f"{action}: pulumi answers something else than JSON; update it") from None

    def _run(self, action: str, *arguments: str, given: str = "") -> str:
        try:
            done = subprocess.run(  # noqa: S603 - the user's own engine, without a shell
                [str(self.pulumi), *arguments, "--non-interactive", "--color=never"],
                cwd=self._folder,
                env={**os.environ, "PULUMI_SKIP_UPDATE_CHECK": "true"},
                input=given,
                capture_output=True,
                text=True,
                encoding="utf-8",
                timeout=LIMIT_S,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise EngineError(f"{action}: pulumi does not answer within {LIMIT_S} s; try again") from None
        except OSError as error:
            raise EngineError(
                f"{action}: {self.pulumi} can't be run ({error.strerror}); {_INSTALL}"
            ) from None
        if done.returncode != 0:
            raise EngineError(f"{action}: {_last_words(done.stderr)}")
        return done.stdout


def find_engine(folder: Path | None = None) -> Engine | None:
    """Return the engine on PATH, to be run in a folder (by default this process's); None without one."""
    found = shutil.which("pulumi")
    return Engine(Path(found), folder or Path.cwd()) if found else None


def require_engine() -> Engine:
    """Return the engine on PATH.

    Raises:
        EngineError: There is none.
    """
    engine = find_engine()
    if engine is None:
        raise EngineError(f"`pulumi` is not on PATH; {_INSTALL}")
    return engine


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no UTF-8 text"
        raise EngineError(f"find the project: {file} can't be read ({reason}); correct it") from None


def _stack(stack: str | None) -> list[str]:
    return [] if stack is None else [f"--stack={stack}"]


def _last_words(errors: str) -> str:
    """Return the engine's reason in one line."""
    lines = [line.strip() for line in errors.splitlines() if line.strip()]
    reasons = [line.removeprefix("error: ") for line in lines if line.startswith("error: ")]
    return (reasons or lines or ["pulumi failed without a reason"])[-1]
