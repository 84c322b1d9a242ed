"""What a key needs for which operation.

Reading needs a valid key and nothing more, but for volumes, runners and the audit log. The server's own key
counts as the user's token, as the administrator's and as that of Daytona's own services: it may everything.
"""

from __future__ import annotations

from daytona_local.api_keys import Identity
from daytona_local.errors import ForbiddenError, UnauthorizedError


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_OPERATIONS = {
    "write:sandboxes": (
        "createSandbox startSandbox stopSandbox archiveSandbox recoverSandbox resizeSandbox pauseSandbox "
        "forkSandbox createSandboxSnapshot createBackup replaceLabels setAutostopInterval "
        "setAutoPauseInterval setAutoArchiveInterval setAutoDeleteInterval setTtl updatePublicStatus "
        "updateNetworkSettings updateSandboxSecrets updateLastActivity rotateSigningKey createSshAccess "
        "revokeSshAccess expireSignedPortPreviewUrl createWarmPool updateWarmPool"
    ),
    "delete:sandboxes": "deleteSandbox deleteWarmPool",
    "write:snapshots": "createSnapshot activateSnapshot deactivateSnapshot",
    "delete:snapshots": "removeSnapshot",
    "write:registries": "createRegistry updateRegistry",
    "delete:registries": "deleteRegistry",
    "read:volumes": "listVolumes getVolume getVolumeByName",
    "write:volumes": "createVolume",
    "delete:volumes": "deleteVolume",
    "write:regions": (
        "createRegion updateRegion regenerateProxyApiKey regenerateSshGatewayApiKey "
        "regenerateSnapshotManagerCredentials"
    ),
    "delete:regions": "deleteRegion",
    "read:runners": "listRunners getRunnerById",
    "write:runners": "createRunner updateRunnerScheduling updateRunnerDraining",
    "delete:runners": "deleteRunner",
    "read:audit_logs": "getOrganizationAuditLogs",
    "manage:secrets": "createSecret updateSecret deleteSecret",
}
PERMISSION_OF = {
    operation: permission for permission, names in _OPERATIONS.items() for operation in names.split()
}
FOR_USERS = _names(
    "listApiKeys createApiKey getApiKey deleteApiKey deleteApiKeyForUser "
    "listOrganizations createOrganization getOrganization deleteOrganization leaveOrganization "
    "setOrganizationDefaultRegion updateDefaultQueueTimeout updateExperimentalConfig "
    "getOrganizationUsageOverview listAvailableSandboxClasses getGpuCapacity "
    "getOrganizationOtelConfig updateOrganizationOtelConfig deleteOrganizationOtelConfig "
    "listOrganizationRoles createOrganizationRole updateOrganizationRole deleteOrganizationRole "
    "listOrganizationMembers updateAccessForOrganizationMember deleteOrganizationMember "
    "listOrganizationInvitations createOrganizationInvitation updateOrganizationInvitation "
    "cancelOrganizationInvitation listOrganizationInvitationsForAuthenticatedUser "
    "getOrganizationInvitationsCountForAuthenticatedUser acceptOrganizationInvitation "
    "declineOrganizationInvitation listOrganizationIdentityProviders createOrganizationIdentityProvider "
    "getOrganizationIdentityProvider updateOrganizationIdentityProvider "
    "deleteOrganizationIdentityProvider testOrganizationIdentityProviderConnection "
    "createWorkosAdminPortalLink listWorkosSsoConnections "
    "getAuthenticatedUser getAvailableAccountProviders linkAccount unlinkAccount recordLogin "
    "listPendingSsoLinks dismissPendingSsoLink confirmPendingSsoLink enrollInSmsMfa acceptPrivacyPolicy "
    "WebhookController_getAppPortalAccess WebhookController_getInitializationStatus "
    "WebhookController_initializeWebhooks WebhookController_refreshEndpoints"
)
FOR_ADMINISTRATORS = _names(
    "updateOrganizationQuota updateOrganizationRegionQuota suspendOrganization unsuspendOrganization "
    "updateOrganizationPreviewWarning updateOrganizationSsoEnabled "
    "updateSandboxDefaultLimitedNetworkEgress"
)
FOR_SERVICES = _names(
    "listJobs pollJobs getJob updateJobStatus getSandboxesForRunner updateSandboxState "
    "runnerHealthcheck getInfoForAuthenticatedRunner getSnapshotRefsForAuthenticatedRunner "
    "getRunnerFullById getRunnerBySandboxId getRunnersBySnapshotRef validateSshAccess "
    "getOrganizationBySandboxId getRegionQuotaBySandboxId resolveSandboxSecrets "
    "getOrganizationOtelConfigBySandboxAuthToken getSandboxIdentityBySandboxAuthToken"
)


def refuse(identity: Identity, method: str, operation: str | None) -> None:
    """Refuse what an identity may not do; nothing has been looked up yet.

    Args:
        identity: Whose request it is.
        method: Its HTTP method.
        operation: The operation's name, None for a route that the API doesn't have.

    Raises:
        UnauthorizedError: It needs a user's token.
        ForbiddenError: It needs a permission, or another kind of key.
    """
    if identity.is_user:
        return
    if operation in FOR_USERS:
        raise UnauthorizedError("Invalid credentials")
    if operation in FOR_SERVICES:
        raise ForbiddenError("Invalid authentication context")
    if operation in FOR_ADMINISTRATORS or (operation or "").startswith("admin"):
        raise ForbiddenError("Access denied")
    if operation is None and method not in ("GET", "HEAD"):
        raise ForbiddenError("Access denied")
    permission = PERMISSION_OF.get(operation or "")
    if permission is not None and not identity.may(permission):
        raise ForbiddenError("Access denied")
