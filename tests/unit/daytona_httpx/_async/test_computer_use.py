"""The desktop of a sandbox: every operation is its documented request, and says what failed."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from daytona_httpx import (
    AsyncComputerUse,
    AsyncSandbox,
    DaytonaA11yUnavailableError,
    DaytonaConnectionError,
    DaytonaError,
    DaytonaValidationError,
    ScreenshotOptions,
    ScreenshotRegion,
)

from tests.unit.daytona_httpx.fake_api import FakeApi, refusal

pytestmark = pytest.mark.anyio

Call = Callable[[AsyncComputerUse], Awaitable[object]]

REGION = ScreenshotRegion(x=1, y=2, width=3, height=4)
REGION_SENT = {"x": "1", "y": "2", "width": "3", "height": "4"}
SMALL = ScreenshotOptions(show_cursor=True, fmt="jpeg", quality=80, scale=0.5)
SMALL_SENT = {"showCursor": "true", "format": "jpeg", "quality": "80", "scale": "0.5"}

CALLS: list[tuple[str, str, Any, str, Call]] = [
    ("POST", "/start", None, "start computer use", lambda use: use.start(request_timeout=9)),
    ("POST", "/stop", None, "stop computer use", lambda use: use.stop(request_timeout=9)),
    ("GET", "/process-status", {}, "get computer use status", lambda use: use.get_status()),
    (
        "GET",
        "/process/xvfb/status",
        {},
        "get process status",
        lambda use: use.get_process_status(process_name="xvfb"),
    ),
    (
        "POST",
        "/process/a%2Fb/restart",
        None,
        "restart process",
        lambda use: use.restart_process(process_name="a/b"),
    ),
    ("GET", "/process/novnc/logs", {}, "get process logs", lambda use: use.get_process_logs("novnc")),
    ("GET", "/process/novnc/errors", {}, "get process errors", lambda use: use.get_process_errors("novnc")),
    ("GET", "/display/info", {}, "get display info", lambda use: use.display.get_info()),
    ("GET", "/display/windows", {}, "get windows", lambda use: use.display.get_windows()),
    (
        "GET",
        "/screenshot",
        {"showCursor": "false"},
        "take screenshot",
        lambda use: use.screenshot.take_full_screen(),
    ),
    (
        "GET",
        "/screenshot/region",
        {**REGION_SENT, "showCursor": "true"},
        "take region screenshot",
        lambda use: use.screenshot.take_region(region=REGION, show_cursor=True),
    ),
    (
        "GET",
        "/screenshot/compressed",
        {},
        "take compressed screenshot",
        lambda use: use.screenshot.take_compressed(),
    ),
    (
        "GET",
        "/screenshot/compressed",
        SMALL_SENT,
        "take compressed screenshot",
        lambda use: use.screenshot.take_compressed(options=SMALL),
    ),
    (
        "GET",
        "/screenshot/region/compressed",
        {**REGION_SENT, **SMALL_SENT},
        "take compressed region screenshot",
        lambda use: use.screenshot.take_compressed_region(region=REGION, options=SMALL),
    ),
    ("GET", "/a11y/tree", {}, "get accessibility tree", lambda use: use.accessibility.get_tree()),
    (
        "GET",
        "/a11y/tree",
        {"scope": "pid", "pid": "7", "maxDepth": "0"},
        "get accessibility tree",
        lambda use: use.accessibility.get_tree(scope="pid", pid=7, max_depth=0),
    ),
    ("POST", "/a11y/find", {}, "find accessibility nodes", lambda use: use.accessibility.find_nodes()),
    (
        "POST",
        "/a11y/find",
        {"scope": "all", "role": "button", "name": "OK", "nameMatch": "exact", "states": ["a"], "limit": 3},
        "find accessibility nodes",
        lambda use: use.accessibility.find_nodes(
            scope="all", role="button", name="OK", name_match="exact", states=["a"], limit=3
        ),
    ),
    (
        "POST",
        "/a11y/node/focus",
        {"id": ":1.2:/a"},
        "focus accessibility node",
        lambda use: use.accessibility.focus_node(node_id=":1.2:/a"),
    ),
    (
        "POST",
        "/a11y/node/invoke",
        {"id": "n", "action": "click"},
        "invoke accessibility node",
        lambda use: use.accessibility.invoke_node(node_id="n", action="click"),
    ),
    (
        "POST",
        "/a11y/node/value",
        {"id": "n", "value": ""},
        "set accessibility node value",
        lambda use: use.accessibility.set_node_value(node_id="n", value=""),
    ),
]


def sent_by(request: httpx.Request) -> Any:
    """Return what a request says: its parameters, or its JSON body."""
    if request.method == "GET":
        return dict(request.url.params)
    return json.loads(request.content) if request.content else None


@pytest.mark.parametrize(("method", "route", "sent", "_", "call"), CALLS)
async def test_an_operation_is_its_documented_request(
    sandbox: AsyncSandbox, api: FakeApi, method: str, route: str, sent: Any, _: str, call: Call
) -> None:
    api.on(method, "", {})
    await call(sandbox.computer_use)
    assert [method] == [one.method for one in api.requests]
    assert f"/toolbox/s1/computeruse{route}" == api.requests[0].url.raw_path.decode().partition("?")[0]
    assert sent == sent_by(api.requests[0])


@pytest.mark.parametrize(("method", "route", "_", "doing", "call"), CALLS)
async def test_a_failure_says_what_was_being_done(
    sandbox: AsyncSandbox, api: FakeApi, method: str, route: str, _: Any, doing: str, call: Call
) -> None:
    api.on(method, "", refusal(400, "no"))
    with pytest.raises(DaytonaError) as caught:
        await call(sandbox.computer_use)
    assert f"Failed to {doing}: no" == str(caught.value)


async def test_what_was_started_is_known_by_name(sandbox: AsyncSandbox, api: FakeApi) -> None:
    process = {"running": True, "priority": 100, "autoRestart": True, "pid": 7}
    api.on("POST", "/computeruse/start", {"message": "started", "status": {"xvfb": process}})
    answer = await sandbox.computer_use.start()
    assert answer.status is not None
    assert (True, 7, True) == (
        answer.status["xvfb"].running,
        answer.status["xvfb"].pid,
        answer.status["xvfb"].auto_restart,
    )


async def test_a_screenshot_is_base64_and_not_shown(sandbox: AsyncSandbox, api: FakeApi) -> None:
    answer = {"screenshot": "aGlkZGVu", "cursorPosition": {"x": 1, "y": 2}, "sizeBytes": 6}
    api.on("GET", "/screenshot", answer)
    shot = await sandbox.computer_use.screenshot.take_full_screen(show_cursor=True)
    assert shot.cursor_position is not None
    assert ("aGlkZGVu", 2, 6) == (shot.screenshot, shot.cursor_position.y, shot.size_bytes)
    assert "aGlkZGVu" not in repr(shot)


@pytest.mark.parametrize(
    ("answer", "titles"), [({"windows": None}, []), ({"windows": [{"title": "a"}]}, ["a"])]
)
async def test_windows_have_titles_and_none_may_be_open(
    sandbox: AsyncSandbox, api: FakeApi, answer: dict[str, Any], titles: list[str]
) -> None:
    api.on("GET", "/display/windows", answer)
    windows = await sandbox.computer_use.display.get_windows()
    assert titles == [window.title for window in windows.windows]


async def test_a_tree_has_children(sandbox: AsyncSandbox, api: FakeApi) -> None:
    button = {"id": "b", "role": "button", "bounds": {"x": 5, "width": 9}, "children": None}
    api.on("GET", "/a11y/tree", {"root": {"id": "w", "children": [button]}, "truncated": True})
    tree = await sandbox.computer_use.accessibility.get_tree()
    assert tree.truncated
    assert tree.root is not None
    child = tree.root.children[0]
    assert child.bounds is not None
    assert ("button", 5, []) == (child.role, child.bounds.x, child.children)


async def test_a_sandbox_without_an_accessibility_bus_is_its_own_error(
    sandbox: AsyncSandbox, api: FakeApi
) -> None:
    answer = refusal(503, "no bus", code="A11Y_UNAVAILABLE", source="DAYTONA_DAEMON")
    api.on("POST", "/a11y/node/focus", answer)
    with pytest.raises(DaytonaA11yUnavailableError, match="Failed to focus accessibility node: no bus"):
        await sandbox.computer_use.accessibility.focus_node("n")


async def test_what_may_have_been_done_is_not_done_again(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("POST", "/a11y/node/invoke", httpx.ReadError("reset"))
    with pytest.raises(DaytonaConnectionError):
        await sandbox.computer_use.accessibility.invoke_node("n")
    assert 1 == len(api.requests)


@pytest.mark.parametrize("name", ["", ".", ".."])
async def test_a_process_name_that_is_another_path_is_refused(
    sandbox: AsyncSandbox, api: FakeApi, name: str
) -> None:
    with pytest.raises(DaytonaValidationError, match="Failed to restart process: "):
        await sandbox.computer_use.restart_process(name)
    assert [] == api.requests
