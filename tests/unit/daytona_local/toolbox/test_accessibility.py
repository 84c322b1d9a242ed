"""What programs on a desktop tell of their windows: a program of our own, and a real one where it is."""

from __future__ import annotations

import asyncio
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from daytona_local.toolbox import accessibility_bus, accessibility_routes
from daytona_local.toolbox.running import Running

from tests.unit.daytona_local.toolbox.desktop import Desktop, needs, routes
from tests.unit.daytona_local.toolbox.shell import shell

PROGRAM = Path(__file__).with_name("window_program.py").read_text()
ROOT = "org.a11y.atspi.Registry:/org/a11y/atspi/accessible/root"
OPERATIONS = ("find", "node/focus", "node/invoke", "node/value")


@cache
def has_buses() -> bool:
    """Tell whether this machine has what the buses are made of."""
    done = subprocess.run(
        ["/usr/bin/python3", "-c", "from gi.repository import Gio"], capture_output=True, check=False
    )
    return done.returncode == 0 and Path("/usr/libexec/at-spi-bus-launcher").exists()


displayed = needs("Xvfb", "xdotool", "dbus-daemon")
told = pytest.mark.skipif(not has_buses(), reason="this machine has no at-spi2-core or python3-gi")


@pytest.fixture
def desktop(toolbox: Any, box: Running) -> Desktop:
    return Desktop(toolbox([*routes, *accessibility_routes.routes]), box)


@pytest.fixture
async def window(desktop: Desktop) -> Desktop:
    """Return a desktop with the window of our own program."""
    await begin(desktop)
    return desktop


async def begin(desktop: Desktop) -> None:
    """Start a desktop, and our own program on it."""
    assert 200 == (await desktop.post("start")).status_code
    await shell(desktop.box, f"rm -f heard; cat > window.py <<'END'\n{PROGRAM}END")
    await shell(
        desktop.box, "/usr/bin/python3 window.py > window.log 2>&1 & until test -s heard; do sleep 0.01; done"
    )


async def found(desktop: Desktop, **asked: Any) -> list[str]:
    """Return the names of what is found."""
    answer = await desktop.post("a11y/find", **{"scope": "all", **asked})
    assert 200 == answer.status_code, answer.text
    return [match["name"] for match in answer.json()["matches"]]


async def id_of(desktop: Desktop, name: str) -> str:
    """Return the id of the node with a name."""
    answer = await desktop.post("a11y/find", scope="all", name=name)
    return str(answer.json()["matches"][0]["id"])


async def heard(desktop: Desktop) -> list[str]:
    """Return what was done to our own program."""
    return (await shell(desktop.box, "cat heard")).splitlines()[1:]


async def pid(desktop: Desktop) -> int:
    return int(await shell(desktop.box, "pgrep -f window.py | head -1"))


@displayed
@told
async def test_the_tree_has_what_a_program_tells(window: Desktop) -> None:
    answer = (await window.get("a11y/tree", scope="all")).json()

    root, (program,) = answer["root"], answer["root"]["children"]
    (frame,) = program["children"]
    assert (False, ROOT, "application", "stand-in") == (
        answer["truncated"], root["id"], program["role"], program["name"],
    )  # fmt: skip
    assert ["Press me", "Leave me", "Name", "Größe"] == [child["name"] for child in frame["children"]]
    assert {
        "id": f"{frame['id'].partition(':/')[0]}:/org/a11y/atspi/accessible/press",
        "name": "Press me",
        "role": "push button",
        "description": "The press",
        "states": ["enabled", "focusable"],
        "actions": ["click", "press-long"],
        "bounds": {"x": 1, "y": 2, "width": 8, "height": 4},
        "children": [],
    } == frame["children"][0]


@displayed
@told
async def test_a_tree_is_as_deep_as_is_asked(window: Desktop) -> None:
    def depth(node: dict[str, Any]) -> int:
        return 1 + max(map(depth, node["children"]), default=-1)

    answers = [
        (await window.get("a11y/tree", scope="all", maxDepth=most)).json() for most in (0, 1, 2, 3, -1)
    ]

    assert [0, 1, 2, 3, 3] == [depth(answer["root"]) for answer in answers]
    assert {False} == {answer["truncated"] for answer in answers}


@displayed
@told
async def test_a_scope_is_a_program_or_all(window: Desktop) -> None:
    scopes: list[dict[str, Any]] = [{}, {"scope": "focused"}, {"scope": "pid", "pid": await pid(window)}]
    answers = [await window.get("a11y/tree", **scope) for scope in scopes]

    assert ["stand-in"] * 3 == [answer.json()["root"]["name"] for answer in answers]
    assert 404 == (await window.get("a11y/tree", scope="pid", pid=1)).status_code


@displayed
@told
async def test_nodes_are_found_by_what_they_are(window: Desktop) -> None:
    cases: list[tuple[dict[str, Any], list[str]]] = [
        ({"role": "push button"}, ["Press me", "Leave me"]),
        ({"role": "button", "states": ["enabled"]}, ["Press me"]),
        ({"role": "PUSH_BUTTON", "limit": 1}, ["Press me"]),
        ({"name": "Press me"}, ["Press me"]),
        ({"name": "me", "nameMatch": "substring", "limit": 0}, ["Press me", "Leave me", "Name"]),
        ({"name": "^(Pr|Gr).+e$", "nameMatch": "regex"}, ["Press me", "Größe"]),
        ({"states": ["FOCUSABLE", "enabled"], "scope": "focused"}, ["Press me", "Name"]),
        ({"name": "press me"}, []),
        ({"role": "slider", "states": ["checked"]}, ["Größe"]),
    ]
    for asked, expected in cases:
        assert expected == await found(window, **asked), asked
    assert 400 == (await window.post("a11y/find", name="(", nameMatch="regex")).status_code


@displayed
@told
async def test_what_is_more_than_was_asked_for_is_said(window: Desktop) -> None:
    answers = [
        (await window.post("a11y/find", scope="all", role="button", limit=most)).json() for most in (1, 2)
    ]
    assert [True, False] == [answer["truncated"] for answer in answers]
    assert [[], []] == [answer["matches"][0].get("children", []) for answer in answers]


@displayed
@told
async def test_nodes_are_acted_upon(window: Desktop) -> None:
    press, field, slide = [await id_of(window, name) for name in ("Press me", "Name", "Größe")]
    answers = [
        await window.post("a11y/node/focus", id=press),
        await window.post("a11y/node/invoke", id=press),
        await window.post("a11y/node/invoke", id=press, action="press-long"),
        await window.post("a11y/node/value", id=field, value="Zoë"),
        await window.post("a11y/node/value", id=slide, value="2.5"),
    ]

    assert {200} == {answer.status_code for answer in answers}
    assert [
        "press GrabFocus",
        "press DoAction 0",
        "press DoAction 1",
        "field SetTextContents Zoë",
        "slide CurrentValue 2.5",
    ] == await heard(window)


@displayed
@told
async def test_what_can_not_be_done_is_refused_and_says_why(window: Desktop) -> None:
    press, refuse, field, slide = [
        await id_of(window, name) for name in ("Press me", "Leave me", "Name", "Größe")
    ]
    cases = [
        ("invoke", {"id": field}, 400, "a node with the role 'text' can't do that"),
        ("invoke", {"id": press, "action": "fly"}, 400, "it has no action 'fly'; it has click, press-long"),
        ("invoke", {"id": refuse}, 500, "its program did not do it"),
        ("value", {"id": press, "value": "x"}, 400, "it has neither a text"),
        ("value", {"id": slide, "value": "x"}, 400, "its value is a number"),
        ("focus", {"id": press.replace("press", "gone")}, 404, "there is no such node"),
        ("focus", {"id": ":9.99:/org/a11y/atspi/accessible/root"}, 404, "there is no such node"),
        ("focus", {"id": "nonsense"}, 400, "that is no node's id"),
    ]
    for what, asked, status, reason in cases:
        answer = await window.post(f"a11y/node/{what}", **asked)
        assert (status, True) == (answer.status_code, reason in answer.json()["message"]), answer.text


@displayed
@told
async def test_a_program_that_has_ended_is_no_longer_there(window: Desktop) -> None:
    press = await id_of(window, "Press me")
    await shell(window.box, f"kill {await pid(window)}")
    async with asyncio.timeout(20):
        while await found(window, role="button"):
            continue

    assert 404 == (await window.post("a11y/node/focus", id=press)).status_code
    assert 404 == (await window.get("a11y/tree")).status_code


@displayed
@told
async def test_the_buses_end_with_the_display_and_come_again(window: Desktop) -> None:
    buses = "ps ax -o args | grep -E 'dbus-daemon|at-spi' | grep -vc grep || true"
    assert "0" != (await shell(window.box, buses)).strip()
    assert 200 == (await window.post("stop")).status_code
    async with asyncio.timeout(20):
        while "0" != (await shell(window.box, buses)).strip():
            continue
    assert "DBUS_SESSION_BUS_ADDRESS" not in window.box.env
    await begin(window)

    assert ["Press me", "Leave me"] == await found(window, role="button")


@displayed
@told
@needs("yad")
async def test_a_real_program_is_used_by_what_it_tells(desktop: Desktop) -> None:
    await desktop.post("start")
    fields = "--field=Name Ada --field=Gift:CHK --field=Count:NUM '1!0..10'"
    form = f"yad --form --title Order {fields} --button=Send:3 > said 2> errors || echo $? > code"
    await shell(desktop.box, f"({form}) > /dev/null 2>&1 &")
    async with asyncio.timeout(60):
        while ["Send"] != await found(desktop, role="button"):
            continue
    text = (await desktop.post("a11y/find", role="text", states=["single-line"])).json()["matches"][0]["id"]
    count = (await desktop.post("a11y/find", role="spin button")).json()["matches"][0]["id"]

    assert "yad" == (await desktop.get("a11y/tree")).json()["root"]["name"]
    assert 200 == (await desktop.post("a11y/node/value", id=text, value="Grace")).status_code
    assert 200 == (await desktop.post("a11y/node/focus", id=text)).status_code
    assert 200 == (await desktop.post("a11y/node/value", id=count, value="7")).status_code
    assert 200 == (await desktop.post("a11y/node/invoke", id=await id_of(desktop, "Gift"))).status_code
    assert ["Gift"] == await found(desktop, states=["checked"])
    await desktop.post("a11y/node/invoke", id=await id_of(desktop, "Send"), action="click")
    await shell(desktop.box, "until test -s code; do sleep 0.01; done")

    assert "3\n" == await shell(desktop.box, "cat code")


async def test_before_the_start_there_is_no_accessibility(desktop: Desktop) -> None:
    answers = [
        await desktop.get("a11y/tree"),
        *[await desktop.post(f"a11y/{what}", id="x") for what in OPERATIONS],
    ]

    assert {(503, "A11Y_UNAVAILABLE")} == {(answer.status_code, answer.json()["code"]) for answer in answers}
    assert {True} == {"start it first" in answer.json()["message"] for answer in answers}


@needs("Xvfb", "xdotool")
async def test_a_desktop_without_a_bus_works_and_says_what_is_missing(desktop: Desktop) -> None:
    await desktop.only("Xvfb", "xdotool")

    assert 200 == (await desktop.post("start")).status_code
    answer = await desktop.get("a11y/tree")

    assert (503, "A11Y_UNAVAILABLE") == (answer.status_code, answer.json()["code"])
    assert "install at-spi2-core, dbus-daemon and python3-gi" in answer.json()["message"]
    assert 200 == (await desktop.get("display/info")).status_code


@displayed
async def test_a_bus_that_nothing_can_be_asked_of_is_none(
    desktop: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accessibility_bus, "_PYTHON", "/bin/false")

    assert 200 == (await desktop.post("start")).status_code
    answers = [await desktop.get("a11y/tree", scope="all") for _ in range(2)]

    assert {(503, "A11Y_UNAVAILABLE")} == {(answer.status_code, answer.json()["code"]) for answer in answers}
    assert "/bin/false failed" in answers[0].json()["message"]
    assert 200 == (await desktop.post("stop")).status_code


@displayed
async def test_a_desktop_may_end_as_soon_as_it_has_started(desktop: Desktop) -> None:
    for _ in range(3):
        assert [200, 200] == [(await desktop.post(what)).status_code for what in ("start", "stop")]
    assert 503 == (await desktop.get("a11y/tree")).status_code


@pytest.mark.parametrize(
    ("what", "asked"),
    [
        ("find", {"scope": "some"}),
        ("find", {"scope": "pid"}),
        ("find", {"nameMatch": "fuzzy"}),
        ("find", {"limit": -1}),
        ("node/focus", {}),
        ("node/focus", {"id": "a\0b"}),
        ("node/value", {"id": "a:/b", "value": "\0"}),
    ],
)
async def test_a_request_that_is_none_is_refused(desktop: Desktop, what: str, asked: dict[str, Any]) -> None:
    assert 400 == (await desktop.post(f"a11y/{what}", **asked)).status_code


async def test_a_query_that_is_none_is_refused(desktop: Desktop) -> None:
    for asked in ({"scope": "pid"}, {"scope": "x"}, {"maxDepth": "deep"}, {"pid": "x"}):
        assert 400 == (await desktop.get("a11y/tree", **asked)).status_code
