"""The identity provider: where an organization's people sign in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from daytona_httpx import IdentityProvider

from pulumi_daytona.core.claim import Claim
from pulumi_daytona.core.definition import Definition, Failure, Live, State, changed_values
from pulumi_daytona.core.models import OutputModel, ResourceInputs, Text
from pulumi_daytona.core.record import RecordVerbs, organization_of
from pulumi_daytona.core.session import Session
from pulumi_daytona.core.traits import doc, in_place, replaces
from pulumi_daytona.core.values import NAME, ORGANIZATION, Name, Texts, Url, same_items


class IdentityProviderInputs(ResourceInputs):
    """Say what an identity provider should be."""

    organization_id: Annotated[Name | None, replaces(), doc(ORGANIZATION)] = None
    name: Annotated[Name | None, in_place(), doc(NAME)] = None
    issuer_url: Annotated[Url, in_place(), doc("Where it is, over OpenID Connect.")]
    client_id: Annotated[Name, in_place(), doc("Who Daytona is to it.")]
    client_secret: Annotated[
        Name,
        in_place(secret=True),
        doc("Daytona's secret there. The API never tells it: it is compared with what was last set."),
    ]
    scope: Annotated[Text | None, in_place(), doc("What is asked for; the API's default when left out.")] = (
        None
    )
    email_domains: Annotated[
        Texts | None,
        in_place([], same=same_items),
        doc("Whose addresses sign in here; needed unless any domain is allowed."),
    ] = None
    allow_any_domain: Annotated[
        bool | None, in_place(False), doc("Whether others sign in too. Default False.")
    ] = None
    trust_email_verified: Annotated[
        bool | None, in_place(False), doc("Whether an address counts as verified unasked. Default False.")
    ] = None
    default_assigned_role_ids: Annotated[
        Texts | None, in_place([], same=same_items), doc("Ids of the roles of those who come in this way.")
    ] = None
    enabled: Annotated[bool | None, in_place(True), doc("Whether it is in use. Default True.")] = None


class IdentityProviderOutputs(OutputModel):
    """Tell what can be read of an identity provider."""

    organization_id: Annotated[str, doc("Id of its organization.")]
    name: Annotated[str, doc("Its name in Daytona.")]
    issuer_url: Annotated[str, doc("Where it is.")]
    client_id: Annotated[str, doc("Who Daytona is to it.")]
    scope: Annotated[str | None, doc("What is asked for.")]
    email_domains: Annotated[list[str], doc("Whose addresses sign in here.")]
    allow_any_domain: Annotated[bool, doc("Whether others sign in too.")]
    trust_email_verified: Annotated[bool, doc("Whether an address counts as verified unasked.")]
    default_assigned_role_ids: Annotated[list[str], doc("Ids of the roles of those who come in this way.")]
    enabled: Annotated[bool, doc("Whether it is in use.")]
    created_at: Annotated[str | None, doc("When it was made.")]
    updated_at: Annotated[str | None, doc("When it last changed.")]


class IdentityProviderVerbs(RecordVerbs[IdentityProviderInputs]):
    """Make, read, change and remove an identity provider."""

    noun: ClassVar[str] = "identity provider"

    async def make(self, session: Session, inputs: IdentityProviderInputs) -> Live:
        """Make a provider, or take over the one that an earlier create left behind."""
        providers = session.client.identity_providers
        organization_id = organization_of(session, inputs.organization_id)
        values = _values(inputs.plain())

        async def make(name: str) -> Live:
            return _live(await providers.create(organization_id, name, **values), organization_id)

        async def find(name: str) -> list[IdentityProvider]:
            return [each for each in await providers.list(organization_id) if each.name == name]

        async def remove(provider: IdentityProvider) -> None:
            await providers.delete(organization_id, provider.id)

        async def adopt(provider: IdentityProvider) -> Live:
            whole: dict[str, Any] = {"email_domains": [], "default_assigned_role_ids": [], "enabled": True}
            whole |= {"allow_any_domain": False, "trust_email_verified": False, **values}
            return _live(await providers.update(organization_id, provider.id, **whole), organization_id)

        claim = Claim(make, find, remove, adopt, unique=False)
        return await claim.run(session, inputs.name, inputs.owner or self.noun)

    async def get(self, session: Session, resource_id: str, state: State) -> Live | None:
        """Return the provider as it is, without its secret."""
        organization_id = state["organization_id"]
        return _live(
            await session.client.identity_providers.get(organization_id, resource_id), organization_id
        )

    async def change(
        self, session: Session, resource_id: str, state: State, inputs: IdentityProviderInputs
    ) -> Live:
        """Change what differs, in one call."""
        differs, organization_id = changed_values(state, inputs), state["organization_id"]
        if not differs:
            return await super().change(session, resource_id, state, inputs)
        update = session.client.identity_providers.update
        return _live(await update(organization_id, resource_id, **differs), organization_id)

    async def remove(self, session: Session, resource_id: str, state: State) -> None:
        """Remove the provider."""
        await session.client.identity_providers.delete(state["organization_id"], resource_id)


def identity_provider_rules(inputs: IdentityProviderInputs) -> Iterator[Failure]:
    """Yield that nobody could sign in."""
    if inputs.email_domains in (None, []) and inputs.allow_any_domain in (None, False):
        yield Failure("email_domains", "needs a domain, such as example.com, unless allow_any_domain is set")


IDENTITY_PROVIDER: Definition[IdentityProviderInputs] = Definition(
    name="IdentityProvider",
    doc="Declare where an organization's people sign in (create organization identity provider).\n\n"
    "It needs a user's token (``daytona:jwtToken``) with the permission ``manage:sso``. What a create that "
    "was cut short has left behind is found again by the name that follows from who the resource is; where "
    "the program fixes the name it can't be told.",
    inputs=IdentityProviderInputs,
    outputs=IdentityProviderOutputs,
    verbs=IdentityProviderVerbs(),
    rules=identity_provider_rules,
)


def _values(given: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if name not in ("owner", "organization_id", "name")}


def _live(provider: IdentityProvider, organization_id: str) -> Live:
    oidc = provider.oidc_config
    asked = {name: getattr(oidc, name, None) for name in ("issuer_url", "client_id", "scope")}
    return Live(provider.id, IdentityProviderOutputs.of(provider, organization_id=organization_id, **asked))
