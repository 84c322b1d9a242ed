"""Look up sandboxes."""

from __future__ import annotations

from daytona_httpx import AsyncDaytona, ListSandboxesQuery, SandboxDto

from pulumi_daytona.core.functions.arguments import SANDBOX, Count, Moment
from pulumi_daytona.core.functions.gather import LARGEST_PAGE, first
from pulumi_daytona.core.functions.look_up import Argument, Given, LookUp
from pulumi_daytona.core.ownership import PREFIX


def _told(sandbox: SandboxDto) -> SandboxDto:
    """Return a sandbox with the labels that are not this provider's own marks."""
    labels = {key: value for key, value in sandbox.labels.items() if not key.startswith(PREFIX)}
    return sandbox.model_copy(update={"labels": labels})


async def _sandbox(client: AsyncDaytona, given: Given) -> SandboxDto:
    return _told((await client.get(given["sandbox"])).data)


async def _forks(client: AsyncDaytona, given: Given) -> list[SandboxDto]:
    destroyed = given.get("include_destroyed", False)
    forks = await (await client.get(given["sandbox"])).get_forks(destroyed)
    return [_told(fork.data) for fork in forks]


async def _parent(client: AsyncDaytona, given: Given) -> SandboxDto:
    return _told((await (await client.get(given["sandbox"])).get_parent()).data)


async def _ancestors(client: AsyncDaytona, given: Given) -> list[SandboxDto]:
    return [_told(one.data) for one in await (await client.get(given["sandbox"])).get_ancestors()]


async def _sandboxes(client: AsyncDaytona, given: Given) -> list[SandboxDto]:
    most = given.pop("limit", None)
    query = ListSandboxesQuery(limit=most and min(most, LARGEST_PAGE), **given)
    return [_told(sandbox.data) for sandbox in await first(client.list(query), most)]


def _filter(name: str, kind: object, doc: str) -> Argument:
    return Argument(name, kind, doc, None)


FILTERS = (
    _filter("id", str, "Only those whose id begins with this."),
    _filter("name", str, "Only those whose name begins with this."),
    _filter("labels", dict[str, str], "Only those with all of these labels."),
    _filter("states", list[str], "Only those in one of these states, for example ``started``."),
    _filter("snapshots", list[str], "Only those made from one of these snapshots, by name."),
    _filter("targets", list[str], "Only those in one of these regions, by id."),
    _filter("is_public", bool, "Only those whose preview links need no token, or only others."),
    _filter("is_recoverable", bool, "Only those that failed and can be recovered, or only others."),
    _filter("min_cpu", int, "Only those with at least so many cores."),
    _filter("max_cpu", int, "Only those with at most so many cores."),
    _filter("min_memory_gib", int, "Only those with at least so much memory, in GiB."),
    _filter("max_memory_gib", int, "Only those with at most so much memory, in GiB."),
    _filter("min_disk_gib", int, "Only those with at least so much disk, in GiB."),
    _filter("max_disk_gib", int, "Only those with at most so much disk, in GiB."),
    _filter("created_at_after", Moment, "Only those made after this."),
    _filter("created_at_before", Moment, "Only those made before this."),
    _filter("last_activity_after", Moment, "Only those active after this."),
    _filter("last_activity_before", Moment, "Only those not active since this."),
    _filter("auto_destroy_at_after", Moment, "Only those whose time to live ends after this."),
    _filter("auto_destroy_at_before", Moment, "Only those whose time to live ends before this."),
    _filter(
        "sort",
        str,
        "By ``name``, ``cpu``, ``memoryGib``, ``diskGib``, ``lastActivityAt`` or ``createdAt``; "
        "the API's order by default.",
    ),
    _filter("order", str, "``asc`` or ``desc``."),
    _filter("limit", Count, "How many at most; all by default."),
)

LOOK_UPS = (
    LookUp(
        "get_sandbox",
        "Return a sandbox. Its environment is a secret.",
        "getSandbox",
        SandboxDto,
        _sandbox,
        (SANDBOX,),
    ),
    LookUp(
        "list_sandboxes",
        "Return the sandboxes that pass every filter. A list lacks their environments, volumes and builds.",
        "listSandboxes",
        list[SandboxDto],
        _sandboxes,
        FILTERS,
    ),
    LookUp(
        "list_sandbox_forks",
        "Return the sandboxes that were forked from a sandbox. Their environments are secrets.",
        "getSandboxForks",
        list[SandboxDto],
        _forks,
        (
            SANDBOX,
            Argument("include_destroyed", bool, "Whether those that are gone are among them.", False),
        ),
    ),
    LookUp(
        "get_sandbox_parent",
        "Return the sandbox that a sandbox was forked from. Its environment is a secret.",
        "getSandboxParent",
        SandboxDto,
        _parent,
        (SANDBOX,),
    ),
    LookUp(
        "list_sandbox_ancestors",
        "Return what a sandbox was forked from, what that was forked from, and so on. Their environments are "
        "secrets.",
        "getSandboxAncestors",
        list[SandboxDto],
        _ancestors,
        (SANDBOX,),
    ),
)
