"""`reset`: all that was made goes, of a server or of a folder; the key stays, and so does what isn't ours."""

from __future__ import annotations

import os
from pathlib import Path

from daytona_httpx import CreateSandboxFromSnapshotParams

from tests.unit.daytona_local.cli.commands import Cli, Terminal, serving_here


def test_a_running_server_is_empty_afterwards_and_so_is_its_folder_when_it_has_ended(cli: Cli) -> None:
    with serving_here(cli.folder) as here:
        here.client.create()
        here.client.volume.create("v")
        assert "Remove everything (1 sandbox, 1 volume) from the server at" in cli("reset").line
        assert 1 == len(list(here.client.list()))
        assert {"reset": str(cli.folder)} == cli("reset", "--yes", "--json").json
        assert [] == [*here.client.list(), *here.client.volume.list()]
        kept = here.client.create(CreateSandboxFromSnapshotParams(name="kept"))
        kept.process.exec("mkdir closed; touch closed/in; chmod 0 closed")
        key = here.server.api_key
    (cli.folder / "mine").write_text("not the server's")
    assert "say --yes" in cli("reset").line
    assert f"{cli.folder} is as new; its key stays\n" == cli("reset", "--yes").out
    assert {"api-key", "lock", "mine", "ssh"} == set(os.listdir(cli.folder))
    with serving_here(cli.folder) as here:
        assert (key, []) == (here.server.api_key, list(here.client.list()))


def test_a_folder_that_is_no_data_folder_loses_nothing(cli: Cli) -> None:
    (cli.folder / "snapshots").mkdir(mode=0o700, parents=True)
    cli.folder.chmod(0o700)
    (cli.folder / "snapshots" / "mine").touch()
    assert f"no server has kept anything in {cli.folder}" in cli("reset", "--yes").line
    assert ["snapshots"] == os.listdir(cli.folder)
    assert ["mine"] == os.listdir(cli.folder / "snapshots")


def test_a_link_in_a_data_folder_is_removed_and_not_followed(cli: Cli, tmp_path: Path) -> None:
    cli.folder.mkdir(mode=0o700)
    (cli.folder / "daytona.db").touch()
    other = tmp_path / "other"
    other.mkdir()
    (other / "mine").touch()
    (cli.folder / "volumes").symlink_to(other)
    assert 0 == cli("reset", "--yes").status
    assert ["mine"] == os.listdir(other)
    assert not (cli.folder / "volumes").is_symlink()


def test_on_a_terminal_it_asks_first(cli: Cli) -> None:
    cli.folder.mkdir(mode=0o700)
    (cli.folder / "daytona.db").touch()
    for answer, status in ((b"n\n", 1), (b"y\n", 0)):
        terminal = Terminal("reset", "--data-dir", cli.folder)
        terminal.until(b"[y/N]")
        assert (cli.folder / "daytona.db").exists()
        terminal.write(answer)
        assert status == terminal.end()
        assert (b"Removing what" in terminal.seen) is (status == 0)
    assert not (cli.folder / "daytona.db").exists()
