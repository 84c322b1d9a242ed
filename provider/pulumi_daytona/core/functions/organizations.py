"""Look up organizations: what they are, what they may use and do use, and where their news goes."""

from __future__ import annotations

from daytona_httpx import Organization, OrganizationUsageOverview, OtelConfig, RegionQuota
from daytona_httpx.models.usage import AvailableSandboxClass, GpuCapacityResponse
from daytona_httpx.models.webhook import WebhookAppPortalAccess, WebhookInitializationStatus

from pulumi_daytona.core.functions.arguments import (
    ADMINISTRATOR,
    COLLECTOR,
    ORGANIZATION,
    REGION_ID,
    SANDBOX_ID,
    SERVICE,
    USER,
)
from pulumi_daytona.core.functions.look_up import Argument, LookUp

LOOK_UPS = (
    LookUp(
        "list_organizations",
        "Return the user's organizations.",
        "listOrganizations",
        list[Organization],
        lambda client, _: client.organizations.list(),
        needs=USER,
    ),
    LookUp(
        "get_organization",
        "Return an organization.",
        "getOrganization",
        Organization,
        lambda client, given: client.organizations.get(**given),
        (ORGANIZATION,),
        needs=USER,
    ),
    LookUp(
        "get_sandbox_organization",
        "Return the organization that a sandbox belongs to.",
        "getOrganizationBySandboxId",
        Organization,
        lambda client, given: client.organizations.of_sandbox(**given),
        (SANDBOX_ID,),
        needs=SERVICE,
    ),
    LookUp(
        "get_organization_usage",
        "Return what an organization uses now, and its quotas.",
        "getOrganizationUsageOverview",
        OrganizationUsageOverview,
        lambda client, given: client.usage.get(**given),
        (ORGANIZATION,),
        needs=USER,
    ),
    LookUp(
        "list_sandbox_classes",
        "Return which kinds of sandboxes an organization can make where.",
        "listAvailableSandboxClasses",
        list[AvailableSandboxClass],
        lambda client, given: client.usage.list_sandbox_classes(**given),
        (ORGANIZATION,),
        needs=USER,
    ),
    LookUp(
        "get_gpu_capacity",
        "Return which GPUs are free. It takes a server newer than 0.205.",
        "getGpuCapacity",
        GpuCapacityResponse,
        lambda client, given: client.usage.get_gpu_capacity(**given),
        (ORGANIZATION,),
        needs=USER,
    ),
    LookUp(
        "get_region_quota",
        "Return what an organization may use in a region.",
        "adminGetOrganizationRegionQuota",
        RegionQuota,
        lambda client, given: client.admin.get_region_quota(**given),
        (
            REGION_ID,
            Argument("sandbox_class", str, "For which kind of sandboxes, for example ``container``."),
            ORGANIZATION,
        ),
        needs=ADMINISTRATOR,
    ),
    LookUp(
        "get_sandbox_region_quota",
        "Return the quota that a sandbox counts for.",
        "getRegionQuotaBySandboxId",
        RegionQuota,
        lambda client, given: client.usage.get_region_quota_of_sandbox(**given),
        (SANDBOX_ID,),
        needs=SERVICE,
    ),
    LookUp(
        "get_otel_config",
        "Return where the telemetry of an organization's sandboxes goes. Its headers are secrets.",
        "getOrganizationOtelConfig",
        OtelConfig,
        lambda client, given: client.otel_configs.get(**given),
        (ORGANIZATION,),
        needs=USER,
    ),
    LookUp(
        "get_otel_config_by_sandbox_auth_token",
        "Return where the telemetry of a sandbox goes. Its headers are secrets.",
        "getOrganizationOtelConfigBySandboxAuthToken",
        OtelConfig,
        lambda client, given: client.otel_configs.get_by_sandbox_auth_token(**given),
        (Argument("auth_token", str, "The sandbox's own token.", secret=True),),
        needs=COLLECTOR,
    ),
    LookUp(
        "get_webhook_status",
        "Return how far an organization's webhooks are set up.",
        "WebhookController_getInitializationStatus",
        WebhookInitializationStatus,
        lambda client, given: client.webhooks.get_initialization_status(**given),
        (ORGANIZATION,),
        needs=USER,
    ),
    LookUp(
        "get_webhook_portal_access",
        "Return a way into the page where an organization's webhooks are set. Every run makes another one.",
        "WebhookController_getAppPortalAccess",
        WebhookAppPortalAccess,
        lambda client, given: client.webhooks.get_app_portal_access(**given),
        (ORGANIZATION,),
        needs=USER,
    ),
)
