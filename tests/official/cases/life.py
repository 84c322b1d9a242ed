"""A sandbox from its creation to its end, and its settings."""

from __future__ import annotations

from typing import Any

from .outcome import fields, is_id, is_time, plain, refused
from .use import Use

SIZES = "cpu memory disk gpu"
INTERVALS = "auto_stop_interval auto_archive_interval auto_delete_interval"


async def create(use: Use) -> Any:
    """Make a sandbox with settings of its own."""
    params = use.sdk.CreateSandboxFromSnapshotParams(
        name="cases",
        language="python",
        labels={"made": "by a case"},
        env_vars={"GREETING": "hi"},
        auto_stop_interval=20,
        auto_archive_interval=60,
        auto_delete_interval=-1,
    )
    use.sandbox = await use.daytona.create(params, timeout=30)
    seen = fields(use.sandbox, f"name state public labels env user target snapshot {SIZES} {INTERVALS}")
    return seen | {"id": is_id(use.sandbox.id), "created": is_time(use.sandbox.created_at)}


async def create_refused(use: Use) -> Any:
    """Neither a name that is taken, nor a snapshot that isn't there, nor intervals below zero."""
    params = use.sdk.CreateSandboxFromSnapshotParams
    return [
        await refused(use.daytona.create, params(name="cases")),
        await refused(use.daytona.create, params(snapshot="nowhere")),
        await refused(use.daytona.create, params(auto_stop_interval=-1)),
        await refused(use.daytona.create, params(), timeout=-1),
    ]


async def get(use: Use) -> Any:
    """Find it by name and by id, and nobody by another name."""
    by_name = await use.daytona.get("cases")
    by_id = await use.daytona.get(use.sandbox.id)
    return [
        by_name.id == by_id.id == use.sandbox.id,
        fields(by_id, f"name state labels env {SIZES} {INTERVALS}"),
        await refused(use.daytona.get, "nobody"),
        await refused(use.daytona.get, ""),
    ]


async def list_sandboxes(use: Use) -> Any:
    """List them by labels and states, one on a page."""
    other = await use.daytona.create(use.sdk.CreateSandboxFromSnapshotParams(name="other", ephemeral=True))
    query, by = use.sdk.ListSandboxesQuery, use.sdk.SandboxListSortField
    down = use.sdk.SandboxListSortDirection.DESC
    found = {
        "all": [item.name async for item in use.daytona.list(query(limit=1))],
        "labels": [item.name async for item in use.daytona.list(query(labels={"made": "by a case"}))],
        "nobody's": [item.name async for item in use.daytona.list(query(labels={"made": "by nobody"}))],
        "states": [
            item.name async for item in use.daytona.list(query(states=[use.sdk.SandboxState.STOPPED]))
        ],
        "sorted": [item.name async for item in use.daytona.list(query(sort=by.NAME, order=down))],
        "of a name": [item.name async for item in use.daytona.list(query(name="oth"))],
    }
    await use.daytona.stop(other)
    return {name: sorted(names) if name == "all" else names for name, names in found.items()}


async def set_labels(use: Use) -> Any:
    """Give it other labels."""
    answer = await use.sandbox.set_labels({"made": "by a case", "and": "changed"})
    await use.sandbox.refresh_data()
    return [plain(answer), plain(use.sandbox.labels)]


async def set_intervals(use: Use) -> Any:
    """Change its intervals; they can't be below zero."""
    await use.sandbox.set_autostop_interval(60)
    await use.sandbox.set_auto_archive_interval(120)
    await use.sandbox.set_auto_delete_interval(240)
    before = fields(use.sandbox, INTERVALS)
    await use.sandbox.refresh_data()
    return [
        before,
        fields(use.sandbox, INTERVALS),
        await refused(use.sandbox.set_autostop_interval, -1),
        await refused(use.sandbox.set_auto_pause_interval, 30),
    ]


async def set_ttl(use: Use) -> Any:
    """Give it a time to end at, and take that away."""
    await use.sandbox.set_ttl(600)
    await use.sandbox.refresh_data()
    has_time = is_time(use.sandbox.auto_destroy_at)
    await use.sandbox.set_ttl(0)
    await use.sandbox.refresh_data()
    return [has_time, use.sandbox.auto_destroy_at]


async def set_public(use: Use) -> Any:
    """Make it public, and private again."""
    await use.sandbox.set_public(True)
    await use.sandbox.refresh_data()
    was_public = use.sandbox.public
    await use.sandbox.set_public(False)
    return [was_public, use.sandbox.public]


async def refresh_activity(use: Use) -> Any:
    """Say that it is in use."""
    await use.sandbox.refresh_activity()
    await use.sandbox.refresh_data()
    return is_time(use.sandbox.last_activity_at)


async def update_network(use: Use) -> Any:
    """Close its network, and open it again."""
    await use.sandbox.update_network_settings(network_block_all=True)
    await use.sandbox.refresh_data()
    was_closed = use.sandbox.network_block_all
    await use.settled(use.sandbox.update_network_settings, network_allow_list="10.0.0.0/8")
    await use.sandbox.refresh_data()
    lists = fields(use.sandbox, "network_block_all network_allow_list")
    await use.settled(use.sandbox.update_network_settings, network_block_all=False)
    await use.sandbox.refresh_data()
    return [was_closed, lists, use.sandbox.network_block_all]


async def update_env(use: Use) -> Any:
    """Change the environment of what is started from now on."""
    await use.sandbox.update_env({"GREETING": "hello", "MORE": "x"})
    before = await use.sh("echo $GREETING $MORE")
    await use.sandbox.update_env({}, unset=["MORE"])
    return [before, await use.sh("echo $GREETING $MORE")]


async def folders(use: Use) -> Any:
    """Ask where its user's files are."""
    return [await use.sandbox.get_user_home_dir(), await use.sandbox.get_work_dir()]


async def metrics(use: Use) -> Any:
    """Measure it, now and over time."""
    now = await use.sandbox.get_metrics_latest()
    assert 0 < now.mem_used <= now.mem_total, now
    assert 0 < now.disk_used <= now.disk_total, now
    before = await use.sandbox.get_metrics()
    return [now.cpu_count, is_time(now.timestamp), isinstance(before, list)]


CASES = [
    create, create_refused, get, list_sandboxes, set_labels, set_intervals, set_ttl, set_public,
    refresh_activity, update_network, update_env, folders, metrics,
]  # fmt: skip
