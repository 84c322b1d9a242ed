"""Look over what the provider needs of Daytona: each finding says what is, and what to do about it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Final

from daytona_httpx import (
    ApiKeyList,
    DaytonaAuthenticationError,
    DaytonaError,
    DaytonaForbiddenError,
    DaytonaNotFoundError,
    ListSandboxesQuery,
)

from pulumi_daytona.core.doctor_finding import Finding, error, ok, warning
from pulumi_daytona.core.doctor_probe import Answer
from pulumi_daytona.core.doctor_quota import quota_findings
from pulumi_daytona.core.session import Session

SANDBOX_PERMISSIONS: Final = ("write:sandboxes", "delete:sandboxes")
VOLUME_PERMISSIONS: Final = ("read:volumes", "write:volumes", "delete:volumes")
SOON: Final = timedelta(days=7)
CLOCK_S: Final = 30.0

_REFUSED = (DaytonaAuthenticationError, DaytonaForbiddenError)


def reachability(answer: Answer) -> Finding:
    """Say that the API answers."""
    took = f"{answer.seconds * 1000:.0f} ms"
    return ok("reachability", f"{answer.url} answers in {took}, API version {answer.version}")


def clock(answer: Answer) -> Finding:
    """Compare the API's clock with this machine's."""
    ahead_s = answer.clock_ahead_s
    if ahead_s is None:
        return ok("clock", "not compared: the API doesn't tell its time")
    if abs(ahead_s) <= CLOCK_S:
        return ok("clock", f"within {max(1, round(abs(ahead_s)))} s of the API's")
    direction = "behind" if ahead_s > 0 else "ahead of"
    return warning(
        "clock",
        f"this machine's is {abs(ahead_s):.0f} s {direction} the API's",
        "set it by the network (NTP): expiry times and signed links go by it",
    )


async def account(session: Session, answer: Answer) -> AsyncIterator[Finding]:
    """Yield what the credentials reach: the key, the quota, the default snapshot and region.

    A key that isn't valid is tried once: the API shuts out an address that tries again and again.

    Args:
        session: The session.
        answer: What the API says of itself.
    """
    try:
        key = await _current_key(session)
    except _REFUSED as refused:
        yield error(
            "key", f"the API refuses it: {_words(refused)}", "make another in Daytona's dashboard, and set it"
        )
        return
    except DaytonaError as failure:
        yield error("key", f"can't be tried: {_words(failure)}", "run this again later")
        return
    yield _validity(key, answer.server_time)
    organization_id = session.settings.organization_id or (key.organization_id if key else None)
    for look in (
        _quota(session, organization_id),
        _snapshot(session, answer),
        _region(session, organization_id),
    ):
        async for finding in look:
            yield finding


async def default_region(session: Session, organization_id: str | None) -> str | None:
    """Return where an organization's sandboxes are made that name no region; None when it may not be seen.

    Args:
        session: The session.
        organization_id: The organization; None is the key's.

    Raises:
        DaytonaError: The API failed, or can't be reached.
    """
    try:
        known = organization_id or (await session.client.api_keys.get_current()).organization_id
        return (await session.client.organizations.get(known)).default_region_id if known else None
    except (*_REFUSED, DaytonaNotFoundError):
        return None


async def _current_key(session: Session) -> ApiKeyList | None:
    """Return what is known of the key; a token isn't told of, so it is only tried."""
    if session.settings.api_key:
        return await session.client.api_keys.get_current()
    async for _ in session.client.list(ListSandboxesQuery(limit=1)):
        break
    return None


def _validity(key: ApiKeyList | None, now: datetime) -> Finding:
    if key is None:
        return ok("key", "the token is valid")
    text = f'"{key.name}" is valid'
    missing = [name for name in SANDBOX_PERMISSIONS if name not in key.permissions]
    if missing:
        return error("key", f"{text}, but may not {', '.join(missing)}", "make a key that may")
    missing = [name for name in VOLUME_PERMISSIONS if name not in key.permissions]
    if missing:
        return warning("key", f"{text}, but may not {', '.join(missing)}", "volumes need a key that may")
    ends = moment(key.expires_at)
    if ends is not None and ends - now < SOON:
        return warning("key", f"{text} until {key.expires_at}", "make another before it ends")
    return ok(
        "key", f"{text}{f' until {key.expires_at}' if ends else ''}, and may change sandboxes and volumes"
    )


async def _quota(session: Session, organization_id: str | None) -> AsyncIterator[Finding]:
    try:
        for finding in await quota_findings(session, organization_id):
            yield finding
    except DaytonaError as failure:
        yield warning("quota", f"can't be read: {_words(failure)}", "run this again later")


async def _snapshot(session: Session, answer: Answer) -> AsyncIterator[Finding]:
    name = answer.default_snapshot
    if name is None:
        yield warning("default snapshot", "there is none", "give each sandbox a snapshot or an image")
        return
    try:
        snapshot = await session.client.snapshot.get(name)
    except DaytonaNotFoundError:
        yield warning("default snapshot", f"{name} isn't there", "give each sandbox a snapshot or an image")
    except DaytonaError as failure:
        yield warning("default snapshot", f"{name} can't be read: {_words(failure)}", "run this again later")
    else:
        if snapshot.state == "active":
            yield ok("default snapshot", name)
        else:
            yield warning("default snapshot", f"{name} is {snapshot.state}", "name another snapshot")


async def _region(session: Session, organization_id: str | None) -> AsyncIterator[Finding]:
    try:
        regions = {region.id: region.name for region in await session.client.regions.list()}
        region = session.settings.target or await default_region(session, organization_id)
    except DaytonaError as failure:
        yield warning("region", f"can't be read: {_words(failure)}", "run this again later")
        return
    known = f"available: {', '.join(sorted(regions))}" if regions else "none is available"
    if region is None:
        yield ok("region", f"the organization's default, which this key may not see; {known}")
    elif region in regions or region in regions.values():
        yield ok("region", f"{region}; {known}")
    else:
        yield error("region", f"{region} isn't available; {known}", "set DAYTONA_TARGET or daytona:target")


def moment(text: str | None) -> datetime | None:
    """Return a time of the API's; None when it is none, or tells no time zone."""
    try:
        found = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return found if found.tzinfo else None


def _words(failure: DaytonaError) -> str:
    return " ".join(str(failure.api_message or failure).split())
