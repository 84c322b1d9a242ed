"""The database: what was kept is there again, and one that is damaged is refused and left alone."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from daytona_local.records import Sandbox, Volume
from daytona_local.store import Store, StoreError
from daytona_local.tables import Table


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "daytona.db"


def test_what_was_kept_is_there_again_in_its_order(file: Path) -> None:
    table = Table(Sandbox, Store(file))
    first, second = Sandbox(name="a", labels={"n": 1}), Sandbox(name="b")
    for sandbox in (first, second):
        table.save(sandbox)
    first.name = "renamed"
    table.save(first)  # the first store is still open: nothing was flushed by a close
    again = Table(Sandbox, Store(file))
    assert [first, second] == list(again)


def test_kinds_are_kept_apart(file: Path) -> None:
    store = Store(file)
    Table(Sandbox, store).save(Sandbox(name="same"))
    assert [] == list(Table(Volume, store))


def test_a_name_is_free_again_once_its_record_has_another_or_is_gone(file: Path) -> None:
    table = Table(Sandbox, Store(file))
    sandbox = Sandbox(name="a")
    table.save(sandbox)
    assert sandbox is table.named("a")
    sandbox.name = "b"
    table.save(sandbox)
    assert table.named("a") is None
    table.remove(sandbox)
    assert table.named("b") is None
    assert 0 == len(table)


def test_the_file_is_for_its_owner_only(file: Path) -> None:
    Store(file)
    assert 0o600 == stat.S_IMODE(file.stat().st_mode)


@pytest.mark.parametrize("content", [b"not a database at all" * 100, b"SQLite format 3\0" + b"\xff" * 4096])
def test_a_damaged_file_is_refused_in_one_line_and_left_as_it_is(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    with pytest.raises(StoreError, match="is damaged") as refused:
        Store(file)
    assert "\n" not in str(refused.value)
    assert content == file.read_bytes()


def test_a_file_that_lost_a_page_is_refused(file: Path) -> None:
    store = Store(file)
    table = Table(Sandbox, store)
    for number in range(200):
        table.save(Sandbox(name=f"box-{number}"))
    store.close()
    whole = file.read_bytes()
    file.write_bytes(whole[:8192] + b"\0" * 4096 + whole[12288:])
    with pytest.raises(StoreError, match="is damaged"):
        list(Table(Sandbox, Store(file)))


def test_a_file_of_a_newer_version_is_refused(file: Path) -> None:
    store = Store(file)
    store._database.execute("PRAGMA user_version = 99")
    store.close()
    with pytest.raises(StoreError, match="newer"):
        Store(file)
