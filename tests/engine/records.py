"""The Pulumi programs that the tests of records and snapshots run."""

RECORDS = """
import pulumi
from pulumi_daytona import (
    AdminOrganizationRegionQuota, AdminRunner, ApiKey, DockerRegistry, IdentityProvider, Organization,
    OrganizationInvitation, OrganizationOtelConfig, OrganizationQuota, OrganizationRole, Region, Runner,
    Sandbox, SandboxSnapshot, Secret, SshAccess, WarmPool,
)

config = pulumi.Config()
quiet = config.require_secret("quiet")
turn = config.get("turn") or "one"
later = turn != "one"
organization = Organization("organization", default_region_id="us", experimental_config={"turn": turn})
here = config.require("organization")
secret = Secret("secret", value=quiet, description=turn, hosts=["*.example.com"])
registry = DockerRegistry("registry", url="https://r.example.com", username=turn, password=quiet)
key = ApiKey("key", permissions=["write:sandboxes", *(["delete:sandboxes"] if later else [])])
role = OrganizationRole("role", organization_id=here, description=turn, permissions=["write:sandboxes"])
invitation = OrganizationInvitation(
    "invitation", organization_id=here, email="ada@example.com", role="owner" if later else "member",
    assigned_role_ids=[role.id],
)
otel = OrganizationOtelConfig(
    "otel", organization_id=organization.id, endpoint="https://otel.example.com", headers={"key": quiet},
)
quota = OrganizationQuota("quota", organization_id=organization.id, volume_quota=8 if later else 7)
region = Region("region", proxy_url=f"https://{turn}.example.com")
runner = Runner("runner", region_id=region.id, unschedulable=later)
admin_runner = AdminRunner("admin-runner", region_id=region.id, api_key=quiet, api_version="2")
limits = dict(total_cpu_quota=1, total_memory_quota=1, total_disk_quota=1, total_gpu_quota=0)
region_quota = AdminOrganizationRegionQuota(
    "region-quota", organization_id=organization.id, region_id=region.id, sandbox_class="container",
    **limits, max_cpu_per_sandbox=None if later else 1,
)
provider = IdentityProvider(
    "provider", organization_id=here, issuer_url="https://id.example.com", client_id=turn,
    client_secret=quiet, allow_any_domain=True,
)
pool = WarmPool("pool", snapshot=config.require("snapshot"), pool=2 if later else 1)
box = Sandbox("box", secrets={"TOKEN": secret.name})
access = SshAccess("access", sandbox_id=box.id, expires_in_minutes=30)
taken = SandboxSnapshot("taken", sandbox_id=box.id, triggers=[turn])
pulumi.export("shown_once", [
    key.value, access.token, region.proxy_api_key, runner.api_key, access.ssh_command,
])
pulumi.export("ids", {"secret": secret.id, "registry": registry.id, "box": box.id, "key": key.id})
"""

IN_PLACE = (
    "organization", "secret", "registry", "role", "invitation", "quota", "region", "runner", "region-quota",
    "provider", "pool",
)  # fmt: skip
"""What the second turn changes in place."""

REPLACED = ("key", "taken")
"""What it replaces."""

ALL = (*IN_PLACE, *REPLACED, "otel", "admin-runner", "box", "access")

CALLS = [
    "PATCH docker-registry",
    "PATCH organizations/quota",
    "PATCH admin/organizations/quota",
    "PATCH regions",
    "PATCH runners/scheduling",
    "PATCH secret",
    "PATCH warm-pools",
    "PATCH organizations/identity-providers",
    "POST api-keys",
    "DELETE api-keys",
    "POST sandbox/snapshot",
    "DELETE snapshots",
    "PUT organizations/experimental-config",
    "PUT organizations/invitations",
    "PUT organizations/roles",
]
"""What the second turn asks, without ids."""

SNAPSHOTS = """
import pulumi
from pulumi_daytona import Image, Sandbox, Snapshot

config = pulumi.Config()
image = Image.base(config.require("snapshot")).add_local_dir("app", "/app").run_commands("ls /app > /listed")
snapshot = Snapshot("snapshot", image=image, state=config.get("state"))
box = Sandbox("box", snapshot=snapshot.name)
plain = Sandbox("plain", image=Image.from_dockerfile("docker/Dockerfile"))
pulumi.export("name", snapshot.name)
pulumi.export("ids", [snapshot.id, box.id, plain.id])
"""

DRIFTING = """
import pulumi
from pulumi_daytona import DockerRegistry, OrganizationRole, Secret

config = pulumi.Config()
secret = Secret("secret", value=config.require_secret("quiet"), name=config.get("name"))
registry = DockerRegistry("registry", url="https://r.example.com", username="u", password="p")
role = OrganizationRole(
    "role", organization_id=config.require("organization"), permissions=["write:sandboxes"]
)
pulumi.export("secret", secret.id)
pulumi.export("registry", registry.id)
pulumi.export("role", role.id)
"""
