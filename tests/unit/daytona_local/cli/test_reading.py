"""`status`, `ls` and `logs`: for people, for programs, and on a terminal."""

from __future__ import annotations

import json

import pytest
from daytona_httpx import CreateSandboxFromImageParams, Image

from tests.unit.daytona_local.cli.commands import LIMIT_S, Cli, Here, Terminal, line_of, started


def test_status_says_where_the_server_is_and_what_it_has(served: Cli, here: Here) -> None:
    facts = served("status", "--json").json
    assert {"started": 1, "stopped": 1}.items() <= facts["sandboxes"].items()
    assert (here.server.api_url, f"{here.server.url}/dashboard") == (facts["url"], facts["dashboard_url"])
    assert {"database", "sandboxes", "snapshots", "volumes"} == set(facts["disk_bytes"])
    assert facts["disk_bytes"]["sandboxes"] > 0
    said = served("status").out
    assert said.startswith("running since ")
    for text in (here.server.api_url, str(served.folder), "1 started", "bubblewrap"):
        assert text in said
    assert here.server.api_key not in said + json.dumps(facts)


def test_status_of_nothing_is_3(cli: Cli) -> None:
    done = cli("status")
    assert (3, "") == (done.status, done.err)
    assert done.out.startswith("not running")
    assert not cli.folder.exists()


def test_ls_lists_sandboxes_with_the_timer_that_runs_out_first(served: Cli) -> None:
    listed = {sandbox["name"]: sandbox for sandbox in served("ls", "--json").json}
    assert ("started", "auto-stop") == (listed["box"]["state"], listed["box"]["next_timer"]["name"])
    assert ("stopped", "auto-archive") == (listed["halted"]["state"], listed["halted"]["next_timer"]["name"])
    header, *rows = served("ls").out.splitlines()
    assert "NAME STATE CPU MEMORY DISK NEXT TIMER LABELS" == " ".join(header.split())
    [row] = [row for row in rows if row.startswith("box ")]
    assert "auto-stop in " in row
    assert "team=a" in row


@pytest.mark.parametrize(
    ("options", "names"),
    [
        (("--state", "started"), {"box"}),
        (("--state", "stopped", "--label", "team=a"), set()),
        (("--label", "team=a"), {"box"}),
    ],
)
def test_ls_narrows_by_state_and_label(served: Cli, options: tuple[str, ...], names: set[str]) -> None:
    assert names == {sandbox["name"] for sandbox in served("ls", "--json", *options).json}
    assert ("no sandboxes\n" == served("ls", *options).out) is not bool(names)


def test_the_journal_of_requests_is_printed_a_line_each(served: Cli) -> None:
    served("ls")
    entries = [json.loads(line) for line in served("logs", "--json").out.splitlines()]
    assert ("GET", 200) in {
        (entry["method"], entry["status"]) for entry in entries if entry["path"] == "/api/sandbox"
    }
    assert "GET    /api/sandbox" in served("logs").out


def test_the_journal_is_followed(served: Cli, here: Here) -> None:
    with started("logs", "--follow", "--json", "--data-dir", served.folder) as process:
        assert line_of(process)
        here.client.volume.list()
        while json.loads(line_of(process))["path"] != "/api/volumes":
            continue


def test_logs_of_a_sandbox_are_those_of_its_entry_point_and_of_its_build(cli: Cli, here: Here) -> None:
    image = Image.base("daytona-local:default").run_commands("echo while building")
    params = CreateSandboxFromImageParams(
        name="built", image=image.entrypoint(["sh", "-c", "echo out; echo err >&2"])
    )
    built = here.client.create(params, timeout=LIMIT_S)
    try:
        on_here = ("--data-dir", here.folder)
        done = cli.bare("logs", "built", "--follow", *on_here)
        assert (0, "out\n", "err\n") == (done.status, done.out, done.err)
        assert done == cli.bare("logs", "built", "--entrypoint", *on_here)
        pieces = [json.loads(line) for line in cli.bare("logs", "built", "--json", *on_here).out.splitlines()]
        assert {"stdout": "out\n", "stderr": "err\n"} == {piece["stream"]: piece["text"] for piece in pieces}
        for follow in ((), ("--follow",)):
            assert "while building" in cli.bare("logs", "built", "--build", *follow, *on_here).out
        assert 'sandbox "box" has no build log' in cli.bare("logs", "box", "--build", *on_here).line
    finally:
        built.delete(wait=True)


def test_colours_are_for_terminals_and_not_with_no_color(served: Cli) -> None:
    def shown(**variables: str) -> bytes:
        terminal = Terminal("ls", "--data-dir", served.folder, **variables)
        assert 0 == terminal.end()
        return terminal.seen

    assert b"\x1b[32m" in shown()
    plain = shown(NO_COLOR="1")
    assert b"started" in plain
    assert b"\x1b[3" not in plain
    assert "\x1b" not in served("ls").out


def test_names_of_sandboxes_complete_from_the_running_server(
    served: Cli, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    def completed(one: Cli, typed: str) -> set[str]:
        monkeypatch.setenv("_DAYTONA_LOCAL_COMPLETE", "complete_bash")
        monkeypatch.setenv("COMP_WORDS", f"daytona-local exec --data-dir {one.folder} {typed}")
        monkeypatch.setenv("COMP_CWORD", "4")
        done = one.bare()
        assert "" == done.err
        return set(done.out.split())

    assert {"box"} == completed(served, "b")
    assert {"box", "halted"} <= completed(served, "")
    assert set() == completed(cli, "b")
