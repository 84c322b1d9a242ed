"""The wire models of identity providers: where an organization's people sign in."""

from __future__ import annotations

from pydantic import Field

from daytona_httpx.models.base import WireModel


class OidcIdPConfigResponse(WireModel):
    """Hold the OpenID Connect settings of a provider; its secret never comes back."""

    issuer_url: str
    client_id: str
    scope: str | None = None


class IdentityProvider(WireModel):
    """Hold an identity provider as the API sends it.

    Example:
        >>> settings = {"issuerUrl": "https://id.example.com", "clientId": "c"}
        >>> answer = {"id": "i", "name": "ours", "oidcConfig": settings}
        >>> IdentityProvider.model_validate(answer).oidc_config.issuer_url
        'https://id.example.com'
    """

    id: str
    name: str
    organization_id: str = ""
    oidc_config: OidcIdPConfigResponse | None = None
    email_domains: list[str] = Field(default_factory=list)
    allow_any_domain: bool = False
    trust_email_verified: bool = False
    default_assigned_role_ids: list[str] = Field(default_factory=list)
    enabled: bool = True
    created_at: str | None = None
    updated_at: str | None = None


class IdentityProviderConnection(WireModel):
    """Hold whether a provider answered at its address, and if not, why."""

    success: bool
    issuer: str | None = None
    error: str | None = None
