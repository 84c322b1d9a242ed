"""Tell of a window on the accessibility bus, as a program that has one does; run inside a sandbox.

What is done to the window is written to a file, a line for each.
"""

# mypy: disable-error-code="import-untyped, import-not-found"

from __future__ import annotations

from typing import Any

from gi.repository import Gio, GLib

SPI = "org.a11y.atspi"
ROOT = "/org/a11y/atspi/accessible/root"
ENABLED, FOCUSABLE, ACTIVE, CHECKED = 1 << 8, 1 << 11, 1 << 1, 1 << 4
CONTRACT = f"""<node>
<interface name="{SPI}.Accessible">
  <property name="Name" type="s" access="read"/>
  <property name="Description" type="s" access="read"/>
  <method name="GetRoleName"><arg type="s" direction="out"/></method>
  <method name="GetState"><arg type="au" direction="out"/></method>
  <method name="GetInterfaces"><arg type="as" direction="out"/></method>
  <method name="GetChildren"><arg type="a(so)" direction="out"/></method>
</interface>
<interface name="{SPI}.Component">
  <method name="GetExtents"><arg type="u" direction="in"/><arg type="(iiii)" direction="out"/></method>
  <method name="GrabFocus"><arg type="b" direction="out"/></method>
</interface>
<interface name="{SPI}.Action">
  <method name="GetActions"><arg type="a(sss)" direction="out"/></method>
  <method name="GetName"><arg type="i" direction="in"/><arg type="s" direction="out"/></method>
  <method name="DoAction"><arg type="i" direction="in"/><arg type="b" direction="out"/></method>
</interface>
<interface name="{SPI}.EditableText">
  <method name="SetTextContents"><arg type="s" direction="in"/><arg type="b" direction="out"/></method>
</interface>
<interface name="{SPI}.Value">
  <property name="CurrentValue" type="d" access="readwrite"/>
</interface>
</node>"""
NODES: dict[str, tuple[str, str, int, list[str], list[str]]] = {
    "root": ("stand-in", "application", 0, [], ["window"]),
    "window": ("A window", "frame", ACTIVE | ENABLED, ["Component"], ["press", "refuse", "field", "slide"]),
    "press": ("Press me", "push button", ENABLED | FOCUSABLE, ["Component", "Action"], []),
    "refuse": ("Leave me", "push button", FOCUSABLE, ["Component", "Action"], []),
    "field": ("Name", "text", ENABLED | FOCUSABLE, ["Component", "EditableText"], []),
    "slide": ("Größe", "slider", ENABLED | CHECKED, ["Component", "Value"], []),
}
"""By the end of its path: name, role, states, what it can do, and what is in it."""
ACTIONS = ["click", "press-long"]


def heard(*words: object) -> None:
    """Take note of what was done."""
    with open("heard", "a") as file:
        print(*words, file=file, flush=True)


def answer(connection: Any, node: str, method: str, given: tuple[Any, ...]) -> GLib.Variant | None:
    """Answer a call."""
    name, role, states, interfaces, children = NODES[node]
    if method in ("GrabFocus", "DoAction", "SetTextContents"):
        heard(node, method, *given)
        return GLib.Variant("(b)", (node != "refuse",))
    places = [(connection.get_unique_name(), ROOT.replace("root", child)) for child in children]
    return {
        "GetRoleName": lambda: GLib.Variant("(s)", (role,)),
        "GetState": lambda: GLib.Variant("(au)", ([states, 0],)),
        "GetInterfaces": lambda: GLib.Variant(
            "(as)", ([f"{SPI}.{one}" for one in ["Accessible", *interfaces]],)
        ),
        "GetChildren": lambda: GLib.Variant("(a(so))", (places,)),
        "GetExtents": lambda: GLib.Variant("((iiii))", ((1, 2, len(name), 4),)),
        "GetActions": lambda: GLib.Variant("(a(sss))", ([(f"Do {one}", "", "") for one in ACTIONS],)),
        "GetName": lambda: GLib.Variant("(s)", (ACTIONS[given[0]],)),
    }[method]()


def tell(connection: Any, node: str) -> None:
    """Offer a node on the bus."""

    def call(_: Any, __: Any, ___: Any, ____: Any, method: str, given: Any, invocation: Any) -> None:
        invocation.return_value(answer(connection, node, method, given.unpack()))

    def get(_: Any, __: Any, ___: Any, ____: Any, name: str) -> GLib.Variant:
        if name == "CurrentValue":
            return GLib.Variant("d", 0.0)
        return GLib.Variant("s", NODES[node][0] if name == "Name" else f"The {node}")

    def put(_: Any, __: Any, ___: Any, ____: Any, name: str, value: Any) -> bool:
        heard(node, name, value.unpack())
        return True

    for interface in Gio.DBusNodeInfo.new_for_xml(CONTRACT).interfaces:
        if interface.name.rpartition(".")[2] in ("Accessible", *NODES[node][3]):
            connection.register_object(ROOT.replace("root", node), interface, call, get, put)


def main() -> None:
    """Tell of the window until the bus is gone."""
    session = Gio.bus_get_sync(Gio.BusType.SESSION)
    found = session.call_sync(
        "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None, 0, -1
    )
    flags = Gio.DBusConnectionFlags
    kind = flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION
    connection = Gio.DBusConnection.new_for_address_sync(found.unpack()[0], kind, None, None)
    for node in NODES:
        tell(connection, node)
    own = GLib.Variant("((so))", ((connection.get_unique_name(), ROOT),))
    connection.call_sync(f"{SPI}.Registry", ROOT, f"{SPI}.Socket", "Embed", own, None, 0, -1)
    heard("up")
    GLib.MainLoop().run()


if __name__ == "__main__":
    main()
