"""A program of which everything is changed behind Pulumi's back: how, and what follows from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from daytona_httpx import Daytona, Resources, UpdateSecretParams

PROGRAM = """
import pulumi
from pulumi_daytona import (
    AdminOrganizationRegionQuota, AdminRunner, DockerRegistry, IdentityProvider, Organization,
    OrganizationInvitation, OrganizationOtelConfig, OrganizationQuota, OrganizationRole, Region, Runner,
    Sandbox, Secret, Snapshot, WarmPool,
)

config = pulumi.Config()
here, image = config.require("organization"), config.require("snapshot")
Sandbox(
    "set", labels={"team": "a"}, public=False, auto_stop_interval=30, auto_archive_interval=60,
    auto_delete_interval=120, ttl_minutes=600, network_block_all=False, state="started",
)
Sandbox(
    "sized", image=image, resources={"cpu": 1, "memory": 1, "disk": 3}, network_allow_list=["10.0.0.0/8"],
    domain_allow_list=["example.com"],
)
Snapshot("snapshot", image=image, state="active")
Secret("secret", value="v", description="d", hosts=["example.com"])
DockerRegistry("registry", url="https://r.example.com", username="u", password="p")
WarmPool("pool", snapshot=image, pool=1)
OrganizationRole("role", organization_id=here, description="d", permissions=["write:sandboxes"])
OrganizationInvitation(
    "invitation", organization_id=here, email="ada@example.com", role="owner", assigned_role_ids=[],
)
IdentityProvider(
    "provider", organization_id=here, issuer_url="https://id.example.com", client_id="c", client_secret="s",
    allow_any_domain=True,
)
organization = Organization("organization", default_region_id="us", experimental_config={"turn": "one"})
OrganizationOtelConfig("otel", organization_id=organization.id, endpoint="https://otel.example.com")
OrganizationQuota("quota", organization_id=organization.id, secret_quota=7)
region = Region("region", proxy_url="https://p.example.com")
Runner("runner", region_id=region.id, unschedulable=False)
AdminRunner("admin-runner", region_id=region.id, api_key="k", api_version="2", unschedulable=False)
AdminOrganizationRegionQuota(
    "region-quota", organization_id=organization.id, region_id=region.id, sandbox_class="container",
    total_cpu_quota=1, total_memory_quota=1, total_disk_quota=1, total_gpu_quota=0,
)
"""


def _set(client: Daytona, sandbox_id: str, _: str) -> None:
    box = client.get(sandbox_id)
    box.set_labels({**box.labels, "team": "changed"})
    box.set_public(True)
    box.set_autostop_interval(5)
    box.set_auto_archive_interval(6)
    box.set_auto_delete_interval(7)
    box.set_ttl(8)
    box.update_network_settings(network_block_all=True)
    box.stop()


def _sized(client: Daytona, sandbox_id: str, _: str) -> None:
    box = client.get(sandbox_id)
    box.update_network_settings(network_allow_list="10.1.0.0/16", domain_allow_list="example.org")
    box.resize(Resources(cpu=2, memory=2))


def _registry(client: Daytona, registry_id: str, _: str) -> None:
    name = client.docker_registries.get(registry_id).name
    client.docker_registries.update(registry_id, name, "https://other.example.com", "somebody")


def _role(client: Daytona, role_id: str, here: str) -> None:
    role = next(role for role in client.roles.list(here) if role.id == role_id)
    client.roles.update(here, role_id, role.name, "changed", ["delete:sandboxes"])


def _organization(client: Daytona, organization_id: str, _: str) -> None:
    client.organizations.update_experimental_config(organization_id, {"turn": "changed"})


def _region_quota(client: Daytona, quota_id: str, _: str) -> None:
    organization_id, region_id, sandbox_class = quota_id.split("/")
    client.admin.update_region_quota(
        organization_id, region_id, sandbox_class, total_cpu_quota=2, total_memory_quota=None,
        total_disk_quota=None, total_gpu_quota=None,
    )  # fmt: skip


@dataclass(frozen=True)
class Drift:
    """Say how one resource is changed outside, and what follows from it.

    Args:
        change: Changes it, with a client, its id and the organization's.
        shown: The inputs that a preview shows as changed.
        calls: The requests that put it right.
    """

    change: Callable[[Daytona, str, str], object]
    shown: Sequence[str]
    calls: Sequence[str]


DRIFTS: Mapping[str, Drift] = {
    "set": Drift(
        _set,
        (
            "labels", "public", "auto_stop_interval", "auto_archive_interval", "auto_delete_interval",
            "ttl_minutes", "network_block_all", "state",
        ),
        (
            "PUT /sandbox/*/labels", "POST /sandbox/*/public/false", "POST /sandbox/*/autostop/30",
            "POST /sandbox/*/autoarchive/60", "POST /sandbox/*/autodelete/120", "POST /sandbox/*/ttl/600",
            "POST /sandbox/*/network-settings", "POST /sandbox/*/start",
        ),
    ),
    "sized": Drift(
        _sized,
        ("resources", "network_allow_list", "domain_allow_list"),
        (
            "POST /sandbox/*/stop", "POST /sandbox/*/resize", "POST /sandbox/*/start",
            "POST /sandbox/*/network-settings",
        ),
    ),
    "snapshot": Drift(
        lambda client, this, _: client.snapshot.deactivate(client.snapshot.get(this)),
        ("state",),
        ("POST /snapshots/*/activate",),
    ),
    "secret": Drift(
        lambda client, this, _: client.secret.update(
            this, UpdateSecretParams(description="changed", hosts=["example.org"])
        ),
        ("description", "hosts"),
        ("PATCH /secret/*",),
    ),
    "registry": Drift(_registry, ("url", "username"), ("PATCH /docker-registry/*",)),
    "pool": Drift(
        lambda client, this, _: client.warm_pool.update(this, 2), ("pool",), ("PATCH /warm-pools/*",)
    ),
    "role": Drift(_role, ("description", "permissions"), ("PUT /organizations/*/roles/*",)),
    "invitation": Drift(
        lambda client, this, here: client.invitations.update(here, this, "member", []),
        ("role",),
        ("PUT /organizations/*/invitations/*",),
    ),
    "provider": Drift(
        lambda client, this, here: client.identity_providers.update(here, this, client_id="changed"),
        ("client_id",),
        ("PATCH /organizations/*/identity-providers/*",),
    ),
    "organization": Drift(
        _organization, ("experimental_config",), ("PUT /organizations/*/experimental-config",)
    ),
    "otel": Drift(
        lambda client, this, _: client.otel_configs.update(this, "https://changed.example.com"),
        ("endpoint",),
        ("PUT /organizations/*/otel-config",),
    ),
    "quota": Drift(
        lambda client, this, _: client.organizations.update_quota(this, secret_quota=8),
        ("secret_quota",),
        ("PATCH /organizations/*/quota",),
    ),
    "region": Drift(
        lambda client, this, _: client.regions.update(this, proxy_url="https://changed.example.com"),
        ("proxy_url",),
        ("PATCH /regions/*",),
    ),
    "runner": Drift(
        lambda client, this, _: client.runners.update_scheduling(this, True),
        ("unschedulable",),
        ("PATCH /runners/*/scheduling",),
    ),
    "admin-runner": Drift(
        lambda client, this, _: client.admin.update_runner_scheduling(this, True),
        ("unschedulable",),
        ("PATCH /admin/runners/*/scheduling",),
    ),
    "region-quota": Drift(
        _region_quota, ("total_cpu_quota",), ("PATCH /admin/organizations/*/quota/*",)
    ),
}  # fmt: skip
"""What happens to each, by logical name."""
