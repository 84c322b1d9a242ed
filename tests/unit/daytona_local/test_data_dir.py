"""The data folder: one server works with it, only its owner's, and what is written there is private."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from daytona_local.data_dir import (
    DataDirError,
    DataDirInUseError,
    check_data_dir,
    data_dir_locked,
    is_data_dir,
    is_locked,
    kept_key,
    read_key,
    write_private,
)
from daytona_local.run_file import RunFile, read_run_file


def test_a_folder_is_made_for_its_owner_only_and_locked_while_it_is_used(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "data"
    assert not is_locked(folder)
    with data_dir_locked(folder):
        assert is_locked(folder)
        assert 0o700 == stat.S_IMODE(folder.stat().st_mode)
        assert 0o600 == stat.S_IMODE((folder / "lock").stat().st_mode)
        with pytest.raises(DataDirInUseError, match="another daytona-local"), data_dir_locked(folder):
            pass
    assert not is_locked(folder)


def test_a_lock_that_was_left_keeps_nobody_out(tmp_path: Path) -> None:
    program = (
        "import os, signal, sys; from pathlib import Path\n"
        "from daytona_local.data_dir import data_dir_locked\n"
        "with data_dir_locked(Path(sys.argv[1])): os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=False)
    assert (tmp_path / "lock").exists()
    with data_dir_locked(tmp_path):
        pass


def test_those_who_only_look_keep_nobody_from_the_lock(tmp_path: Path) -> None:
    with data_dir_locked(tmp_path):
        pass
    ended = threading.Event()

    def look() -> None:
        while not ended.is_set():
            is_locked(tmp_path)

    lookers = [threading.Thread(target=look) for _ in range(4)]
    for looker in lookers:
        looker.start()
    try:
        for _ in range(200):
            with data_dir_locked(tmp_path):
                pass
    finally:
        ended.set()
        for looker in lookers:
            looker.join()


def test_a_key_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    with pytest.raises(DataDirError, match="no key in"):
        read_key(tmp_path)
    key = kept_key(tmp_path)
    assert key == kept_key(tmp_path) == read_key(tmp_path)
    assert 0o600 == stat.S_IMODE((tmp_path / "api-key").stat().st_mode)


def test_a_link_in_place_of_the_key_that_leads_nowhere_is_not_followed_to_make_one(tmp_path: Path) -> None:
    (tmp_path / "api-key").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(DataDirError):
        kept_key(tmp_path)
    assert not (tmp_path / "elsewhere").exists()


def test_what_is_not_written_whole_is_not_written_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "file"
    write_private(file, "before")

    def fail(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="full"):
        write_private(file, "after")
    assert ("before", ["file"]) == (file.read_text(), os.listdir(tmp_path))


def test_only_what_a_server_has_worked_in_is_a_data_folder(tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    (tmp_path / "snapshots").mkdir()
    assert not is_data_dir(tmp_path)
    with pytest.raises(DataDirError, match="no server has kept anything"):
        check_data_dir(tmp_path)
    with pytest.raises(DataDirError, match="there is no data folder"):
        check_data_dir(tmp_path / "nowhere")
    (tmp_path / "daytona.db").touch()
    check_data_dir(tmp_path)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"pid": 1}', '{"pid": 1, "more": 2}', "null"])
def test_a_run_file_that_cannot_be_read_is_none(tmp_path: Path, content: str) -> None:
    assert read_run_file(tmp_path) is None
    (tmp_path / "server.json").write_text(content)
    assert read_run_file(tmp_path) is None


def test_a_run_file_is_read_as_it_was_written(tmp_path: Path) -> None:
    found = RunFile(1, "http://127.0.0.1:2", 3, 4.5, "6")
    found.write(tmp_path)
    assert found == read_run_file(tmp_path)
    assert 0o600 == stat.S_IMODE((tmp_path / "server.json").stat().st_mode)
