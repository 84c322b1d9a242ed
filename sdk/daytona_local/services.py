"""All that a running server has, for the request handlers."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import HTTPConnection

from daytona_local.account import Account
from daytona_local.api_keys import Keys
from daytona_local.builds import Builds
from daytona_local.contexts import Contexts
from daytona_local.copying import Copying
from daytona_local.dashboard.feed import Feed
from daytona_local.events import Events
from daytona_local.faults import Faults
from daytona_local.images import Images
from daytona_local.journal import Journal
from daytona_local.lifecycle import Lifecycle
from daytona_local.multipart import Uploads
from daytona_local.previews import Previews
from daytona_local.records import Sandbox, Snapshot
from daytona_local.recovery import Recovery
from daytona_local.runtime import Runtime
from daytona_local.settings import Settings
from daytona_local.snapshots import SnapshotLifecycle
from daytona_local.ssh_access import SshAccesses
from daytona_local.ssh_gateway import SshGateway
from daytona_local.store import Store
from daytona_local.tables import Table
from daytona_local.telemetry import Telemetry
from daytona_local.toolbox.running import Toolboxes
from daytona_local.upload_keys import UploadKeys
from daytona_local.usage import Usage
from daytona_local.volumes import Volumes
from daytona_local.warm_pools import WarmPools


@dataclass
class Services:
    """Hold the parts of one server.

    Args:
        base_url: Where clients reach it, without a path, such as ``http://127.0.0.1:8080``.
    """

    settings: Settings
    base_url: str
    store: Store
    sandboxes: Table[Sandbox]
    snapshots: Table[Snapshot]
    volumes: Volumes
    runtime: Runtime
    lifecycle: Lifecycle
    previews: Previews
    toolboxes: Toolboxes
    ssh_accesses: SshAccesses
    ssh_gateway: SshGateway
    events: Events
    faults: Faults
    journal: Journal
    feed: Feed
    account: Account
    warm_pools: WarmPools
    telemetry: Telemetry
    usage: Usage
    upload_keys: UploadKeys
    contexts: Contexts
    uploads: Uploads
    images: Images
    builds: Builds
    snapshot_lifecycle: SnapshotLifecycle
    copying: Copying
    recovery: Recovery

    @property
    def keys(self) -> Keys:
        """Return the keys that requests may bring."""
        return self.account.keys


def services(request: HTTPConnection) -> Services:
    """Return the server that a request came to."""
    found: Services = request.app.state.services
    return found
