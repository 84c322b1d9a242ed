"""The real engine with the real local server: what is inside sandboxes, through their whole life."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from daytona_httpx import Daytona, Sandbox
from daytona_local import LocalDaytona

from tests.engine import in_sandbox
from tests.engine.conftest import MakeProject
from tests.engine.project import FAILS, Outcome, Project, kill_with_plugins

pytestmark = pytest.mark.engine

CREATED = {name: ["create"] for name in in_sandbox.RESOURCES}
LOOKED = ("same", "refresh")
LOOKS = ("/process/execute", "/files/bulk-download")


@pytest.fixture(scope="module")
def server() -> Iterator[LocalDaytona]:
    with LocalDaytona(control=True) as running:
        yield running


class Journal:
    """Tell what was asked of a server since it was cleared."""

    def __init__(self, server: LocalDaytona) -> None:
        self._http = httpx.Client(
            base_url=f"{server.url}/_local", headers={"Authorization": f"Bearer {server.api_key}"}
        )

    def clear(self) -> None:
        """Forget what was asked so far."""
        self._http.delete("/journal").raise_for_status()

    def close(self) -> None:
        """Close the connection."""
        self._http.close()

    @property
    def writes(self) -> list[str]:
        """Return what may have changed something; commands that only look aren't among it."""
        entries: list[dict[str, Any]] = self._http.get("/journal").raise_for_status().json()
        return [
            f"{entry['method']} {entry['path']}"
            for entry in entries
            if entry["method"] not in ("GET", "HEAD") and not entry["path"].endswith(LOOKS)
        ]


@pytest.fixture
def journal(server: LocalDaytona) -> Iterator[Journal]:
    made = Journal(server)
    yield made
    made.close()


@pytest.fixture
def stack(project: MakeProject, server: LocalDaytona, client: Daytona) -> Project:
    made = project(
        in_sandbox.ALL, environment={"DAYTONA_API_URL": server.api_url, "DAYTONA_API_KEY": server.api_key}
    )
    made.set_config("token", "a quiet token", secret=True)
    made.set_config("quiet", "a quiet text", secret=True)
    in_sandbox.make_files(made.program_folder)
    return made


def said(sandbox: Sandbox, command: str) -> str:
    return sandbox.process.exec(command).result.strip()


def operations(outcome: Outcome) -> dict[str, list[str]]:
    """Return what was done with what is in the sandbox, where it is more than to look."""
    done = {name: outcome.operations(name) for name in in_sandbox.RESOURCES}
    changed = {name: [step for step in steps if step not in LOOKED] for name, steps in done.items()}
    return {name: steps for name, steps in changed.items() if steps}


def served(sandbox: Sandbox) -> str:
    """Return what the web server in the sandbox answers."""
    get = (
        "import urllib.request as r; print(r.urlopen('http://127.0.0.1:' + open('/tmp/port').read()).read())"
    )
    return said(sandbox, f'python3 -c "{get}"')


def test_assets_and_secret_contents(stack: Project, client: Daytona) -> None:
    stack.write(in_sandbox.FILES)
    stack.up()
    box = client.get(stack.outputs()["id"])
    assert "a=1 a quiet text local an asset" == said(
        box, "for f in conf/app.ini /tmp/quiet local.txt asset.txt; do cat $f; echo; done | xargs"
    )
    assert "./a.txt 644 ./site/index.html 644 ./site/run.sh 755 ./site/style.css 644" == said(
        box, "cd /tmp/pack; find . -type f | sort | xargs stat -c '%n %a' | xargs"
    )
    assert "a quiet text" not in json.dumps(stack.export())
    shown = json.loads(stack.run("stack", "output", "--json").output)
    assert ("[secret]", stack.outputs()["text"]) == (shown["quiet"], shown["text"])

    (stack.program_folder / "local.txt").write_text("changed")
    assert ["update"] == stack.preview().operations("local")
    assert {"update": 1} == {op: n for op, n in stack.up().changes.items() if op != "same"}
    assert "changed" == said(box, "cat local.txt")


def test_provisioning_is_done_once_and_what_changes_is_followed(
    stack: Project, client: Daytona, journal: Journal
) -> None:
    assert CREATED == operations(stack.preview())
    stack.up()
    outputs = stack.outputs()
    box = client.get(outputs["id"])
    assert "hi" in served(box)
    assert ("made a quiet token", "<h1>hi</h1>") == (outputs["origin"], outputs["build"].splitlines()[0])
    shown = json.loads(stack.run("stack", "output", "--json").output)
    assert ("[secret]", "[secret]") == (shown["origin"], shown["signed"])
    assert (outputs["build"], outputs["url"]) == (shown["build"], shown["url"])
    state = json.dumps(stack.export())
    assert "a quiet token" not in state
    assert outputs["signed"] not in state

    journal.clear()
    assert {} == operations(stack.up())
    assert {} == operations(stack.up("--refresh"))
    assert [] == journal.writes

    (stack.program_folder / "site" / "index.html").write_text("<h1>new</h1>\n")
    (stack.program_folder / "site" / "style.css").unlink()
    stack.set_config("port", "8001")
    changed = operations(stack.up())
    assert "create-replacement" in changed.pop("build")
    assert {"site": ["update"], "port": ["update"], "web": ["update"]} == changed
    assert ("new" in served(box), "index.html run.sh") == (True, said(box, "ls /tmp/site | xargs"))
    assert "built built" == said(box, "xargs </tmp/built")
    stack.destroy()
    assert [] == list(client.list())


def test_drift_and_a_restart_are_put_right_with_only_the_calls_that_are_needed(
    stack: Project, client: Daytona, journal: Journal
) -> None:
    stack.up()
    box = client.get(stack.outputs()["id"])
    said(box, "echo x >/tmp/site/index.html; rm /tmp/port; cd code && git checkout -q --detach")
    box.process.delete_session(stack.resources()["web"]["outputs"]["session_id"])
    stack.refresh()
    journal.clear()
    fixed = operations(stack.up())
    assert {"site": ["update"], "port": ["create"], "code": ["update"], "web": ["update"]} == fixed
    # One file of the site, the port, and the script of the session.
    assert 3 == sum(asked.endswith("/files/bulk-upload") for asked in journal.writes)
    assert ("main", True) == (said(box, "cd code && git rev-parse --abbrev-ref HEAD"), "hi" in served(box))

    box.stop()
    assert {"web": ["update"]} == operations(stack.up("--refresh"))
    assert ("hi" in served(box), "built") == (True, said(box, "xargs </tmp/built"))

    box.stop()
    stack.destroy()
    assert [] == list(client.list())


def test_a_replaced_sandbox_is_provisioned_again(stack: Project, client: Daytona) -> None:
    stack.up()
    first = stack.outputs()["id"]
    stack.set_config("n", "2")
    replaced = operations(stack.up())
    assert dict.fromkeys(in_sandbox.RESOURCES, True) == {
        name: "create-replacement" in steps for name, steps in replaced.items()
    }
    box = client.get(stack.outputs()["id"])
    assert (True, "hi" in served(box)) == (first != box.id, True)
    assert [box.id] == [sandbox.id for sandbox in client.list()]

    kept = [name for name in in_sandbox.RESOURCES if name not in ("origin", "build")]
    urns = [stack.resources()[name]["urn"] for name in kept]
    forced = operations(stack.up(*(word for urn in urns for word in ("--replace", urn))))
    assert kept == [name for name in in_sandbox.RESOURCES if name in forced]
    assert {} == operations(stack.up("--refresh"))
    assert "hi" in served(box)

    box.delete(wait=True)
    assert CREATED == operations(stack.up("--refresh"))
    client.get(stack.outputs()["id"]).delete(wait=True)
    stack.destroy()
    assert {} == stack.resources()


def test_a_command_that_fails_is_one_clear_line_and_runs_again(stack: Project, client: Daytona) -> None:
    stack.write(in_sandbox.COMMAND)
    stack.set_config("command", "echo went wrong >&2; exit 3")
    words = " ".join(stack.up(status=FAILS).messages())
    assert "the exit code is 3: went wrong" in words
    assert "Traceback" not in words
    stack.set_config("command", "echo well")
    assert ["create"] == stack.up().operations("command")
    assert "well" == stack.outputs()["stdout"]


def test_killed_while_a_command_runs_and_run_again_it_was_started_once(
    stack: Project, client: Daytona
) -> None:
    stack.write(in_sandbox.COMMAND)
    waiting = "echo x >>/tmp/ran; while ! test -e /tmp/go; do sleep 0.1; done; echo went"
    stack.set_config("command", waiting)
    process = stack.start("up", "--yes", "--skip-preview")
    deadline = time.monotonic() + 60
    while not any(said(box, "cat /tmp/ran 2>/dev/null") for box in client.list() if box.state == "started"):
        assert time.monotonic() < deadline, "the command never began"
        time.sleep(0.1)
    kill_with_plugins(process)

    stack.cancel()
    (box,) = client.list()
    said(box, "touch /tmp/go")
    stack.up()
    assert ("went", "x") == (stack.outputs()["stdout"], said(box, "cat /tmp/ran"))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('SandboxCommand("c", sandbox_id=None, create="true")', "sandbox_id"),
        (
            'SandboxFile("f", sandbox_id="b", path="../out", content="x")',
            "must not have .. in it, got '../out'",
        ),
    ],
)
def test_a_wrong_program_fails_in_preview(stack: Project, line: str, words: str) -> None:
    stack.write(f"from pulumi_daytona import SandboxCommand, SandboxFile\n{line}\n")
    told = " ".join(stack.preview(status=FAILS).messages())
    assert words in told
    assert "Traceback" not in told
