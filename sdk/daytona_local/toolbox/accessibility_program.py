"""Look at what programs on a desktop tell of their windows, and act on it; run inside, by the host's Python.

It gets one request as JSON on its standard input, and answers by one JSON object: what was found, or why not.
"""

# mypy: disable-error-code="import-untyped, import-not-found"

from __future__ import annotations

import contextlib
import json
import re
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from gi.repository import Gio, GLib  # python3-gi

MOST_NODES = 2000
MOST_DEPTH = 100
MOST_CHARACTERS = 2000
DEFAULT_LIMIT = 100
LOOK_S = 10.0
"""How long a tree is walked; the rest is left out."""
CALL_MS = 5000
REACH_MS = 20_000
"""How long a bus may take to start."""

ACCESSIBLE = "org.a11y.atspi.Accessible"
COMPONENT = "org.a11y.atspi.Component"
ACTION = "org.a11y.atspi.Action"
PROPERTIES = "org.freedesktop.DBus.Properties"
DAEMON = ("org.freedesktop.DBus", "/org/freedesktop/DBus")
ROOT = ("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
STATES = (
    "invalid", "active", "armed", "busy", "checked", "collapsed", "defunct", "editable", "enabled",
    "expandable", "expanded", "focusable", "focused", "has-tooltip", "horizontal", "iconified", "modal",
    "multi-line", "multiselectable", "opaque", "pressed", "resizable", "selectable", "selected",
    "sensitive", "showing", "single-line", "stale", "transient", "vertical", "visible",
    "manages-descendants", "indeterminate", "required", "truncated", "animated", "invalid-entry",
    "supports-autocompletion", "selectable-text", "is-default", "visited", "checkable", "has-popup",
    "read-only",
)  # fmt: skip
"""The states in the order of their bits."""

Place = tuple[str, str]
"""A node: the name of its program on the bus, and its path there."""


class RefusedError(Exception):
    """Say in a word of what kind it is, and in a line why not."""


class Bus:
    """Call what programs offer on the accessibility bus."""

    def __init__(self) -> None:
        self._connection, self._patience_ms = Gio.bus_get_sync(Gio.BusType.SESSION), REACH_MS
        bus = ("org.a11y.Bus", "/org/a11y/bus")
        address = self.call(bus, "org.a11y.Bus.GetAddress", "(s)")
        enabled = GLib.Variant("(ssv)", ("org.a11y.Status", "IsEnabled", GLib.Variant("b", True)))
        self.call(bus, f"{PROPERTIES}.Set", "()", enabled)
        flags = Gio.DBusConnectionFlags
        both = flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION
        self._connection = Gio.DBusConnection.new_for_address_sync(address, both, None, None)
        registry = GLib.Variant("(su)", (ROOT[0], 0))
        self.call(DAEMON, f"{DAEMON[0]}.StartServiceByName", "(u)", registry)
        self._patience_ms = CALL_MS

    def call(self, place: Place, method: str, kind: str, arguments: Any = None) -> Any:
        """Call a method, and return the one value that it answers, or none.

        Args:
            place: Whose method.
            method: Its name, with that of its interface before it.
            kind: What it answers, as D-Bus writes it; another answer is an error.
            arguments: What it gets.

        Raises:
            GLib.Error: There is nobody, or no such method, or no answer in time.
        """
        interface, _, name = method.rpartition(".")
        answer = self._connection.call_sync(
            *place,
            interface,
            name,
            arguments,
            GLib.VariantType(kind),
            Gio.DBusCallFlags.NONE,
            self._patience_ms,
            None,
        )
        return next(iter(answer.unpack()), None)

    def property(self, place: Place, name: str) -> Any:
        """Return a property of a node; raises as ``call``."""
        return self.call(place, f"{PROPERTIES}.Get", "(v)", GLib.Variant("(ss)", (ACCESSIBLE, name)))

    def pid(self, place: Place) -> int:
        """Return the process of a node's program."""
        name = GLib.Variant("(s)", (place[0],))
        return int(self.call(DAEMON, f"{DAEMON[0]}.GetConnectionUnixProcessID", "(u)", name))


class Node:
    """Know one node; a program that has just ended, or that doesn't answer, has none."""

    def __init__(self, bus: Bus, place: Place) -> None:
        self._bus = bus
        self.place = place
        self.name = str(bus.property(place, "Name"))[:MOST_CHARACTERS]
        self.role = str(self._ask("GetRoleName", "(s)"))
        self.states = _states(self._ask("GetState", "(au)"))

    def _ask(self, method: str, kind: str) -> Any:
        return self._bus.call(self.place, f"{ACCESSIBLE}.{method}", kind)

    @property
    def children(self) -> list[Place]:
        """Return where its children are."""
        return [tuple(child) for child in self._ask("GetChildren", "(a(so))")]

    @property
    def interfaces(self) -> set[str]:
        """Return what can be done with it."""
        return {str(name).rpartition(".")[2] for name in self._ask("GetInterfaces", "(as)")}

    @property
    def actions(self) -> list[str]:
        """Return the names of what it does when it is told to."""
        if "Action" not in self.interfaces:
            return []
        told = self._bus.call(self.place, f"{ACTION}.GetActions", "(a(sss))")  # in the user's language
        return [self._action(number) for number in range(len(told))]

    def _action(self, number: int) -> str:
        return str(self._bus.call(self.place, f"{ACTION}.GetName", "(s)", GLib.Variant("(i)", (number,))))

    def wire(self) -> dict[str, Any]:
        """Return it in the API's form, without its children."""
        described = {"id": ":".join(self.place), "name": self.name, "role": self.role}
        return {
            **described,
            "description": str(self._bus.property(self.place, "Description"))[:MOST_CHARACTERS],
            "states": self.states,
            "actions": self.actions,
            "bounds": self._bounds(),
        }

    def _bounds(self) -> dict[str, int]:
        box, on_screen = (0, 0, 0, 0), GLib.Variant("(u)", (0,))
        if "Component" in self.interfaces:
            with contextlib.suppress(GLib.Error):  # the root of all says that it has some, and may have none
                box = self._bus.call(self.place, f"{COMPONENT}.GetExtents", "((iiii))", on_screen)
        return dict(zip(("x", "y", "width", "height"), box, strict=True))


class Look:
    """Walk a tree, as far as its bounds let it."""

    def __init__(self, bus: Bus, most_depth: int) -> None:
        self._bus = bus
        self._most_depth = most_depth
        self._until = time.monotonic() + LOOK_S
        self._left = MOST_NODES
        self.truncated = False

    def node(self, place: Place) -> Node | None:
        """Return a node; None when there is none, or no more are looked at."""
        if self._left <= 0 or time.monotonic() > self._until:
            self.truncated = True
            return None
        self._left -= 1
        try:
            return Node(self._bus, place)
        except GLib.Error:
            return None

    def tree(self, place: Place, depth: int = 0) -> dict[str, Any] | None:
        """Return a node in the API's form, with all that is below it."""
        node = self.node(place)
        try:
            if node is None:
                return None
            below = [self.tree(child, depth + 1) for child in self._below(node, depth)]
            return {**node.wire(), "children": [child for child in below if child]}
        except GLib.Error:
            return None

    def walk(self, place: Place, depth: int = 0) -> Iterator[Node]:
        """Yield a node, and all that is below it."""
        node = self.node(place)
        if node is not None:
            yield node
            for child in self._below(node, depth):
                yield from self.walk(child, depth + 1)

    def _below(self, node: Node, depth: int) -> list[Place]:
        if depth >= self._most_depth:
            return []
        try:
            children = node.children
        except GLib.Error:
            return []
        self.truncated |= bool(children) and depth >= MOST_DEPTH
        return children if depth < MOST_DEPTH else []


def tree(bus: Bus, asked: dict[str, Any]) -> dict[str, Any]:
    """Return the tree of a program, or of all."""
    depth = asked["maxDepth"] if asked["maxDepth"] >= 0 else sys.maxsize
    look = Look(bus, depth)
    root = look.tree(start(bus, asked))
    if root is None:
        raise RefusedError("missing", "what should be looked at has gone")
    return {"root": root, "truncated": look.truncated}


def find(bus: Bus, asked: dict[str, Any]) -> dict[str, Any]:
    """Return the nodes that are as they should be."""
    look, limit, fits = Look(bus, sys.maxsize), asked["limit"] or DEFAULT_LIMIT, filter_of(asked)
    found: list[dict[str, Any]] = []
    for node in look.walk(start(bus, asked)):
        try:
            if fits(node):
                if len(found) == limit:
                    return {"matches": found, "truncated": True}
                found.append(node.wire())
        except GLib.Error:
            continue  # it has just gone
    return {"matches": found, "truncated": look.truncated}


def filter_of(asked: dict[str, Any]) -> Callable[[Node], bool]:
    """Return what tells whether a node is as it should be."""
    role, states = _plain(asked["role"]), {_plain(state) for state in asked["states"]}
    roles = {role, f"push {role}"} if role == "button" else {role}
    named = _named(asked["name"], asked["nameMatch"])

    def fits(node: Node) -> bool:
        has = {_plain(state) for state in node.states}
        return (not role or _plain(node.role) in roles) and states <= has and named(node.name)

    return fits


def _named(name: str | None, how: str) -> Callable[[str], bool]:
    if name is None:
        return lambda _: True
    if how == "regex":
        try:
            return lambda text, pattern=re.compile(name): pattern.search(text) is not None  # type: ignore[misc]
        except re.error as error:
            raise RefusedError("refused", f"name is no regular expression: {error}") from None
    return lambda text: text == name if how == "exact" else name in text


def start(bus: Bus, asked: dict[str, Any]) -> Place:
    """Return where a look begins: at the root of all programs, or at one of them."""
    if asked["scope"] == "all":
        return ROOT
    programs = Node(bus, ROOT).children
    if asked["scope"] == "pid":
        for place in programs:
            if bus.pid(place) == asked["pid"]:
                return place
        raise RefusedError("missing", f"process {asked['pid']} shows nothing on the accessibility bus")
    return focused(bus, programs)


def focused(bus: Bus, programs: list[Place]) -> Place:
    """Return the program whose window is active; without a window manager there may be none."""
    look = Look(bus, 1)
    active = [place for place in programs if any("active" in node.states for node in look.walk(place))]
    if not active and len(programs) == 1:
        return programs[0]
    if not active:
        raise RefusedError("missing", "no program has the focus; ask with the scope all, or pid")
    return active[0]


def focus(bus: Bus, asked: dict[str, Any]) -> dict[str, Any]:
    """Give a node the keyboard."""
    _needed(bus, asked, "Component")
    return _done(bus, asked, f"{COMPONENT}.GrabFocus")


def invoke(bus: Bus, asked: dict[str, Any]) -> dict[str, Any]:
    """Tell a node to act."""
    actions = _needed(bus, asked, "Action").actions
    wanted = asked["action"] or (actions[0] if actions else "")
    if wanted not in actions:
        raise RefusedError("refused", f"it has no action {wanted!r}; it has {', '.join(actions) or 'none'}")
    number = GLib.Variant("(i)", (actions.index(wanted),))
    return _done(bus, asked, f"{ACTION}.DoAction", number)


def value(bus: Bus, asked: dict[str, Any]) -> dict[str, Any]:
    """Set the text of a node, or its number."""
    interfaces = _needed(bus, asked).interfaces
    if "EditableText" in interfaces:
        text = GLib.Variant("(s)", (asked["value"],))
        return _done(bus, asked, "org.a11y.atspi.EditableText.SetTextContents", text)
    if "Value" not in interfaces:
        raise RefusedError("refused", "it has neither a text that can be edited, nor a number")
    try:
        number = GLib.Variant("d", float(asked["value"]))
    except ValueError:
        raise RefusedError("refused", "its value is a number; pass one") from None
    what = GLib.Variant("(ssv)", ("org.a11y.atspi.Value", "CurrentValue", number))
    bus.call(_place(asked), f"{PROPERTIES}.Set", "()", what)
    return {}


def reached() -> Bus:
    """Return the bus, which is started when nobody has done so yet."""
    try:
        return Bus()
    except GLib.Error as error:
        raise RefusedError(
            "unavailable", f"the accessibility bus can't be reached: {error.message}"
        ) from None


def enable(bus: Bus, asked: dict[str, Any]) -> dict[str, Any]:
    """Do nothing: to have reached the bus is all that is asked for."""
    return {}


def _needed(bus: Bus, asked: dict[str, Any], interface: str = "") -> Node:
    """Return the node that a request names, which must be able to do what it is to do."""
    try:
        node = Node(bus, _place(asked))
        able = not interface or interface in node.interfaces
    except GLib.Error:
        raise RefusedError("missing", "there is no such node, or no longer; look for it again") from None
    if not able:
        raise RefusedError("refused", f"a node with the role {node.role!r} can't do that")
    return node


def _place(asked: dict[str, Any]) -> Place:
    name, _, path = asked["id"].partition(":/")
    if not (Gio.dbus_is_name(name) and GLib.Variant.is_object_path(f"/{path}")):
        raise RefusedError("refused", "that is no node's id; take one from the tree, or from what was found")
    return name, f"/{path}"


def _done(bus: Bus, asked: dict[str, Any], method: str, arguments: Any = None) -> dict[str, Any]:
    if not bus.call(_place(asked), method, "(b)", arguments):
        raise RefusedError("failed", "its program did not do it")
    return {}


def _states(words: list[int]) -> list[str]:
    bits = sum(word << (32 * place) for place, word in enumerate(words))
    return [state for place, state in enumerate(STATES) if bits >> place & 1]


def _plain(text: str) -> str:
    return text.lower().replace("_", " ").replace("-", " ")


def main() -> None:
    """Answer one request."""
    asked = json.load(sys.stdin)
    work = {"tree": tree, "find": find, "focus": focus, "invoke": invoke, "value": value, "enable": enable}
    try:
        answer = work[asked["do"]](reached(), asked)
    except RefusedError as error:
        answer = {"kind": error.args[0], "reason": error.args[1]}
    except GLib.Error as error:
        answer = {"kind": "failed", "reason": error.message}
    print(json.dumps(answer))


main()
