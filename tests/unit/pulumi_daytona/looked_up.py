"""A local server that has one of everything that can be looked up, and the arguments that find it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from daytona_httpx import (
    CreateSandboxFromImageParams,
    CreateSecretParams,
    CreateSnapshotParams,
    Daytona,
    Image,
    Resources,
)
from daytona_local import LocalDaytona
from pulumi_daytona import function
from pulumi_daytona.core.functions.look_up import Argument, LookUp

LONG_AGO = "2020-01-01T00:00:00Z"
FAR_AHEAD = "2060-01-01T00:00:00Z"

Arguments = dict[str, Any]


@dataclass
class World:
    """Hold a server, and what finds the things in it: for all look-ups, and for single ones."""

    server: LocalDaytona
    everywhere: Arguments
    of: dict[str, Arguments]

    def required(self, look_up: LookUp[Any]) -> Arguments:
        """Return the arguments that a look-up must be given."""
        return {each.name: self._value(look_up, each) for each in look_up.arguments if each.required}

    def everything(self, look_up: LookUp[Any]) -> Arguments:
        """Return all arguments that a look-up takes."""
        return {each.name: self._value(look_up, each) for each in look_up.arguments}

    def _value(self, look_up: LookUp[Any], argument: Argument) -> Any:
        return self.of.get(look_up.name, self.everywhere).get(argument.name, self.everywhere[argument.name])


@contextmanager
def world() -> Iterator[World]:
    """Run a server with one of everything, and let look-ups find it in the environment."""
    with LocalDaytona() as server, pytest.MonkeyPatch.context() as patch:
        patch.setenv("DAYTONA_API_URL", server.api_url)
        patch.setenv("DAYTONA_API_KEY", server.api_key)
        with Daytona(api_key=server.api_key, api_url=server.api_url) as client:
            yield World(server, *_furnish(client))
            function._session().close()
            function._session_with.cache_clear()


def _furnish(client: Daytona) -> tuple[Arguments, dict[str, Arguments]]:
    organization = client.organizations.list()[0].id
    image = Image.base("daytona-local:default").run_commands("true")
    params = CreateSandboxFromImageParams(
        image=image, name="box", labels={"team": "a"}, ttl_minutes=60, resources=Resources(2, 2, 4)
    )
    sandbox = client.create(params)
    snapshot = client.snapshot.create(CreateSnapshotParams(name="built", image=image))
    sandbox.fs.upload_file(b"text", "/tmp/file")
    sandbox.fork("fork")
    everywhere = {
        **_places(client, organization),
        **_filters(),
        "sandbox": sandbox.name,
        "sandbox_id": sandbox.id,
        "snapshot": snapshot.name,
        "token": sandbox.create_ssh_access().token,
        "signed_preview_token": sandbox.create_signed_preview_url(8000).token,
        "auth_token": sandbox.get_preview_link(8000).token,
        "volume_id": client.volume.create("data").id,
        "secret_id": client.secret.create(CreateSecretParams(name="vaulted", value="quiet")).id,
        "job_id": next(iter(client.jobs.list())).id,
    }
    return everywhere, {
        "get_volume": {"name": "data"},
        "get_sandbox_parent": {"sandbox": "fork"},
        "list_sandbox_ancestors": {"sandbox": "fork"},
        "get_secret": {"name": "vaulted"},
        "list_secrets": {"name": "vault", "sort": "name"},
        "get_api_key": {"name": client.api_keys.create("a key", ["write:sandboxes"]).name},
    }


def _places(client: Daytona, organization: str) -> Arguments:
    """Make what is around sandboxes, and return what finds it."""
    quota: Arguments = {f"total_{what}_quota": 100 for what in ("cpu", "memory", "disk", "gpu")}
    client.admin.create_region_quota(organization, "us", "container", **quota)
    client.otel_configs.update(organization, "http://127.0.0.1:1", {"key": "quiet"})
    invitation = client.invitations.create(organization, "someone@example.com", "member", [])
    provider = client.identity_providers.create(
        organization,
        "sign-in",
        issuer_url="https://127.0.0.1",
        client_id="us",
        client_secret="quiet",
        email_domains=["example.com"],
    )
    return {
        "organization_id": organization,
        "region_id": "us",
        "sandbox_class": "container",
        "runner_id": client.runners.list()[0].id,
        "user_id": client.members.list(organization)[0].user_id,
        "role": client.roles.list(organization)[0].name,
        "invitation_id": invitation.id,
        "provider_id": provider.id,
        "registry_id": client.docker_registries.create("r", "https://127.0.0.1", "us", "quiet").id,
        "warm_pool_id": client.warm_pool.create("daytona-local:default", 1).id,
        "ref": "no ref",
    }


def _filters() -> Arguments:
    """Return a value for every filter that finds the sandbox, or nothing."""
    times = ("created_at", "last_activity", "auto_destroy_at")
    return {
        "port": 8000,
        "path": "/tmp/file",
        "ttl_seconds": 60,
        "expires_in_seconds": 60,
        "start": LONG_AGO,
        "end": FAR_AHEAD,
        "limit": 2,
        "include_destroyed": True,
        "trace_id": "0",
        "severities": ["ERROR"],
        "search": "text",
        "status": "COMPLETED",
        "metric_names": ["daytona.sandbox.cpu.limit"],
        "source_sandbox_id": "0",
        "id": "",
        "name": "box",
        "labels": {"team": "a"},
        "states": ["started"],
        "snapshots": ["built"],
        "targets": ["us"],
        "is_public": False,
        "is_recoverable": False,
        "sort": "name",
        "order": "asc",
        "actor_id": ["someone"],
        "actor_email": {"not": "someone@example.com"},
        "actor_api_key_prefix": "dtn_",
        "actor_api_key_suffix": "0",
        "action": "create",
        "target_type": ["sandbox", "volume"],
        "target_id": "0",
        "status_code": {"gte": 200, "lt": 300},
        **{f"min_{what}": 1 for what in ("cpu", "memory_gib", "disk_gib")},
        **{f"max_{what}": 100 for what in ("cpu", "memory_gib", "disk_gib")},
        **{f"{time}_after": LONG_AGO for time in times},
        **{f"{time}_before": FAR_AHEAD for time in times},
    }
