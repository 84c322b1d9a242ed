"""A server that is killed a hundred times while clients use it: nothing that they were told is lost."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.endurance.aftermath import Aftermath, endure
from tests.endurance.generations import heir

pytestmark = pytest.mark.timeout(1800)


@pytest.fixture(scope="module")
def aftermath() -> Iterator[Aftermath]:
    """Kill a server a hundred times, and return what there is then."""
    folder = Path(tempfile.mkdtemp(prefix="endurance-"))
    try:
        with heir():
            yield asyncio.run(endure(folder))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def test_no_order_failed_but_by_the_kill(aftermath: Aftermath) -> None:
    assert [] == aftermath.surprises
    assert "" == aftermath.complaints


def test_every_sandbox_that_a_client_was_told_about_is_there(aftermath: Aftermath) -> None:
    told = {box.id for box in aftermath.boxes if box.must_exist}
    assert set() != told
    assert set() == told - aftermath.found.keys()


def test_nothing_is_there_whose_delete_was_answered(aftermath: Aftermath) -> None:
    gone = {box.name for box in aftermath.boxes if box.must_be_gone}
    assert set() != gone
    assert set() == gone & {item["name"] for item in aftermath.found.values()}


def test_no_create_whose_answer_was_lost_is_there_twice(aftermath: Aftermath) -> None:
    names = [item["name"] for item in aftermath.found.values()]
    assert sorted(set(names)) == sorted(names)


def test_labels_and_states_are_those_that_were_answered_last(aftermath: Aftermath) -> None:
    for box in aftermath.boxes:
        if box.must_exist:
            item = aftermath.found[box.id]
            assert item["labels"] in box.labels.values, (box, item)
            assert item["state"] in box.state.values, (box, item)


def test_files_have_what_was_written_last(aftermath: Aftermath) -> None:
    written = [box for box in aftermath.boxes if box.must_exist and box.files]
    assert [] != written
    for box in written:
        for name, known in box.files.items():
            assert aftermath.files[box.id][name] in known.values, (box.id, name)


def test_a_time_that_ran_out_meanwhile_stops_a_sandbox_once(aftermath: Aftermath) -> None:
    assert {"started"} == {str(aftermath.found[one]["state"]) for one in aftermath.stopped}
    for one in aftermath.stopped:  # one by the timer, and started again by the test
        expected = ["creating", "started", "stopping", "stopped", "starting", "started"]
        assert expected == aftermath.histories[one]
        assert [1, 0, 1] == aftermath.held[one]


def test_a_time_to_live_that_ran_out_meanwhile_deletes_a_sandbox(aftermath: Aftermath) -> None:
    assert set() == set(aftermath.expired) & aftermath.found.keys()
    assert {(1,)} == {tuple(aftermath.held[one]) for one in aftermath.expired}


def test_no_process_or_mount_of_a_dead_server_is_left(aftermath: Aftermath) -> None:
    assert set() == aftermath.left_running
    assert [] == aftermath.left_mounted


def test_no_folder_or_group_is_left_of_what_is_gone(aftermath: Aftermath) -> None:
    assert aftermath.found.keys() == aftermath.on_disk
    assert [] == aftermath.half_done
    assert [] == aftermath.left_when_empty
