"""Films of a real display."""

from __future__ import annotations

from typing import Any

import pytest
from daytona_local.toolbox.computer_use_recordings import Recordings
from daytona_local.toolbox.running import Running

from tests.unit.daytona_local.toolbox.desktop import Desktop, needs, routes
from tests.unit.daytona_local.toolbox.shell import shell

pytestmark = needs("Xvfb", "xdotool")
filmed = needs("ffmpeg")


@pytest.fixture
async def desktop(toolbox: Any, box: Running) -> Desktop:
    """Return the operations on a display."""
    made = Desktop(toolbox(routes), box)
    assert 200 == (await made.post("start")).status_code
    return made


async def begin(desktop: Desktop, **asked: str) -> Any:
    answer = await desktop.post("recordings/start", **asked)
    assert 201 == answer.status_code, answer.text
    return answer.json()


async def delete(desktop: Desktop, recording: Any) -> tuple[int, str]:
    answer = await desktop.client.delete(f"/computeruse/recordings/{recording['id']}")
    return answer.status_code, answer.json()["code"] if answer.content else ""


@filmed
async def test_a_film_can_be_played_when_it_is_stopped(desktop: Desktop) -> None:
    recording = await begin(desktop, label="my film")
    assert "recording" == recording["status"]
    assert recording["fileName"].startswith("my film_")
    assert recording["filePath"].endswith(f"/{recording['fileName']}")

    stopped = (await desktop.post("recordings/stop", id=recording["id"])).json()

    assert "completed" == stopped["status"]
    assert 0 < stopped["durationSeconds"]
    film = (await desktop.get(f"recordings/{recording['id']}/download")).content
    assert len(film) == stopped["sizeBytes"]
    assert b"ftyp" == film[4:8]
    assert stopped == (await desktop.get(f"recordings/{recording['id']}")).json()
    told = await shell(desktop.box, f"ffmpeg -v error -i '{stopped['filePath']}' -f null - 2>&1")
    assert "" == told


@filmed
async def test_all_films_are_listed_and_a_deleted_one_is_gone(desktop: Desktop) -> None:
    first, second = await begin(desktop), await begin(desktop)
    await desktop.post("recordings/stop", id=first["id"])

    listed = (await desktop.get("recordings")).json()["recordings"]
    assert [(first["id"], "completed"), (second["id"], "recording")] == [
        (r["id"], r["status"]) for r in listed
    ]

    assert (204, "") == await delete(desktop, first)
    assert (404, "NOT_FOUND") == await delete(desktop, first)
    assert first["fileName"] not in await shell(desktop.box, "ls .daytona/recordings")


@filmed
async def test_a_film_under_way_is_neither_deleted_nor_downloaded(desktop: Desktop) -> None:
    recording = await begin(desktop)

    assert (409, "RECORDING_STILL_ACTIVE") == await delete(desktop, recording)
    assert 409 == (await desktop.get(f"recordings/{recording['id']}/download")).status_code


@filmed
async def test_a_film_is_stopped_once(desktop: Desktop) -> None:
    recording = await begin(desktop)
    await desktop.post("recordings/stop", id=recording["id"])

    assert 400 == (await desktop.post("recordings/stop", id=recording["id"])).status_code


@filmed
async def test_a_film_that_broke_off_has_failed(desktop: Desktop) -> None:
    recording = await begin(desktop)
    await shell(desktop.box, "pkill -9 -x ffmpeg; while pgrep -x ffmpeg > /dev/null; do sleep 0.02; done")

    assert "failed" == (await desktop.get(f"recordings/{recording['id']}")).json()["status"]
    assert (204, "") == await delete(desktop, recording)


@filmed
async def test_stopping_the_display_completes_its_films(desktop: Desktop) -> None:
    recording = await begin(desktop)

    await desktop.post("stop")

    assert "completed" == (await desktop.get(f"recordings/{recording['id']}")).json()["status"]


@filmed
async def test_a_stopping_sandbox_ends_its_films(desktop: Desktop) -> None:
    await begin(desktop)

    await desktop.box.service(Recordings).close()

    assert "0\n" == await shell(desktop.box, "pgrep -cx ffmpeg || true")


@filmed
async def test_a_film_whose_file_is_gone_can_still_be_deleted(desktop: Desktop) -> None:
    recording = await begin(desktop)
    await desktop.post("recordings/stop", id=recording["id"])
    await shell(desktop.box, "rm -r .daytona/recordings")

    assert 404 == (await desktop.get(f"recordings/{recording['id']}/download")).status_code
    assert (204, "") == await delete(desktop, recording)


@filmed
async def test_a_film_that_can_not_begin_says_why_and_is_none(desktop: Desktop) -> None:
    await shell(desktop.box, "mkdir -p .daytona/recordings; chmod 500 .daytona/recordings")

    answer = await desktop.post("recordings/start")

    assert 500 == answer.status_code
    assert "Permission denied" in answer.json()["message"]
    assert [] == (await desktop.get("recordings")).json()["recordings"]


@filmed
async def test_a_label_is_a_part_of_a_file_name(desktop: Desktop) -> None:
    for label in (".hidden", "a/b", "..", "x" * 101, "a\nb", "é"):
        assert 400 == (await desktop.post("recordings/start", label=label)).status_code


async def test_without_ffmpeg_there_is_no_film(desktop: Desktop) -> None:
    await desktop.only("xdotool")

    answer = await desktop.post("recordings/start")

    assert (503, "RECORDING_FFMPEG_NOT_FOUND") == (answer.status_code, answer.json()["code"])


@filmed
async def test_without_a_display_there_is_no_film(desktop: Desktop) -> None:
    await desktop.post("stop")

    assert 503 == (await desktop.post("recordings/start")).status_code
