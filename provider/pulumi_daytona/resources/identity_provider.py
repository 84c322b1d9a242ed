# Generated from the core's definitions by `make generate`; do not edit.
"""The ``IdentityProvider`` resource of Pulumi programs."""

from __future__ import annotations

from collections.abc import Sequence

import pulumi
from pulumi import Input, Output

from pulumi_daytona.resource import DaytonaResource


class IdentityProvider(DaytonaResource, kind="IdentityProvider", secrets=("client_secret",)):
    """Declare where an organization's people sign in (create organization identity provider).

    It needs a user's token (``daytona:jwtToken``) with the permission ``manage:sso``. What a create that was
    cut short has left behind is found again by the name that follows from who the resource is; where the
    program fixes the name it can't be told.

    Attributes:
        organization_id: Id of its organization.
        name: Its name in Daytona.
        issuer_url: Where it is.
        client_id: Who Daytona is to it.
        scope: What is asked for.
        email_domains: Whose addresses sign in here.
        allow_any_domain: Whether others sign in too.
        trust_email_verified: Whether an address counts as verified unasked.
        default_assigned_role_ids: Ids of the roles of those who come in this way.
        enabled: Whether it is in use.
        created_at: When it was made.
        updated_at: When it last changed.
    """

    organization_id: Output[str]
    name: Output[str]
    issuer_url: Output[str]
    client_id: Output[str]
    scope: Output[str | None]
    email_domains: Output[list[str]]
    allow_any_domain: Output[bool]
    trust_email_verified: Output[bool]
    default_assigned_role_ids: Output[list[str]]
    enabled: Output[bool]
    created_at: Output[str | None]
    updated_at: Output[str | None]

    def __init__(
        self,
        resource_name: str,
        *,
        issuer_url: Input[str],
        client_id: Input[str],
        client_secret: Input[str],
        organization_id: Input[str] | None = None,
        name: Input[str] | None = None,
        scope: Input[str] | None = None,
        email_domains: Input[Sequence[Input[str]]] | None = None,
        allow_any_domain: Input[bool] | None = None,
        trust_email_verified: Input[bool] | None = None,
        default_assigned_role_ids: Input[Sequence[Input[str]]] | None = None,
        enabled: Input[bool] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare where an organization's people sign in (create organization identity provider).

        Args:
            resource_name: The logical name in the program.
            issuer_url: Where it is, over OpenID Connect. Changes in place.
            client_id: Who Daytona is to it. Changes in place.
            client_secret: Daytona's secret there. The API never tells it: it is compared with what was last
                set. Changes in place. Kept as a secret.
            organization_id: Id of the organization; the configured one (daytona:organizationId) by default. A
                change replaces.
            name: The name in Daytona; by default it follows from organization, project, stack and logical
                name. Changes in place.
            scope: What is asked for; the API's default when left out. Changes in place.
            email_domains: Whose addresses sign in here; needed unless any domain is allowed. Changes in
                place.
            allow_any_domain: Whether others sign in too. Default False. Changes in place.
            trust_email_verified: Whether an address counts as verified unasked. Default False. Changes in
                place.
            default_assigned_role_ids: Ids of the roles of those who come in this way. Changes in place.
            enabled: Whether it is in use. Default True. Changes in place.
            opts: Pulumi's resource options.
        """
        super().__init__(
            resource_name,
            {
                "issuer_url": issuer_url,
                "client_id": client_id,
                "client_secret": client_secret,
                "organization_id": organization_id,
                "name": name,
                "scope": scope,
                "email_domains": email_domains,
                "allow_any_domain": allow_any_domain,
                "trust_email_verified": trust_email_verified,
                "default_assigned_role_ids": default_assigned_role_ids,
                "enabled": enabled,
            },
            opts,
        )
