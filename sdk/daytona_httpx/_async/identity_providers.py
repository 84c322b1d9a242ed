"""Identity providers: where an organization's people sign in."""

from __future__ import annotations

import builtins
from collections.abc import Sequence

from daytona_httpx._async.group import AsyncGroup
from daytona_httpx.models.identity_provider import IdentityProvider, IdentityProviderConnection
from daytona_httpx.wire import given


class AsyncIdentityProviders(AsyncGroup):
    """Make, find, change, test and delete an organization's identity providers.

    Every operation needs a user's token (JWT) with the permission ``manage:sso``.
    """

    async def list(self, organization_id: str) -> builtins.list[IdentityProvider]:
        """Return all providers (list organization identity providers)."""
        path = ("organizations", organization_id, "identity-providers")
        return await self._many(IdentityProvider, "list identity providers", path)

    async def get(self, organization_id: str, provider_id: str) -> IdentityProvider:
        """Return a provider (get organization identity provider)."""
        path = ("organizations", organization_id, "identity-providers", provider_id)
        return await self._one(IdentityProvider, "get identity provider", "GET", path)

    async def create(
        self,
        organization_id: str,
        name: str,
        *,
        issuer_url: str,
        client_id: str,
        client_secret: str,
        scope: str | None = None,
        email_domains: Sequence[str] = (),
        allow_any_domain: bool | None = None,
        trust_email_verified: bool | None = None,
        default_assigned_role_ids: Sequence[str] | None = None,
        enabled: bool | None = None,
    ) -> IdentityProvider:
        """Make a provider (create organization identity provider).

        Args:
            organization_id: The organization's id.
            name: Its name.
            issuer_url: Where it is.
            client_id: Who Daytona is to it.
            client_secret: Daytona's secret there; it never comes back.
            scope: What is asked for.
            email_domains: Whose addresses sign in here; needed unless any domain is allowed.
            allow_any_domain: Whether others sign in too, False by default.
            trust_email_verified: Whether an address counts as verified unasked, False by default.
            default_assigned_role_ids: The roles of those who come in this way.
            enabled: Whether it is in use, True by default.
        """
        oidc = given(issuer_url=issuer_url, client_id=client_id, client_secret=client_secret, scope=scope)
        body = given(
            name=name,
            oidc_config=oidc,
            email_domains=[*email_domains],
            allow_any_domain=allow_any_domain,
            trust_email_verified=trust_email_verified,
            default_assigned_role_ids=default_assigned_role_ids,
            enabled=enabled,
        )
        path = ("organizations", organization_id, "identity-providers")
        return await self._one(IdentityProvider, "create identity provider", "POST", path, json=body)

    async def update(
        self,
        organization_id: str,
        provider_id: str,
        *,
        name: str | None = None,
        issuer_url: str | None = None,
        client_id: str | None = None,
        client_secret: str | None = None,
        scope: str | None = None,
        email_domains: Sequence[str] | None = None,
        allow_any_domain: bool | None = None,
        trust_email_verified: bool | None = None,
        default_assigned_role_ids: Sequence[str] | None = None,
        enabled: bool | None = None,
    ) -> IdentityProvider:
        """Change a provider; what is left out stays (update organization identity provider).

        The arguments are those of ``create``.
        """
        oidc = given(issuer_url=issuer_url, client_id=client_id, client_secret=client_secret, scope=scope)
        body = given(
            name=name,
            oidc_config=oidc or None,
            email_domains=email_domains,
            allow_any_domain=allow_any_domain,
            trust_email_verified=trust_email_verified,
            default_assigned_role_ids=default_assigned_role_ids,
            enabled=enabled,
        )
        path = ("organizations", organization_id, "identity-providers", provider_id)
        return await self._one(IdentityProvider, "update identity provider", "PATCH", path, json=body)

    async def delete(self, organization_id: str, provider_id: str) -> None:
        """Delete a provider (delete organization identity provider)."""
        path = ("organizations", organization_id, "identity-providers", provider_id)
        await self._delete("delete identity provider", path)

    async def test_connection(self, organization_id: str, issuer_url: str) -> IdentityProviderConnection:
        """Tell whether a provider answers (test organization identity provider connection)."""
        path = ("organizations", organization_id, "identity-providers", "test-connection")
        body = {"issuerUrl": issuer_url}
        return await self._one(IdentityProviderConnection, "test identity provider", "POST", path, json=body)
