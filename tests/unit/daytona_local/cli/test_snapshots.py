"""`snapshot save` and `restore`: a whole data folder in one file and back; a hostile file changes nothing."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import stat
import subprocess
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from daytona_httpx import CreateSandboxFromSnapshotParams, VolumeMount
from daytona_local.cli import saving
from daytona_local.store import Store

from tests.unit.daytona_local.cli.commands import COMMAND, LIMIT_S, Cli, serving_here

FILL = r"""
mkdir closed 'sp ace'; echo in > closed/in; chmod 0 closed; ln -s /etc/passwd link; mkfifo pipe
echo one > one; ln one two; chmod 640 one; truncate -s 50M sparse; echo v > /srv/v/file
touch "$(printf 'b\377d')"
"""
LOOK = "cat one two /srv/v/file; readlink link; stat -c '%a %F %h' closed pipe one; stat -c %s sparse; ls -b"


def test_sandboxes_volumes_and_snapshots_are_there_again_with_all_their_files(
    cli: Cli, tmp_path: Path
) -> None:
    file, other = tmp_path / "saved.tar.gz", tmp_path / "other"
    with serving_here(cli.folder) as here:
        (tmp_path / "seed").write_text('{"volumes": [{"name": "v"}]}')
        assert 0 == cli("seed", tmp_path / "seed").status
        volume = here.client.volume.get("v")
        mount = VolumeMount(volume.id, "/srv/v")
        labels = {"ticket_id": "../a/b"}  # names that users give are no ids
        params = CreateSandboxFromSnapshotParams(name="box", volumes=[mount], labels=labels, env_vars=labels)
        box = here.client.create(params)
        box.process.exec(FILL)
        looked = box.process.exec(LOOK).result
        box.create_snapshot("of-box")
        busy = cli("snapshot", "save", file)
        assert f"a server runs in {cli.folder} already: {here.server.api_url}" in busy.line
        key = here.server.api_key

    assert 0 == cli("snapshot", "save", file).status
    assert 0o600 == stat.S_IMODE(file.stat().st_mode)
    assert f"{file} is there already" in cli("snapshot", "save", file).line
    assert file.stat().st_size < 1024 * 1024
    assert cli("snapshot", "save", file, "--force", "--json").json["bytes"] == file.stat().st_size

    assert f"{cli.folder} is in use already; say --replace" in cli("snapshot", "restore", file).line
    with serving_here(cli.folder) as here:
        here.client.get("box").delete(wait=True)
        here.client.create(CreateSandboxFromSnapshotParams(name="later"))
    for folder, options in ((cli.folder, ("--replace",)), (other, ())):
        done = cli.bare("snapshot", "restore", file, "--data-dir", folder, *options)
        assert (0, "") == (done.status, done.err)
        assert {"daytona-local.json", "restoring", "restoring.partial", "saving"}.isdisjoint(
            os.listdir(folder)
        )
        with serving_here(folder) as here:
            assert key == here.server.api_key
            assert ["box"] == [sandbox.name for sandbox in here.client.list()]
            assert looked == here.client.get("box").process.exec(LOOK).result
            made = here.client.create(CreateSandboxFromSnapshotParams(snapshot="of-box"))
            assert "one\n" == made.process.exec("cat one").result
            made.delete(wait=True)


def test_a_save_that_fails_leaves_nothing(cli: Cli, tmp_path: Path) -> None:
    volume = cli.folder / "volumes" / "v"
    volume.mkdir(mode=0o700, parents=True)
    cli.folder.chmod(0o700)
    (volume / "noise").write_bytes(os.urandom(1024 * 1024))
    Store(cli.folder / "daytona.db").close()
    before = set(os.listdir(cli.folder)) | {"lock"}
    command = [*COMMAND, "snapshot", "save", str(tmp_path / "saved"), "--data-dir", str(cli.folder)]
    done = subprocess.run(
        ["bash", "-c", 'ulimit -f 256; exec "$@"', "bash", *command],  # no file of more than 256 KiB
        capture_output=True,
        text=True,
        check=False,
        timeout=LIMIT_S,
    )
    reason = "File too large; look at the path, and at the room on its disk"
    said = f"daytona-local: save {cli.folder} to {tmp_path / 'saved'}: {reason}\n"
    assert (1, said) == (done.returncode, done.stderr)
    assert before == set(os.listdir(cli.folder))
    assert ["data"] == os.listdir(tmp_path)


def test_a_damaged_database_is_not_saved(cli: Cli, tmp_path: Path) -> None:
    cli.folder.mkdir(mode=0o700)
    (cli.folder / "daytona.db").write_bytes(b"garbage" * 1000)
    assert "is damaged" in cli("snapshot", "save", tmp_path / "saved").line
    assert ["data"] == os.listdir(tmp_path)


Add = Callable[[tarfile.TarFile], object]
BOX = "sandboxes/11111111-1111-4111-8111-111111111111"


def member(
    name: str, kind: bytes = tarfile.REGTYPE, link: str = "", content: bytes = b"", **facts: int
) -> Add:
    """Return what adds a member to an archive."""
    info = tarfile.TarInfo(name)
    info.type, info.linkname, info.size = kind, link, len(content)
    info.mode = 0o777 if kind == tarfile.DIRTYPE else 0o666
    for fact, value in facts.items():
        setattr(info, fact, value)
    return lambda archive: archive.addfile(info, io.BytesIO(content))


def folders(*names: str) -> list[Add]:
    """Return what adds folders."""
    return [member(name, tarfile.DIRTYPE) for name in names]


IN_ROOT = folders("sandboxes", BOX, f"{BOX}/root")


@pytest.fixture
def archive(tmp_path: Path) -> Callable[..., Path]:
    """Return what makes an archive that can be restored, but for what is added."""

    def make(*more: Add, version: int = saving.FORMAT, record: str = "{}", schema: int | None = None) -> Path:
        file, database = tmp_path / "made.tar.gz", tmp_path / "made" / "daytona.db"
        database.parent.mkdir()
        store = Store(database)
        store.save("sandbox", "id", record)
        store.close()
        if schema is not None:
            with sqlite3.connect(database) as changed:
                changed.execute(f"PRAGMA user_version = {schema}")
            changed.close()
        manifest = json.dumps({"format": version, "version": "0"}).encode()
        with tarfile.open(file, "w:gz") as made:
            for add in (
                member("daytona-local.json", content=manifest),
                member("daytona.db", content=database.read_bytes()),
                member("api-key", content=b"dtn_" + b"0" * 64),
                *more,
            ):
                add(made)
        return file

    return make


def test_what_is_restored_is_for_its_owner_only(cli: Cli, archive: Callable[..., Path]) -> None:
    program = member(f"{BOX}/root/program", content=b"x", mode=0o6755)
    assert (
        0 == cli("snapshot", "restore", archive(*folders("volumes", "volumes/v"), *IN_ROOT, program)).status
    )
    modes = {
        str(path.relative_to(cli.folder)): stat.S_IMODE(path.stat().st_mode) for path in cli.folder.rglob("*")
    }
    assert 0o755 == modes[f"{BOX}/root/program"]
    private = {
        name for name in modes if not name.startswith(f"{BOX}/root") and not name.startswith("volumes/")
    }
    assert {name: 0o700 if (cli.folder / name).is_dir() else 0o600 for name in private} == {
        name: modes[name] for name in private
    }


HOSTILE = {
    "a path that leads up": [member("../outside", content=b"x")],
    "a path that leads up inside": [*IN_ROOT, member(f"{BOX}/../../../outside", content=b"x")],
    "an absolute path": [member("/tmp/outside", content=b"x")],
    "what no data folder has": [member("lock", content=b"x")],
    "a folder that no data folder has": folders("mine"),
    "a link in place of a folder": [member("volumes", tarfile.SYMTYPE, "/etc")],
    "a link in place of a sandbox": [*folders("sandboxes"), member(BOX, tarfile.SYMTYPE, "/etc")],
    "a link in place of a root": [*IN_ROOT[:2], member(f"{BOX}/root", tarfile.SYMTYPE, "/")],
    "a link in place of a volume": [*folders("volumes"), member("volumes/v", tarfile.SYMTYPE, "/etc")],
    "a link in place of the key": [
        member("ssh", tarfile.DIRTYPE),
        member("ssh/key", tarfile.SYMTYPE, "/etc/passwd"),
    ],
    "a file behind a link": [
        *IN_ROOT,
        member(f"{BOX}/root/out", tarfile.SYMTYPE, "/tmp"),
        member(f"{BOX}/root/out/outside", content=b"x"),
    ],
    "a file through a link": [
        *IN_ROOT,
        member(f"{BOX}/root/out", tarfile.SYMTYPE, "/tmp/outside"),
        member(f"{BOX}/root/out", content=b"x"),
    ],
    "another name for the key": [*IN_ROOT, member(f"{BOX}/root/key", tarfile.LNKTYPE, "api-key")],
    "another name for a file outside": [
        *IN_ROOT,
        member(f"{BOX}/root/p", tarfile.LNKTYPE, f"{BOX}/../../../etc"),
    ],
    "another name for a file behind a link": [
        *IN_ROOT,
        member(f"{BOX}/root/etc", tarfile.SYMTYPE, "/etc"),
        member(f"{BOX}/root/p", tarfile.LNKTYPE, f"{BOX}/root/etc/passwd"),
    ],
    "another name for nothing": [*IN_ROOT, member(f"{BOX}/root/p", tarfile.LNKTYPE, f"{BOX}/root/none")],
    "a device": [*IN_ROOT, member(f"{BOX}/root/mem", tarfile.CHRTYPE, devmajor=1, devminor=1)],
    "a disk": [*IN_ROOT, member(f"{BOX}/root/sda", tarfile.BLKTYPE, devmajor=8)],
    "a pipe in place of a file": [member("daytona.db-x", tarfile.FIFOTYPE)],
    "another owner": [*IN_ROOT, member(f"{BOX}/root/file", uid=1000)],
    "another group": [*IN_ROOT, member(f"{BOX}/root/file", gid=1000)],
    "a file twice": [member("api-key", content=b"x" * 40)],
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_changes_nothing(cli: Cli, archive: Callable[..., Path], what: str) -> None:
    cli.folder.mkdir(mode=0o700)
    Store(cli.folder / "daytona.db").close()
    before = {**dict.fromkeys(os.listdir(cli.folder)), "lock": None}
    done = cli("snapshot", "restore", archive(*HOSTILE[what]), "--replace")
    assert 1 == done.status
    assert done.line.endswith("; nothing was changed")
    assert before.keys() == set(os.listdir(cli.folder))
    assert not Path("/tmp/outside").exists()


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"version": 2}, "is of another version of daytona-local (0); use that one"),
        ({"schema": 99}, "the database daytona.db is from a newer daytona-local; use that version"),
        ({"schema": 0}, "the database daytona.db is from an older daytona-local (schema 0"),
        ({"record": '{"volumes": [{"volume_id": "../../etc"}]}'}, "has a record with the id '../../etc'"),
        ({"record": '{"image": {"files_id": ".."}}'}, "has a record with the id '..'"),
    ],
)
def test_a_file_that_this_version_cannot_serve_is_refused(
    cli: Cli, archive: Callable[..., Path], facts: dict[str, int], reason: str
) -> None:
    done = cli("snapshot", "restore", archive(**facts))
    assert 1 == done.status
    assert reason in done.line
    assert ["lock"] == os.listdir(cli.folder)


@pytest.mark.parametrize("how", ["not there", "no archive", "cut off", "empty", "not ours"])
def test_a_file_that_is_no_snapshot_is_one_line(
    cli: Cli, archive: Callable[..., Path], tmp_path: Path, how: str
) -> None:
    file = archive()
    if how == "not there":
        file = tmp_path / "none"
    elif how == "no archive":
        file.write_bytes(b"garbage" * 1000)
    elif how == "cut off":
        file.write_bytes(file.read_bytes()[:-200])
    elif how == "empty":
        file.write_bytes(b"")
    else:
        with tarfile.open(file, "w:gz") as made:
            made.addfile(tarfile.TarInfo("api-key"))
    done = cli("snapshot", "restore", file)
    assert 1 == done.status
    assert str(file) in done.line
    assert ["lock"] == os.listdir(cli.folder)


def test_a_folder_with_other_things_in_it_is_refused_and_left_as_it_is(
    cli: Cli, archive: Callable[..., Path]
) -> None:
    cli.folder.mkdir(mode=0o700)
    (cli.folder / "mine").touch()
    assert "has other things in it (mine)" in cli("snapshot", "restore", archive(), "--replace").line
    assert ["mine"] == os.listdir(cli.folder)
