# Generated from the core's look-ups by `make generate`; do not edit.
"""The look-ups of programs, and what they return; each is imported when it is first used."""

# ruff: noqa: F403, F405
from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pulumi_daytona.functions.members import *
    from pulumi_daytona.functions.organizations import *
    from pulumi_daytona.functions.previews import *
    from pulumi_daytona.functions.regions import *
    from pulumi_daytona.functions.results.members import *
    from pulumi_daytona.functions.results.organizations import *
    from pulumi_daytona.functions.results.previews import *
    from pulumi_daytona.functions.results.regions import *
    from pulumi_daytona.functions.results.sandboxes import *
    from pulumi_daytona.functions.results.snapshots import *
    from pulumi_daytona.functions.results.storage import *
    from pulumi_daytona.functions.results.system import *
    from pulumi_daytona.functions.results.telemetry import *
    from pulumi_daytona.functions.results.users import *
    from pulumi_daytona.functions.sandboxes import *
    from pulumi_daytona.functions.snapshots import *
    from pulumi_daytona.functions.storage import *
    from pulumi_daytona.functions.system import *
    from pulumi_daytona.functions.telemetry import *
    from pulumi_daytona.functions.users import *

# fmt: off
__all__ = [
    "AccountProviderResult", "ApiConfigResult", "ApiHealthResult", "ApiKeyResult", "AuditLogResult",
    "AuditScenariosResult", "AuditTargetScenarioResult", "AvailableSandboxClassResult", "BuildInfoResult",
    "DockerRegistryResult", "FreeGpuResult", "GpuCapacityResult", "IdentityProviderResult", "JobResult",
    "LogEntryResult", "MetricDataPointResult", "MetricSeriesResult", "MetricsResult", "OidcConfigResult",
    "OidcIdPConfigResult", "OrganizationInvitationResult", "OrganizationMemberResult", "OrganizationResult",
    "OrganizationRoleResult", "OrganizationUsageOverviewResult", "OtelConfigResult", "PendingSsoLinkResult",
    "PreviewUrlResult", "PreviewWarningResult", "RateLimitConfigResult", "RateLimitEntryResult",
    "RegionQuotaResult", "RegionResult", "RegionUsageOverviewResult", "RegistryPushAccessResult",
    "RunnerFullResult", "RunnerResult", "RunnerSnapshotResult", "SandboxResult", "SandboxUsageResult",
    "SandboxVolumeResult", "SecretResult", "SignedPreviewUrlResult", "SnapshotResult",
    "SshAccessValidationResult", "TraceSpanResult", "TraceSummaryResult", "UserPublicKeyResult", "UserResult",
    "VolumeResult", "WarmPoolResult", "WebhookPortalAccessResult", "WebhookStatusResult", "get_admin_runner",
    "get_admin_runner_output", "get_api_config", "get_api_config_output", "get_api_health",
    "get_api_health_output", "get_api_key", "get_api_key_output", "get_audit_scenarios",
    "get_audit_scenarios_output", "get_build_logs_url", "get_build_logs_url_output", "get_current_api_key",
    "get_current_api_key_output", "get_current_runner", "get_current_runner_output", "get_current_user",
    "get_current_user_output", "get_docker_registry", "get_docker_registry_output",
    "get_docker_registry_push_access", "get_docker_registry_push_access_output", "get_download_url",
    "get_download_url_output", "get_gpu_capacity", "get_gpu_capacity_output", "get_identity_provider",
    "get_identity_provider_output", "get_job", "get_job_output", "get_my_invitation_count",
    "get_my_invitation_count_output", "get_organization", "get_organization_invitation",
    "get_organization_invitation_output", "get_organization_member", "get_organization_member_output",
    "get_organization_output", "get_organization_role", "get_organization_role_output",
    "get_organization_usage", "get_organization_usage_output", "get_otel_config",
    "get_otel_config_by_sandbox_auth_token", "get_otel_config_by_sandbox_auth_token_output",
    "get_otel_config_output", "get_preview_access", "get_preview_access_output", "get_preview_public",
    "get_preview_public_output", "get_preview_signing_key", "get_preview_signing_key_output",
    "get_preview_token_validity", "get_preview_token_validity_output", "get_preview_url",
    "get_preview_url_output", "get_preview_warning", "get_preview_warning_output", "get_region",
    "get_region_output", "get_region_quota", "get_region_quota_output", "get_runner", "get_runner_full",
    "get_runner_full_output", "get_runner_output", "get_sandbox", "get_sandbox_metrics",
    "get_sandbox_metrics_output", "get_sandbox_organization", "get_sandbox_organization_output",
    "get_sandbox_output", "get_sandbox_parent", "get_sandbox_parent_output", "get_sandbox_region_quota",
    "get_sandbox_region_quota_output", "get_sandbox_runner", "get_sandbox_runner_output", "get_sandbox_usage",
    "get_sandbox_usage_output", "get_secret", "get_secret_by_id", "get_secret_by_id_output",
    "get_secret_output", "get_signed_preview_sandbox_id", "get_signed_preview_sandbox_id_output",
    "get_signed_preview_url", "get_signed_preview_url_output", "get_snapshot", "get_snapshot_build_logs_url",
    "get_snapshot_build_logs_url_output", "get_snapshot_output", "get_ssh_access_validation",
    "get_ssh_access_validation_output", "get_upload_url", "get_upload_url_output", "get_volume",
    "get_volume_by_id", "get_volume_by_id_output", "get_volume_output", "get_warm_pool",
    "get_warm_pool_output", "get_webhook_portal_access", "get_webhook_portal_access_output",
    "get_webhook_status", "get_webhook_status_output", "list_account_providers",
    "list_account_providers_output", "list_admin_runners", "list_admin_runners_output", "list_api_keys",
    "list_api_keys_output", "list_audit_logs", "list_audit_logs_output", "list_docker_registries",
    "list_docker_registries_output", "list_identity_providers", "list_identity_providers_output", "list_jobs",
    "list_jobs_output", "list_my_invitations", "list_my_invitations_output", "list_organization_invitations",
    "list_organization_invitations_output", "list_organization_members", "list_organization_members_output",
    "list_organization_roles", "list_organization_roles_output", "list_organizations",
    "list_organizations_output", "list_pending_sso_links", "list_pending_sso_links_output", "list_regions",
    "list_regions_output", "list_runners", "list_runners_output", "list_sandbox_ancestors",
    "list_sandbox_ancestors_output", "list_sandbox_classes", "list_sandbox_classes_output",
    "list_sandbox_forks", "list_sandbox_forks_output", "list_sandbox_logs", "list_sandbox_logs_output",
    "list_sandbox_trace_spans", "list_sandbox_trace_spans_output", "list_sandbox_traces",
    "list_sandbox_traces_output", "list_sandbox_usage", "list_sandbox_usage_output", "list_sandboxes",
    "list_sandboxes_output", "list_secrets", "list_secrets_output", "list_shared_regions",
    "list_shared_regions_output", "list_snapshot_runners", "list_snapshot_runners_output", "list_snapshots",
    "list_snapshots_output", "list_volumes", "list_volumes_output", "list_warm_pools",
    "list_warm_pools_output",
]
_NAMES: dict[str, tuple[str, ...]] = {
    "sandboxes": (
        "get_sandbox", "get_sandbox_output", "get_sandbox_parent", "get_sandbox_parent_output",
        "list_sandbox_ancestors", "list_sandbox_ancestors_output", "list_sandbox_forks",
        "list_sandbox_forks_output", "list_sandboxes", "list_sandboxes_output",
    ),
    "previews": (
        "get_download_url", "get_download_url_output", "get_preview_access", "get_preview_access_output",
        "get_preview_public", "get_preview_public_output", "get_preview_signing_key",
        "get_preview_signing_key_output", "get_preview_token_validity", "get_preview_token_validity_output",
        "get_preview_url", "get_preview_url_output", "get_preview_warning", "get_preview_warning_output",
        "get_signed_preview_sandbox_id", "get_signed_preview_sandbox_id_output", "get_signed_preview_url",
        "get_signed_preview_url_output", "get_ssh_access_validation", "get_ssh_access_validation_output",
        "get_upload_url", "get_upload_url_output",
    ),
    "snapshots": (
        "get_build_logs_url", "get_build_logs_url_output", "get_docker_registry",
        "get_docker_registry_output", "get_docker_registry_push_access",
        "get_docker_registry_push_access_output", "get_snapshot", "get_snapshot_build_logs_url",
        "get_snapshot_build_logs_url_output", "get_snapshot_output", "get_warm_pool", "get_warm_pool_output",
        "list_docker_registries", "list_docker_registries_output", "list_snapshots", "list_snapshots_output",
        "list_warm_pools", "list_warm_pools_output",
    ),
    "storage": (
        "get_secret", "get_secret_by_id", "get_secret_by_id_output", "get_secret_output", "get_volume",
        "get_volume_by_id", "get_volume_by_id_output", "get_volume_output", "list_secrets",
        "list_secrets_output", "list_volumes", "list_volumes_output",
    ),
    "regions": (
        "get_admin_runner", "get_admin_runner_output", "get_current_runner", "get_current_runner_output",
        "get_job", "get_job_output", "get_region", "get_region_output", "get_runner", "get_runner_full",
        "get_runner_full_output", "get_runner_output", "get_sandbox_runner", "get_sandbox_runner_output",
        "list_admin_runners", "list_admin_runners_output", "list_jobs", "list_jobs_output", "list_regions",
        "list_regions_output", "list_runners", "list_runners_output", "list_shared_regions",
        "list_shared_regions_output", "list_snapshot_runners", "list_snapshot_runners_output",
    ),
    "telemetry": (
        "get_audit_scenarios", "get_audit_scenarios_output", "get_sandbox_metrics",
        "get_sandbox_metrics_output", "get_sandbox_usage", "get_sandbox_usage_output", "list_audit_logs",
        "list_audit_logs_output", "list_sandbox_logs", "list_sandbox_logs_output", "list_sandbox_trace_spans",
        "list_sandbox_trace_spans_output", "list_sandbox_traces", "list_sandbox_traces_output",
        "list_sandbox_usage", "list_sandbox_usage_output",
    ),
    "organizations": (
        "get_gpu_capacity", "get_gpu_capacity_output", "get_organization", "get_organization_output",
        "get_organization_usage", "get_organization_usage_output", "get_otel_config",
        "get_otel_config_by_sandbox_auth_token", "get_otel_config_by_sandbox_auth_token_output",
        "get_otel_config_output", "get_region_quota", "get_region_quota_output", "get_sandbox_organization",
        "get_sandbox_organization_output", "get_sandbox_region_quota", "get_sandbox_region_quota_output",
        "get_webhook_portal_access", "get_webhook_portal_access_output", "get_webhook_status",
        "get_webhook_status_output", "list_organizations", "list_organizations_output",
        "list_sandbox_classes", "list_sandbox_classes_output",
    ),
    "members": (
        "get_identity_provider", "get_identity_provider_output", "get_organization_invitation",
        "get_organization_invitation_output", "get_organization_member", "get_organization_member_output",
        "get_organization_role", "get_organization_role_output", "list_identity_providers",
        "list_identity_providers_output", "list_organization_invitations",
        "list_organization_invitations_output", "list_organization_members",
        "list_organization_members_output", "list_organization_roles", "list_organization_roles_output",
    ),
    "users": (
        "get_api_key", "get_api_key_output", "get_current_api_key", "get_current_api_key_output",
        "get_current_user", "get_current_user_output", "get_my_invitation_count",
        "get_my_invitation_count_output", "list_account_providers", "list_account_providers_output",
        "list_api_keys", "list_api_keys_output", "list_my_invitations", "list_my_invitations_output",
        "list_pending_sso_links", "list_pending_sso_links_output",
    ),
    "system": (
        "get_api_config", "get_api_config_output", "get_api_health", "get_api_health_output",
    ),
    "results.sandboxes": (
        "BuildInfoResult", "SandboxResult", "SandboxVolumeResult",
    ),
    "results.previews": (
        "PreviewUrlResult", "PreviewWarningResult", "SignedPreviewUrlResult", "SshAccessValidationResult",
    ),
    "results.snapshots": (
        "DockerRegistryResult", "RegistryPushAccessResult", "SnapshotResult", "WarmPoolResult",
    ),
    "results.storage": (
        "SecretResult", "VolumeResult",
    ),
    "results.regions": (
        "JobResult", "RegionResult", "RunnerFullResult", "RunnerResult", "RunnerSnapshotResult",
    ),
    "results.telemetry": (
        "AuditLogResult", "AuditScenariosResult", "AuditTargetScenarioResult", "LogEntryResult",
        "MetricDataPointResult", "MetricSeriesResult", "MetricsResult", "SandboxUsageResult",
        "TraceSpanResult", "TraceSummaryResult",
    ),
    "results.organizations": (
        "AvailableSandboxClassResult", "FreeGpuResult", "GpuCapacityResult", "OrganizationResult",
        "OrganizationUsageOverviewResult", "OtelConfigResult", "RegionQuotaResult",
        "RegionUsageOverviewResult", "WebhookPortalAccessResult", "WebhookStatusResult",
    ),
    "results.members": (
        "IdentityProviderResult", "OidcIdPConfigResult", "OrganizationInvitationResult",
        "OrganizationMemberResult", "OrganizationRoleResult",
    ),
    "results.users": (
        "AccountProviderResult", "ApiKeyResult", "PendingSsoLinkResult", "UserPublicKeyResult", "UserResult",
    ),
    "results.system": (
        "ApiConfigResult", "ApiHealthResult", "OidcConfigResult", "RateLimitConfigResult",
        "RateLimitEntryResult",
    ),
}
# fmt: on
_MODULES = {name: module for module, names in _NAMES.items() for name in names}


def __getattr__(name: str) -> Any:
    """Import a name when it is first used."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    return globals()[name]


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(__all__)
