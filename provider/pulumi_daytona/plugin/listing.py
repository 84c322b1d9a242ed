"""List: name all resources of a kind that are there, by the ids that they are imported by."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from typing import Any, Final

from daytona_httpx import AsyncDaytona

from pulumi_daytona.core.functions.snapshots import every_snapshot
from pulumi_daytona.core.operation import operation
from pulumi_daytona.core.record import organization_of
from pulumi_daytona.core.session import Session
from pulumi_daytona.plugin.naming import kind_of
from pulumi_daytona.plugin.protocol import provider_pb2
from pulumi_daytona.plugin.status import Code, RefusedError

Named = list[tuple[str, str]]
"""What there is: ids, each with its name."""

_PAGE: Final = 200


async def listed(
    session: Session, request: provider_pb2.ListRequest
) -> AsyncIterator[provider_pb2.ListResponse]:
    """Yield what there is of a kind of resource.

    Args:
        session: The session.
        request: The request; what the page before this one ended with is where this one begins.

    Raises:
        RefusedError: The kind can't be listed.
    """
    kind = kind_of(request.token)
    if kind not in LISTS:
        raise RefusedError(f"{kind} can't be listed; there is no look-up for all of them", Code.UNIMPLEMENTED)
    first = int(request.continuation_token) if request.continuation_token.isdigit() else 0
    found = (await there(session, kind))[: request.limit if request.limit > 0 else None]
    last = first + request.page_size if request.page_size > 0 else len(found)
    for id_, name in found[first:last]:
        yield provider_pb2.ListResponse(result=provider_pb2.ListResponse.Result(id=id_, name=name))
    if last < len(found):
        more = provider_pb2.ListResponse.Continuation(continuation_token=str(last))
        yield provider_pb2.ListResponse(continuation=more)


async def there(session: Session, kind: str) -> Named:
    """Return what there is of a kind.

    Raises:
        ProviderError: The API refused, or can't be reached.
    """
    async with operation(session, f"list {kind}"):
        return await LISTS[kind](session)


def _by_id(items: Iterable[Any], title: str = "name") -> Named:
    return [(str(item.id), str(getattr(item, title))) for item in items]


def _plain(ask: Callable[[AsyncDaytona], Awaitable[Iterable[Any]]]) -> Callable[[Session], Awaitable[Named]]:
    async def ask_all(session: Session) -> Named:
        return _by_id(await ask(session.client))

    return ask_all


async def _sandboxes(session: Session) -> Named:
    return [(one.id, one.name) async for one in session.client.list()]


async def _secrets(session: Session) -> Named:
    found: Named = []
    cursor: str | None = None
    while True:
        page = await session.client.secret.list(cursor=cursor, limit=_PAGE)
        found += _by_id(page.items)
        cursor = page.next_cursor
        if not cursor:
            return found


async def _keys(session: Session) -> Named:
    return [(key.name, key.name) for key in await session.client.api_keys.list()]


async def _members(session: Session) -> Named:
    members = await session.client.members.list(organization_of(session, None))
    return [(f"{one.organization_id}/{one.user_id}", one.email) for one in members]


async def _roles(session: Session) -> Named:
    return _by_id(await session.client.roles.list(organization_of(session, None)))


async def _invitations(session: Session) -> Named:
    return _by_id(await session.client.invitations.list(organization_of(session, None)), "email")


async def _providers(session: Session) -> Named:
    return _by_id(await session.client.identity_providers.list(organization_of(session, None)))


async def _taken(session: Session) -> Named:
    return _by_id(one for one in await every_snapshot(session.client, {}) if one.source_sandbox_id)


async def _pools(session: Session) -> Named:
    return _by_id(await session.client.warm_pool.list(), "snapshot")


LISTS: Final[dict[str, Callable[[Session], Awaitable[Named]]]] = {
    "AdminRunner": _plain(lambda client: client.admin.list_runners()),
    "ApiKey": _keys,
    "DockerRegistry": _plain(lambda client: client.docker_registries.list()),
    "IdentityProvider": _providers,
    "Organization": _plain(lambda client: client.organizations.list()),
    "OrganizationInvitation": _invitations,
    "OrganizationMember": _members,
    "OrganizationRole": _roles,
    "Region": _plain(lambda client: client.regions.list()),
    "Runner": _plain(lambda client: client.runners.list()),
    "Sandbox": _sandboxes,
    "SandboxSnapshot": _taken,
    "Secret": _secrets,
    "Snapshot": _plain(lambda client: every_snapshot(client, {})),
    "Volume": _plain(lambda client: client.volume.list()),
    "WarmPool": _pools,
}
"""How all of a kind are listed, those that the API lists."""
