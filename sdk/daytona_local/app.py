"""Assemble a server from its parts."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from functools import partial

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount

from daytona_local.account import open_account
from daytona_local.analytics import telemetry as analytics_telemetry
from daytona_local.analytics import usage as analytics_usage
from daytona_local.api import (
    admin,
    api_keys,
    audit,
    build_logs,
    control,
    copies,
    docker_registries,
    event_stream,
    identity_providers,
    invitations,
    jobs,
    members,
    object_storage,
    organizations,
    otel_configs,
    preview,
    quotas,
    regions,
    roles,
    runners,
    sandbox_lists,
    sandbox_settings,
    sandboxes,
    secrets,
    snapshots,
    ssh_access,
    system,
    telemetry,
    users,
    volumes,
    warm_pools,
    webhooks,
)
from daytona_local.api.access import Access
from daytona_local.api.answers import EXCEPTION_HANDLERS
from daytona_local.api.control import Control
from daytona_local.api.guard import guarded
from daytona_local.api.journaled import Journaled
from daytona_local.api.local import local
from daytona_local.api.new_sandbox import plain_sandbox
from daytona_local.build_plan import Planning
from daytona_local.builds import Builds
from daytona_local.contexts import Contexts
from daytona_local.copying import Copying
from daytona_local.dashboard import assets, looks, stream
from daytona_local.dashboard.feed import Feed
from daytona_local.events import Events
from daytona_local.faults import Faults
from daytona_local.images import Images
from daytona_local.journal import Journal
from daytona_local.lifecycle import Lifecycle
from daytona_local.multipart import Uploads
from daytona_local.previews import Previews
from daytona_local.records import Image, Sandbox, Snapshot, Volume
from daytona_local.recovery import Recovery
from daytona_local.runtime import choose_runtime
from daytona_local.services import Services
from daytona_local.settings import DEFAULT_SNAPSHOT, Settings
from daytona_local.snapshots import SnapshotLifecycle
from daytona_local.ssh_access import SshAccess, SshAccesses
from daytona_local.ssh_gateway import SshGateway
from daytona_local.store import Store
from daytona_local.tables import Table
from daytona_local.telemetry import Telemetry
from daytona_local.timers import Timers
from daytona_local.toolbox import (
    accessibility_routes,
    computer_use_input_routes,
    computer_use_recording_routes,
    computer_use_routes,
    downloads,
    files,
    git_routes,
    info,
    interpreter_routes,
    lsp_routes,
    metrics,
    process,
    pty_routes,
    session_routes,
    uploads,
)
from daytona_local.toolbox.entrypoint import start_entry_point
from daytona_local.toolbox.running import Toolboxes
from daytona_local.transitions import Transitions
from daytona_local.upload_keys import UploadKeys
from daytona_local.usage import Usage
from daytona_local.volumes import Volumes
from daytona_local.warm_pools import WarmPools

# What is more special comes first: /sandbox/paginated would be read as a sandbox's name otherwise.
API = (
    sandbox_lists,
    ssh_access,
    sandboxes,
    sandbox_settings,
    preview,
    build_logs,
    copies,
    snapshots,
    object_storage,
    volumes,
    secrets,
    warm_pools,
    docker_registries,
    api_keys,
    invitations,
    organizations,
    otel_configs,
    roles,
    members,
    identity_providers,
    quotas,
    regions,
    runners,
    admin,
    users,
    audit,
    jobs,
    telemetry,
    webhooks,
    event_stream,
    system,
)
TOOLBOX = (
    files,
    uploads,
    downloads,
    process,
    session_routes,
    pty_routes,
    interpreter_routes,
    git_routes,
    lsp_routes,
    computer_use_routes,
    computer_use_input_routes,
    computer_use_recording_routes,
    accessibility_routes,
    metrics,
    info,
)


ANALYTICS = (analytics_usage, analytics_telemetry)


def open_services(settings: Settings, base_url: str) -> Services:
    """Open the data folder and make all parts; nothing runs yet.

    Raises:
        StoreError: The database can't be used.
        RuntimeFailedError: Sandboxes can't be run here as asked for.
    """
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    runtime = choose_runtime(settings.runtime, settings.data_dir)
    store = Store(settings.data_dir / "daytona.db")
    sandboxes_table = Table(Sandbox, store)
    volumes_part = Volumes(Table(Volume, store), settings, lambda: sandboxes_table)
    snapshots_table, contexts, faults = _snapshots(store, settings), Contexts(settings), Faults()
    images = Images(Table(Image, store), snapshots_table, sandboxes_table, runtime, settings.clock)
    planning = Planning(settings, snapshots_table, images)
    builds = Builds(settings, runtime, planning, images, contexts)
    transitions = Transitions(sandboxes_table, runtime, volumes_part, builds, settings, faults)
    lifecycle = Lifecycle(sandboxes_table, runtime, transitions, settings)
    toolboxes = Toolboxes(lifecycle, settings)
    toolboxes.after_start.append(start_entry_point)
    copying = Copying(sandboxes_table, snapshots_table, images, lifecycle, runtime, settings)
    copying.recover(recovery := Recovery(sandboxes_table, lifecycle, settings.clock))
    journal, ssh_accesses = Journal(), SshAccesses(Table(SshAccess, store), settings.clock)
    return Services(
        settings=settings,
        base_url=base_url,
        store=store,
        sandboxes=sandboxes_table,
        snapshots=snapshots_table,
        volumes=volumes_part,
        runtime=runtime,
        lifecycle=lifecycle,
        previews=Previews(lifecycle, settings),
        toolboxes=toolboxes,
        ssh_accesses=ssh_accesses,
        ssh_gateway=SshGateway(settings.data_dir, ssh_accesses, toolboxes, lifecycle),
        events=Events(transitions),
        faults=faults,
        journal=journal,
        feed=Feed(lifecycle, journal, settings.clock, base_url),
        account=open_account(store, settings, sandboxes_table, lifecycle),
        warm_pools=WarmPools(store, settings.clock, sandboxes_table, lifecycle),
        telemetry=Telemetry(runtime, settings.clock),
        usage=Usage(store, settings.clock, transitions),
        upload_keys=UploadKeys(settings.api_key),
        contexts=contexts,
        uploads=Uploads(contexts),
        images=images,
        builds=builds,
        snapshot_lifecycle=SnapshotLifecycle(snapshots_table, images, builds, planning, settings),
        copying=copying,
        recovery=recovery,
    )


def build_app(parts: Services) -> Starlette:
    """Return the ASGI app of a server.

    Args:
        parts: What it works with; closed when the app ends.
    """
    parts.warm_pools.template = partial(plain_sandbox, parts)

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        timers = Timers(parts.sandboxes, parts.lifecycle, parts.settings)
        await parts.runtime.tidy()
        parts.volumes.resume()
        parts.contexts.tidy()
        parts.builds.tidy()
        parts.toolboxes.tidy()
        parts.snapshot_lifecycle.resume()
        parts.usage.resume(parts.sandboxes)
        parts.recovery.resume()
        parts.warm_pools.resume()
        parts.ssh_gateway.start()
        running = [asyncio.create_task(timers.run()), asyncio.create_task(parts.feed.run())]
        try:
            yield
        finally:
            for task in running:
                task.cancel()
            await _close(parts)

    app = Starlette(
        routes=[
            Mount("/api", routes=[guarded(route) for module in API for route in module.routes]),
            Mount("/toolbox/{sandbox_id}", routes=[route for module in TOOLBOX for route in module.routes]),
            Mount("/analytics", routes=[route for module in ANALYTICS for route in module.routes]),
            object_storage.store,
            *stream.routes,
            *looks.routes,
            *assets.routes,
            local(control.routes if parts.settings.control else ()),
        ],
        middleware=[
            # The outermost: a fault must reach the connection itself to cut it, and is in the journal too.
            Middleware(Journaled, parts.journal),
            *([Middleware(Control, parts.faults)] if parts.settings.control else []),
            Middleware(Access, keys=parts.account.keys),
        ],
        exception_handlers=EXCEPTION_HANDLERS,
        lifespan=lifespan,
    )
    app.state.services = parts
    return app


def _snapshots(store: Store, settings: Settings) -> Table[Snapshot]:
    snapshots = Table(Snapshot, store)
    if snapshots.named(DEFAULT_SNAPSHOT) is None:
        now = settings.clock.now()
        snapshots.save(Snapshot(name=DEFAULT_SNAPSHOT, general=True, created_at=now, updated_at=now))
    return snapshots


async def _close(parts: Services) -> None:
    await parts.ssh_gateway.close()
    await parts.warm_pools.close()
    await parts.lifecycle.close()
    await parts.snapshot_lifecycle.close()
    await parts.builds.close()
    await parts.toolboxes.close_all()
    await parts.previews.close()
    await parts.volumes.close()
    await parts.runtime.close()
    parts.store.close()
