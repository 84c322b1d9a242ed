"""Which operations the audit log has, and under which names."""

from __future__ import annotations

_ACTIONS = {
    "api_key": "createApiKey:create deleteApiKey:delete deleteApiKeyForUser:delete",
    "organization": (
        "createOrganization:create deleteOrganization:delete leaveOrganization:leave_organization "
        "setOrganizationDefaultRegion:update updateDefaultQueueTimeout:update "
        "updateExperimentalConfig:update updateOrganizationOtelConfig:update_otel_config "
        "deleteOrganizationOtelConfig:delete_otel_config updateOrganizationQuota:update_quota "
        "updateOrganizationRegionQuota:update_region_quota suspendOrganization:suspend "
        "unsuspendOrganization:unsuspend updateOrganizationPreviewWarning:update_preview_warning "
        "updateOrganizationSsoEnabled:update_sso_enabled "
        "updateSandboxDefaultLimitedNetworkEgress:update_sandbox_default_limited_network_egress "
        "adminCreateOrganizationRegionQuota:create_region_quota "
        "adminUpdateOrganizationRegionQuota:update_region_quota "
        "adminDeleteOrganizationRegionQuota:delete_region_quota"
    ),
    "organization_invitation": (
        "createOrganizationInvitation:create updateOrganizationInvitation:update "
        "cancelOrganizationInvitation:delete acceptOrganizationInvitation:accept "
        "declineOrganizationInvitation:decline"
    ),
    "organization_role": (
        "createOrganizationRole:create updateOrganizationRole:update deleteOrganizationRole:delete"
    ),
    "organization_user": ("updateAccessForOrganizationMember:update_access deleteOrganizationMember:delete"),
    "docker_registry": "createRegistry:create updateRegistry:update deleteRegistry:delete",
    "identity_provider": (
        "createOrganizationIdentityProvider:create updateOrganizationIdentityProvider:update "
        "deleteOrganizationIdentityProvider:delete"
    ),
    "region": (
        "createRegion:create updateRegion:update deleteRegion:delete "
        "regenerateProxyApiKey:regenerate_proxy_api_key "
        "regenerateSshGatewayApiKey:regenerate_ssh_gateway_api_key "
        "regenerateSnapshotManagerCredentials:regenerate_snapshot_manager_credentials"
    ),
    "runner": (
        "createRunner:create deleteRunner:delete updateRunnerScheduling:update_scheduling "
        "updateRunnerDraining:update_draining adminCreateRunner:create adminDeleteRunner:delete "
        "adminUpdateRunnerScheduling:update_scheduling"
    ),
    "sandbox": (
        "createSandbox:create deleteSandbox:delete startSandbox:start stopSandbox:stop "
        "archiveSandbox:archive recoverSandbox:recover resizeSandbox:resize pauseSandbox:pause "
        "forkSandbox:fork createSandboxSnapshot:snapshot createBackup:create_backup "
        "replaceLabels:replace_labels setAutostopInterval:set_auto_stop_interval "
        "setAutoPauseInterval:set_auto_pause_interval setAutoArchiveInterval:set_auto_archive_interval "
        "setAutoDeleteInterval:set_auto_delete_interval setTtl:set_ttl "
        "updatePublicStatus:update_public_status updateNetworkSettings:update_network_settings "
        "updateSandboxSecrets:update_secrets rotateSigningKey:rotate_signing_key "
        "createSshAccess:create_ssh_access revokeSshAccess:revoke_ssh_access "
        "getPortPreviewUrl:get_port_preview_url getSignedPortPreviewUrl:get_port_preview_url"
    ),
    "secret": "createSecret:create updateSecret:update deleteSecret:delete",
    "snapshot": (
        "createSnapshot:create removeSnapshot:delete activateSnapshot:activate deactivateSnapshot:deactivate"
    ),
    "volume": "createVolume:create deleteVolume:delete",
    "warm_pool": "createWarmPool:create updateWarmPool:update deleteWarmPool:delete",
}
AUDITED: dict[str, tuple[str, str]] = {}
"""Operations, with the kind of their target and the action."""

for _target, _pairs in _ACTIONS.items():
    for _pair in _pairs.split():
        _operation, _, _action = _pair.partition(":")
        AUDITED[_operation] = (_target, _action)


def scenarios() -> list[dict[str, object]]:
    """Return what the log may have: for each kind of target its actions."""
    actions: dict[str, list[str]] = {}
    for target, action in AUDITED.values():
        known = actions.setdefault(target, [])
        known += [action] if action not in known else []
    return [{"targetType": target, "actions": names} for target, names in actions.items()]
