"""Organizations: this server's own, and others as records; their settings and suspension."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from daytona_local.api import bodies
from daytona_local.api.fields import read
from daytona_local.api.wire import moment
from daytona_local.errors import InvalidError
from daytona_local.organizations import Organization
from daytona_local.services import services
from daytona_local.users import USER_ID


def organization_json(organization: Organization, is_suspended: bool) -> dict[str, Any]:
    """Return an organization."""
    return {
        "id": organization.id,
        "name": organization.name,
        "createdBy": organization.created_by,
        "personal": False,
        "createdAt": moment(organization.created_at),
        "updatedAt": moment(organization.updated_at),
        "suspended": is_suspended,
        "suspendedAt": moment(organization.suspended_at),
        "suspensionReason": organization.suspension_reason,
        "suspendedUntil": moment(organization.suspended_until),
        "suspensionCleanupGracePeriodHours": organization.suspension_cleanup_grace_period_hours,
        "maxCpuPerSandbox": organization.max_cpu_per_sandbox,
        "maxMemoryPerSandbox": organization.max_memory_per_sandbox,
        "maxDiskPerSandbox": organization.max_disk_per_sandbox,
        "secretQuota": organization.secret_quota,
        "maxSecretsPerSandbox": organization.max_secrets_per_sandbox,
        "snapshotDeactivationTimeoutMinutes": organization.snapshot_deactivation_timeout_minutes,
        "sandboxLimitedNetworkEgress": False,
        "previewWarningEnabled": False,
        "ssoEnabled": False,
        "scimEnabled": False,
        "defaultRegionId": organization.default_region_id,
        "defaultQueueTimeout": organization.default_queue_timeout,
        "experimentalConfig": organization.experimental_config,
        "otelConfig": otel_json(organization),
        **dict.fromkeys(RATE_LIMITS),
    }


RATE_LIMITS = tuple(
    f"{name}RateLimit{unit}"
    for name in ("authenticated", "sandboxCreate", "sandboxLifecycle")
    for unit in ("", "TtlSeconds")
)


def otel_json(organization: Organization) -> dict[str, Any] | None:
    """Return where an organization's telemetry goes, None for nowhere."""
    if organization.otel_endpoint is None:
        return None
    return {
        "endpoint": organization.otel_endpoint,
        "headers": organization.otel_headers,
        "organizationId": organization.id,
    }


def named(request: Request) -> Organization:
    """Return the organization that the path names.

    Raises:
        NotFoundError: There is none.
    """
    return services(request).account.organizations.get(request.path_params["organization_id"])


def change(request: Request, **fields: Any) -> Response:
    """Change the organization that the path names; the answer says nothing."""
    services(request).account.organizations.change(named(request), **fields)
    return Response(status_code=204)


def answer(request: Request, organization: Organization, status: int = 200) -> JSONResponse:
    """Answer with an organization."""
    is_suspended = services(request).account.organizations.is_suspended(organization)
    return JSONResponse(organization_json(organization, is_suspended), status)


async def list_all(request: Request) -> JSONResponse:
    """Return every organization."""
    organizations = services(request).account.organizations
    return JSONResponse(
        [organization_json(one, organizations.is_suspended(one)) for one in organizations.all()]
    )


async def create(request: Request) -> JSONResponse:
    """Make an organization; sandboxes don't belong to it, whatever a request says."""
    account = services(request).account
    with await read(request) as fields:
        name, region = fields.text("name"), fields.text("defaultRegionId")
    account.regions.get(region)
    made = account.organizations.create(name, region)
    account.members.add_owner(made.id)
    return answer(request, made, 201)


async def get(request: Request) -> JSONResponse:
    """Return an organization."""
    return answer(request, named(request))


async def delete(request: Request) -> Response:
    """Delete an organization, and what belongs to it."""
    account, organization = services(request).account, named(request)
    account.organizations.delete(organization)
    account.members.forget(organization.id)
    account.roles.forget(organization.id)
    account.invitations.forget(organization.id)
    account.identity_providers.forget(organization.id)
    account.quotas.forget(organization.id)
    return Response(status_code=204)


async def leave(request: Request) -> Response:
    """End the own user's membership."""
    members = services(request).account.members
    members.expel(members.must(named(request).id, USER_ID))
    return Response(status_code=204)


async def set_default_region(request: Request) -> Response:
    """Set where sandboxes run that don't say."""
    with await read(request) as fields:
        region = fields.text("defaultRegionId")
    services(request).account.regions.get(region)
    return change(request, default_region_id=region)


async def set_default_queue_timeout(request: Request) -> Response:
    """Set how long sandboxes wait that don't say."""
    body = await bodies.json_object(request)
    if "defaultQueueTimeout" not in body:
        raise InvalidError("defaultQueueTimeout must be a number or null")
    return change(request, default_queue_timeout=bodies.integer(body, "defaultQueueTimeout", 1))


async def replace_experimental_config(request: Request) -> Response:
    """Replace the settings of what is being tried out; nothing here is."""
    raw = await request.body()
    config = {} if raw.strip() in (b"", b"null") else await bodies.json_object(request)
    change(request, experimental_config=config)
    return Response(status_code=200)


async def suspend(request: Request) -> Response:
    """Let an organization make nothing for a while."""
    organization = named(request)
    with await read(request) as fields:
        reason, until = fields.maybe_text("reason"), fields.moment("until")
        grace = fields.maybe_number("suspensionCleanupGracePeriodHours", 0) or 0
    services(request).account.organizations.suspend(organization, reason, until, grace)
    return Response(status_code=204)


async def unsuspend(request: Request) -> Response:
    """End a suspension."""
    services(request).account.organizations.unsuspend(named(request))
    return Response(status_code=204)


async def of_sandbox(request: Request) -> JSONResponse:
    """Return the organization of a sandbox."""
    parts = services(request)
    sandbox = parts.lifecycle.find(request.path_params["sandbox"])
    return answer(request, parts.account.organizations.get(sandbox.organization_id))


routes = [
    Route("/organizations", list_all, methods=["GET"]),
    Route("/organizations", create, methods=["POST"]),
    Route("/organizations/{organization_id}", get, methods=["GET"]),
    Route("/organizations/{organization_id}", delete, methods=["DELETE"]),
    Route("/organizations/{organization_id}/leave", leave, methods=["POST"]),
    Route("/organizations/{organization_id}/default-region", set_default_region, methods=["PATCH"]),
    Route(
        "/organizations/{organization_id}/default-queue-timeout", set_default_queue_timeout, methods=["PATCH"]
    ),
    Route(
        "/organizations/{organization_id}/experimental-config", replace_experimental_config, methods=["PUT"]
    ),
    Route("/organizations/{organization_id}/suspend", suspend, methods=["POST"]),
    Route("/organizations/{organization_id}/unsuspend", unsuspend, methods=["POST"]),
    Route("/sandbox/{sandbox}/organization", of_sandbox, methods=["GET"]),
]
