# Generated from the core's look-ups by `make generate`; do not edit.
"""What the look-ups of ``members`` return."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class OrganizationRoleResult:
    """Hold a role: what its members may do, such as ``write:sandboxes``."""

    id: str
    name: str
    description: str
    permissions: list[str]
    is_global: bool
    created_at: str | None
    updated_at: str | None


@dataclass(frozen=True, kw_only=True)
class OrganizationMemberResult:
    """Hold a member of an organization: ``owner``, or ``member`` with roles."""

    user_id: str
    organization_id: str
    name: str
    email: str
    role: str
    assigned_roles: list[OrganizationRoleResult]
    created_at: str | None
    updated_at: str | None


@dataclass(frozen=True, kw_only=True)
class OrganizationInvitationResult:
    """Hold an invitation: ``pending``, ``accepted``, ``declined`` or ``cancelled``."""

    id: str
    email: str
    organization_id: str
    organization_name: str
    invited_by: str
    status: str
    role: str
    assigned_roles: list[OrganizationRoleResult]
    expires_at: str | None
    created_at: str | None
    updated_at: str | None


@dataclass(frozen=True, kw_only=True)
class OidcIdPConfigResult:
    """Hold the OpenID Connect settings of a provider; its secret never comes back."""

    issuer_url: str
    client_id: str
    scope: str | None


@dataclass(frozen=True, kw_only=True)
class IdentityProviderResult:
    """Hold an identity provider as the API sends it."""

    id: str
    name: str
    organization_id: str
    oidc_config: OidcIdPConfigResult | None
    email_domains: list[str]
    allow_any_domain: bool
    trust_email_verified: bool
    default_assigned_role_ids: list[str]
    enabled: bool
    created_at: str | None
    updated_at: str | None
