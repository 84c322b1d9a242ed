"""Identity providers, as records: nobody signs in here."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from daytona_local.api.fields import Fields, checked, read
from daytona_local.api.organizations import named
from daytona_local.api.wire import moment
from daytona_local.identity_providers import IdentityProvider, IdentityProviders
from daytona_local.services import services


def provider_json(provider: IdentityProvider) -> dict[str, Any]:
    """Return a provider."""
    oidc = {"issuerUrl": provider.issuer_url, "clientId": provider.client_id, "scope": provider.scope}
    return {
        "id": provider.id,
        "organizationId": provider.organization_id,
        "name": provider.name,
        "oidcConfig": {name: value for name, value in oidc.items() if value is not None},
        "emailDomains": provider.email_domains,
        "allowAnyDomain": provider.allow_any_domain,
        "trustEmailVerified": provider.trust_email_verified,
        "defaultAssignedRoleIds": provider.default_assigned_role_ids,
        "enabled": provider.enabled,
        "createdAt": moment(provider.created_at),
        "updatedAt": moment(provider.updated_at),
    }


async def list_all(request: Request) -> JSONResponse:
    """Return the providers of an organization."""
    return JSONResponse([provider_json(one) for one in _providers(request).all(named(request).id)])


async def create(request: Request) -> JSONResponse:
    """Make a provider; its secret is not kept."""
    organization, account = named(request), services(request).account
    with await read(request) as fields:
        with checked(fields.mapping("oidcConfig") or {}) as oidc:
            oidc.text("clientSecret")
            issuer, client, scope = oidc.url("issuerUrl"), oidc.text("clientId"), oidc.maybe_text("scope")
        provider = IdentityProvider(
            organization_id=organization.id,
            name=fields.text("name"),
            issuer_url=issuer,
            client_id=client,
            scope=scope,
            email_domains=fields.texts("emailDomains", default=()),
            allow_any_domain=fields.maybe_flag("allowAnyDomain", False),
            trust_email_verified=fields.maybe_flag("trustEmailVerified", False),
            default_assigned_role_ids=fields.texts("defaultAssignedRoleIds", default=()),
            enabled=fields.maybe_flag("enabled", True),
        )
    account.roles.checked(provider.default_assigned_role_ids)
    return JSONResponse(provider_json(account.identity_providers.add(provider)), 201)


async def get(request: Request) -> JSONResponse:
    """Return a provider."""
    return JSONResponse(provider_json(_named(request)))


async def update(request: Request) -> JSONResponse:
    """Change a provider; what is left out stays."""
    provider, account = _named(request), services(request).account
    with await read(request) as fields:
        with checked(fields.mapping("oidcConfig") or {}) as oidc:
            changes = _oidc(oidc)
        changes |= {"name": fields.text("name")} if "name" in fields else {}
        for name, attribute in (
            ("emailDomains", "email_domains"),
            ("defaultAssignedRoleIds", "default_assigned_role_ids"),
        ):
            changes |= {attribute: fields.texts(name)} if name in fields else {}
        for name, attribute in (
            ("allowAnyDomain", "allow_any_domain"),
            ("trustEmailVerified", "trust_email_verified"),
            ("enabled", "enabled"),
        ):
            changes |= {attribute: fields.flag(name)} if name in fields else {}
    account.roles.checked(changes.get("default_assigned_role_ids", ()))
    return JSONResponse(provider_json(account.identity_providers.change(provider, **changes)))


async def delete(request: Request) -> Response:
    """Delete a provider."""
    _providers(request).remove(_named(request))
    return Response(status_code=204)


def _oidc(fields: Fields) -> dict[str, Any]:
    changes: dict[str, Any] = {"issuer_url": fields.url("issuerUrl")} if "issuerUrl" in fields else {}
    changes |= {"client_id": fields.text("clientId")} if "clientId" in fields else {}
    return changes | ({"scope": fields.maybe_text("scope")} if "scope" in fields else {})


def _providers(request: Request) -> IdentityProviders:
    return services(request).account.identity_providers


def _named(request: Request) -> IdentityProvider:
    return _providers(request).owned(named(request).id, request.path_params["provider_id"])


routes = [
    Route("/organizations/{organization_id}/identity-providers", list_all, methods=["GET"]),
    Route("/organizations/{organization_id}/identity-providers", create, methods=["POST"]),
    Route("/organizations/{organization_id}/identity-providers/{provider_id}", get, methods=["GET"]),
    Route("/organizations/{organization_id}/identity-providers/{provider_id}", update, methods=["PATCH"]),
    Route("/organizations/{organization_id}/identity-providers/{provider_id}", delete, methods=["DELETE"]),
]
