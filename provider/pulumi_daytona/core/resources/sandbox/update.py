"""Update a sandbox in place: only the calls that are needed, in an order that is safe to repeat."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from daytona_httpx import AsyncSandbox, Resources

from pulumi_daytona.core.definition import State, wanted_values
from pulumi_daytona.core.ownership import LANGUAGE, OWNER, marked_labels, user_labels
from pulumi_daytona.core.progress import progress
from pulumi_daytona.core.resources.sandbox.inputs import MAX_ARCHIVE_MINUTES, SandboxInputs
from pulumi_daytona.core.resources.sandbox.live import FAILED_STATES
from pulumi_daytona.core.resources.sandbox.power import reach


def wanted(state: State, inputs: SandboxInputs) -> dict[str, Any]:
    """Return the values to reach; ephemeral is an interval of 0, and no longer ephemeral none."""
    values = wanted_values(state, inputs)
    declared = set(state.get("declared", ()))
    if values.pop("ephemeral", False):
        values["auto_delete_interval"] = 0
    elif "ephemeral" in declared and "auto_delete_interval" not in values:
        values["auto_delete_interval"] = -1
    return values


class Update:
    """Bring a live sandbox to what is wanted.

    Each step compares with the live sandbox and not with the state, so that an update that was cut
    short goes on where it ended.

    Args:
        sandbox: The sandbox, freshly read.
        state: The state before the update.
        values: What is wanted, by input name.
        owner: Who owns the sandbox.
    """

    def __init__(
        self, sandbox: AsyncSandbox, state: State, values: Mapping[str, Any], owner: str | None
    ) -> None:
        self._sandbox = sandbox
        self._state = state
        self._values = values
        self._owner = owner

    async def run(self) -> None:
        """Do every step that is needed.

        Raises:
            DaytonaError: The API refused a step; those before it are done.
        """
        await self._labels()
        await self._intervals()
        await self._unreadable()
        await self._public()
        await self._resources()
        await self._network()
        if "state" in self._values:
            await reach(self._sandbox, self._values["state"])
        elif self._sandbox.state in FAILED_STATES:
            await reach(self._sandbox, "started")

    async def _labels(self) -> None:
        """Set the labels; this takes off the mark of creation too."""
        live = self._sandbox.labels
        labels = self._values.get("labels", user_labels(live))
        language = {LANGUAGE: live[LANGUAGE]} if LANGUAGE in live else {}
        known = "owner" in self._state  # of one whose owner the state doesn't say, the mark that it has stays
        owner = self._owner if known else live.get(OWNER, self._owner)
        complete = marked_labels({**language, **labels}, owner)
        if complete != live:
            await self._sandbox.set_labels(complete)

    async def _intervals(self) -> None:
        sandbox = self._sandbox
        setters = {
            "auto_stop_interval": sandbox.set_autostop_interval,
            "auto_pause_interval": sandbox.set_auto_pause_interval,
            "auto_archive_interval": sandbox.set_auto_archive_interval,
            "auto_delete_interval": sandbox.set_auto_delete_interval,
        }
        changed = [name for name in setters if name in self._values and self._interval_differs(name)]
        # At most one of auto-stop and auto-pause may be on: what is turned off goes first.
        for name in sorted(changed, key=lambda name: bool(self._values[name])):
            await setters[name](self._values[name])

    def _interval_differs(self, name: str) -> bool:
        live, value = getattr(self._sandbox, name), self._values[name]
        if name == "auto_archive_interval":
            value = value or MAX_ARCHIVE_MINUTES
        return bool(value != (live if live is not None else 0))

    async def _unreadable(self) -> None:
        """Set what the API doesn't tell, when it differs from what was last set."""
        if self._was_changed("ttl_minutes"):
            await self._sandbox.set_ttl(self._values["ttl_minutes"])
        if self._was_changed("secrets"):
            await self._sandbox.update_secrets(self._values["secrets"])

    def _was_changed(self, name: str) -> bool:
        return name in self._values and self._values[name] != self._state.get(name)

    async def _public(self) -> None:
        public = self._values.get("public", self._sandbox.public)
        if public != self._sandbox.public:
            await self._sandbox.set_public(public)

    async def _resources(self) -> None:
        sizes = {
            name: size
            for name, size in self._values.get("resources", {}).items()
            if name in ("cpu", "memory", "disk") and size != getattr(self._sandbox, name)
        }
        if not sizes:
            return
        progress().status("sandbox is being resized")
        running = self._sandbox.state == "started"
        smaller = any(size < (getattr(self._sandbox, name) or 0) for name, size in sizes.items())
        must_stop = running and ("disk" in sizes or smaller)
        if must_stop:
            await self._sandbox.stop(timeout=0)
        await self._sandbox.resize(Resources(**sizes), timeout=0)
        if must_stop and self._values.get("state", "started") == "started":
            await self._sandbox.start(timeout=0)

    async def _network(self) -> None:
        settings = {
            name: self._values[name]
            for name in ("network_block_all", "network_allow_list", "domain_allow_list")
            if name in self._values and self._values[name] != (getattr(self._sandbox, name) or _empty(name))
        }
        if settings:
            await self._sandbox.update_network_settings(**settings)


def _empty(name: str) -> object:
    return False if name == "network_block_all" else ""
