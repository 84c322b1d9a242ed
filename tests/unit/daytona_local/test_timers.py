"""When a sandbox's timers are due, and what they order then."""

from __future__ import annotations

import pytest
from daytona_local.records import Sandbox
from daytona_local.timers import due, running

NOW = 1000.0


def box(**fields: object) -> Sandbox:
    made = Sandbox(name="a", state="started", last_activity_at=NOW)
    return made.model_copy(update=fields)


@pytest.mark.parametrize(
    ("sandbox", "expected"),
    [
        (box(auto_stop_minutes=15), (NOW + 900, "stop")),
        (box(auto_stop_minutes=0), None),
        (box(auto_stop_minutes=0, auto_pause_minutes=2), (NOW + 120, "pause")),
        (box(auto_stop_minutes=15, destroy_at=NOW + 5), (NOW + 5, "delete")),
        (box(state="stopped", stopped_at=NOW, auto_archive_minutes=1), (NOW + 60, "archive")),
        (
            box(state="stopped", stopped_at=NOW, auto_archive_minutes=9, auto_delete_minutes=3),
            (NOW + 180, "delete"),
        ),
        (box(state="stopped", stopped_at=NOW, auto_delete_minutes=0), (NOW, "delete")),
        (box(state="archived", stopped_at=NOW, auto_delete_minutes=-1), None),
        (box(state="archived", stopped_at=NOW, auto_delete_minutes=2), (NOW + 120, "delete")),
        (box(state="creating"), None),
        (box(state="creating", destroy_at=NOW), (NOW, "delete")),
        (box(state="destroying", destroy_at=NOW), None),
        (box(state="error", desired_state="destroyed", destroy_at=NOW), None),
    ],
)
def test_what_is_due_next(sandbox: Sandbox, expected: tuple[float, str] | None) -> None:
    first = due(sandbox)
    assert expected == (first and (first.at, first.order))


@pytest.mark.parametrize(
    ("sandbox", "expected"),
    [
        (box(auto_stop_minutes=15, auto_pause_minutes=2), {"auto-stop": NOW + 900, "auto-pause": NOW + 120}),
        (
            box(state="stopped", stopped_at=NOW, auto_archive_minutes=9, auto_delete_minutes=3),
            {"auto-archive": NOW + 540, "auto-delete": NOW + 180},
        ),
        (box(auto_stop_minutes=0, destroy_at=NOW + 5), {"ttl": NOW + 5}),
        (box(state="destroying", destroy_at=NOW + 5), {}),
    ],
)
def test_every_timer_that_runs_has_a_name(sandbox: Sandbox, expected: dict[str, float]) -> None:
    assert expected == {timer.name: timer.at for timer in running(sandbox)}
