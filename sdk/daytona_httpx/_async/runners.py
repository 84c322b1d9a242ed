"""Runners: the machines that sandboxes run on."""

from __future__ import annotations

import builtins
from collections.abc import Sequence

from daytona_httpx._async.group import AsyncGroup
from daytona_httpx.models.runner import CreateRunnerResponse, Runner, RunnerFull, RunnerSnapshotDto
from daytona_httpx.wire import given


class AsyncRunners(AsyncGroup):
    """Make, find, change and delete the runners of an organization's own regions.

    "Needs a service's key" means the key of Daytona's proxy or SSH gateway: the API answers others with 403.
    """

    async def list(self, region_id: str | None = None) -> builtins.list[Runner]:
        """Return all runners, or those of a region (list runners)."""
        return await self._many(Runner, "list runners", ("runners",), params=given(region_id=region_id))

    async def get(self, runner_id: str) -> Runner:
        """Return a runner (get runner by id).

        Raises:
            DaytonaNotFoundError: There is none.
        """
        return await self._one(Runner, "get runner", "GET", ("runners", runner_id))

    async def get_full(self, runner_id: str) -> RunnerFull:
        """Return a runner with its key (get runner full by id); needs a service's key."""
        return await self._one(RunnerFull, "get runner", "GET", ("runners", runner_id, "full"))

    async def get_me(self) -> RunnerFull:
        """Return the runner whose key this client uses (get info for authenticated runner)."""
        return await self._one(RunnerFull, "get own runner", "GET", ("runners", "me"))

    async def get_by_sandbox(self, sandbox_id: str) -> RunnerFull:
        """Return the runner of a sandbox (get runner by sandbox id); needs a service's key."""
        path = ("runners", "by-sandbox", sandbox_id)
        return await self._one(RunnerFull, "get runner of sandbox", "GET", path)

    async def list_by_snapshot_ref(self, ref: str) -> builtins.list[RunnerSnapshotDto]:
        """Return the runners that have a snapshot (get runners by snapshot ref); needs a service's key."""
        path = ("runners", "by-snapshot-ref")
        return await self._many(RunnerSnapshotDto, "list runners of snapshot", path, params={"ref": ref})

    async def create(
        self,
        region_id: str,
        name: str,
        tags: Sequence[str] | None = None,
        sandbox_class: str | None = None,
    ) -> CreateRunnerResponse:
        """Make a runner; its key is only in this answer (create runner).

        Args:
            region_id: In which region; it must be the organization's own.
            name: Its name.
            tags: What it is told apart by.
            sandbox_class: Which kind of sandboxes it runs, ``container`` by default; older servers ignore it.
        """
        body = given(region_id=region_id, name=name, tags=tags, sandbox_class=sandbox_class)
        return await self._one(CreateRunnerResponse, "create runner", "POST", ("runners",), json=body)

    async def update_scheduling(self, runner_id: str, unschedulable: bool) -> Runner:
        """Set whether a runner gets no new sandboxes (update runner scheduling)."""
        path, body = ("runners", runner_id, "scheduling"), {"unschedulable": unschedulable}
        return await self._one(Runner, "update runner scheduling", "PATCH", path, json=body)

    async def update_draining(self, runner_id: str, draining: bool) -> Runner:
        """Set whether a runner's sandboxes are moved away (update runner draining)."""
        path, body = ("runners", runner_id, "draining"), {"draining": draining}
        return await self._one(Runner, "update runner draining", "PATCH", path, json=body)

    async def delete(self, runner_id: str, force: bool | None = None) -> None:
        """Delete a runner (delete runner).

        Args:
            runner_id: The runner's id.
            force: Whether to delete it with the sandboxes that it has.
        """
        await self._delete("delete runner", ("runners", runner_id), params=given(force=force))
