# Generated from the core's look-ups by `make generate`; do not edit.
"""Look up organizations: what they are, what they may use and do use, and where their news goes."""

from __future__ import annotations

from pulumi import Input, Output

from pulumi_daytona.function import look_up, look_up_output
from pulumi_daytona.functions.results.organizations import (
    AvailableSandboxClassResult,
    GpuCapacityResult,
    OrganizationResult,
    OrganizationUsageOverviewResult,
    OtelConfigResult,
    RegionQuotaResult,
    WebhookPortalAccessResult,
    WebhookStatusResult,
)


def list_organizations() -> list[OrganizationResult]:
    """Return the user's organizations (list organizations).

    It needs a user's token (daytona:jwtToken).

    What is secret in it comes in the clear: export what ``list_organizations_output`` returns.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(list[OrganizationResult], "organizations.list_organizations", {})


def list_organizations_output() -> Output[list[OrganizationResult]]:
    """Look up what ``list_organizations`` does, as an output; its arguments may be outputs.

    It is a secret where there is one in it.
    """
    return look_up_output(list[OrganizationResult], "organizations.list_organizations", {})


def get_organization(*, organization_id: str | None = None) -> OrganizationResult:
    """Return an organization (get organization).

    It needs a user's token (daytona:jwtToken).

    What is secret in it comes in the clear: export what ``get_organization_output`` returns.

    Args:
        organization_id: The organization's id; by default the one of the stack's configuration.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(OrganizationResult, "organizations.get_organization", {"organization_id": organization_id})


def get_organization_output(*, organization_id: Input[str] | None = None) -> Output[OrganizationResult]:
    """Look up what ``get_organization`` does, as an output; its arguments may be outputs.

    It is a secret where there is one in it.
    """
    return look_up_output(
        OrganizationResult, "organizations.get_organization", {"organization_id": organization_id}
    )


def get_sandbox_organization(sandbox_id: str) -> OrganizationResult:
    """Return the organization that a sandbox belongs to (get organization by sandbox id).

    It needs the key of one of Daytona's services.

    What is secret in it comes in the clear: export what ``get_sandbox_organization_output`` returns.

    Args:
        sandbox_id: The sandbox's id.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(OrganizationResult, "organizations.get_sandbox_organization", {"sandbox_id": sandbox_id})


def get_sandbox_organization_output(sandbox_id: Input[str]) -> Output[OrganizationResult]:
    """Look up what ``get_sandbox_organization`` does, as an output; its arguments may be outputs.

    It is a secret where there is one in it.
    """
    return look_up_output(
        OrganizationResult, "organizations.get_sandbox_organization", {"sandbox_id": sandbox_id}
    )


def get_organization_usage(*, organization_id: str | None = None) -> OrganizationUsageOverviewResult:
    """Return what an organization uses now, and its quotas (get organization usage overview).

    It needs a user's token (daytona:jwtToken).

    Args:
        organization_id: The organization's id; by default the one of the stack's configuration.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(
        OrganizationUsageOverviewResult,
        "organizations.get_organization_usage",
        {"organization_id": organization_id},
    )


def get_organization_usage_output(
    *, organization_id: Input[str] | None = None
) -> Output[OrganizationUsageOverviewResult]:
    """Look up what ``get_organization_usage`` does, as an output; its arguments may be outputs."""
    return look_up_output(
        OrganizationUsageOverviewResult,
        "organizations.get_organization_usage",
        {"organization_id": organization_id},
    )


def list_sandbox_classes(*, organization_id: str | None = None) -> list[AvailableSandboxClassResult]:
    """Return which kinds of sandboxes an organization can make where (list available sandbox classes).

    It needs a user's token (daytona:jwtToken).

    Args:
        organization_id: The organization's id; by default the one of the stack's configuration.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(
        list[AvailableSandboxClassResult],
        "organizations.list_sandbox_classes",
        {"organization_id": organization_id},
    )


def list_sandbox_classes_output(
    *, organization_id: Input[str] | None = None
) -> Output[list[AvailableSandboxClassResult]]:
    """Look up what ``list_sandbox_classes`` does, as an output; its arguments may be outputs."""
    return look_up_output(
        list[AvailableSandboxClassResult],
        "organizations.list_sandbox_classes",
        {"organization_id": organization_id},
    )


def get_gpu_capacity(*, organization_id: str | None = None) -> GpuCapacityResult:
    """Return which GPUs are free (get gpu capacity). It takes a server newer than 0.205.

    It needs a user's token (daytona:jwtToken).

    Args:
        organization_id: The organization's id; by default the one of the stack's configuration.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(GpuCapacityResult, "organizations.get_gpu_capacity", {"organization_id": organization_id})


def get_gpu_capacity_output(*, organization_id: Input[str] | None = None) -> Output[GpuCapacityResult]:
    """Look up what ``get_gpu_capacity`` does, as an output; its arguments may be outputs."""
    return look_up_output(
        GpuCapacityResult, "organizations.get_gpu_capacity", {"organization_id": organization_id}
    )


def get_region_quota(
    region_id: str, sandbox_class: str, *, organization_id: str | None = None
) -> RegionQuotaResult:
    """Return what an organization may use in a region (admin get organization region quota).

    It needs an administrator's key.

    Args:
        region_id: The region's id.
        sandbox_class: For which kind of sandboxes, for example ``container``.
        organization_id: The organization's id; by default the one of the stack's configuration.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(
        RegionQuotaResult,
        "organizations.get_region_quota",
        {"region_id": region_id, "sandbox_class": sandbox_class, "organization_id": organization_id},
    )


def get_region_quota_output(
    region_id: Input[str], sandbox_class: Input[str], *, organization_id: Input[str] | None = None
) -> Output[RegionQuotaResult]:
    """Look up what ``get_region_quota`` does, as an output; its arguments may be outputs."""
    return look_up_output(
        RegionQuotaResult,
        "organizations.get_region_quota",
        {"region_id": region_id, "sandbox_class": sandbox_class, "organization_id": organization_id},
    )


def get_sandbox_region_quota(sandbox_id: str) -> RegionQuotaResult:
    """Return the quota that a sandbox counts for (get region quota by sandbox id).

    It needs the key of one of Daytona's services.

    Args:
        sandbox_id: The sandbox's id.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(RegionQuotaResult, "organizations.get_sandbox_region_quota", {"sandbox_id": sandbox_id})


def get_sandbox_region_quota_output(sandbox_id: Input[str]) -> Output[RegionQuotaResult]:
    """Look up what ``get_sandbox_region_quota`` does, as an output; its arguments may be outputs."""
    return look_up_output(
        RegionQuotaResult, "organizations.get_sandbox_region_quota", {"sandbox_id": sandbox_id}
    )


def get_otel_config(*, organization_id: str | None = None) -> OtelConfigResult:
    """Return where the telemetry of an organization's sandboxes goes (get organization otel config). Its
    headers are secrets.

    It needs a user's token (daytona:jwtToken).

    What is secret in it comes in the clear: export what ``get_otel_config_output`` returns.

    Args:
        organization_id: The organization's id; by default the one of the stack's configuration.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(OtelConfigResult, "organizations.get_otel_config", {"organization_id": organization_id})


def get_otel_config_output(*, organization_id: Input[str] | None = None) -> Output[OtelConfigResult]:
    """Look up what ``get_otel_config`` does, as an output; its arguments may be outputs.

    It is a secret where there is one in it.
    """
    return look_up_output(
        OtelConfigResult, "organizations.get_otel_config", {"organization_id": organization_id}
    )


def get_otel_config_by_sandbox_auth_token(auth_token: str) -> OtelConfigResult:
    """Return where the telemetry of a sandbox goes (get organization otel config by sandbox auth token). Its
    headers are secrets.

    It needs the key of Daytona's telemetry collector.

    What is secret in it comes in the clear: export what ``get_otel_config_by_sandbox_auth_token_output``
    returns.

    Args:
        auth_token: The sandbox's own token.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(
        OtelConfigResult, "organizations.get_otel_config_by_sandbox_auth_token", {"auth_token": auth_token}
    )


def get_otel_config_by_sandbox_auth_token_output(auth_token: Input[str]) -> Output[OtelConfigResult]:
    """Look up what ``get_otel_config_by_sandbox_auth_token`` does, as an output; its arguments may be
    outputs.

    It is a secret where there is one in it.
    """
    return look_up_output(
        OtelConfigResult, "organizations.get_otel_config_by_sandbox_auth_token", {"auth_token": auth_token}
    )


def get_webhook_status(*, organization_id: str | None = None) -> WebhookStatusResult:
    """Return how far an organization's webhooks are set up (get initialization status).

    It needs a user's token (daytona:jwtToken).

    Args:
        organization_id: The organization's id; by default the one of the stack's configuration.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(
        WebhookStatusResult, "organizations.get_webhook_status", {"organization_id": organization_id}
    )


def get_webhook_status_output(*, organization_id: Input[str] | None = None) -> Output[WebhookStatusResult]:
    """Look up what ``get_webhook_status`` does, as an output; its arguments may be outputs."""
    return look_up_output(
        WebhookStatusResult, "organizations.get_webhook_status", {"organization_id": organization_id}
    )


def get_webhook_portal_access(*, organization_id: str | None = None) -> WebhookPortalAccessResult:
    """Return a way into the page where an organization's webhooks are set (get app portal access). Every run
    makes another one.

    It needs a user's token (daytona:jwtToken).

    What is secret in it comes in the clear: export what ``get_webhook_portal_access_output`` returns.

    Args:
        organization_id: The organization's id; by default the one of the stack's configuration.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(
        WebhookPortalAccessResult,
        "organizations.get_webhook_portal_access",
        {"organization_id": organization_id},
    )


def get_webhook_portal_access_output(
    *, organization_id: Input[str] | None = None
) -> Output[WebhookPortalAccessResult]:
    """Look up what ``get_webhook_portal_access`` does, as an output; its arguments may be outputs.

    It is a secret where there is one in it.
    """
    return look_up_output(
        WebhookPortalAccessResult,
        "organizations.get_webhook_portal_access",
        {"organization_id": organization_id},
    )
