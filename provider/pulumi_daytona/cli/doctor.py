"""`pulumi-daytona doctor`: look over all that a stack with Daytona resources needs."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping

from daytona_httpx import DaytonaError
from daytona_httpx.config import DEFAULT_API_URL, URL_NAMES
from rich.text import Text

from pulumi_daytona.cli import output, surroundings
from pulumi_daytona.cli.connection import Connection, connection, stack_config
from pulumi_daytona.cli.engine import Engine, find_engine
from pulumi_daytona.core import doctor as examination
from pulumi_daytona.core.doctor_finding import Finding, Status, error, ok
from pulumi_daytona.core.doctor_probe import Answer, probe
from pulumi_daytona.core.errors import ProviderError
from pulumi_daytona.core.session import Session
from pulumi_daytona.core.settings import Settings

_STYLES = {Status.OK: "green", Status.WARNING: "yellow", Status.ERROR: "bold red"}
_ADVICE_INDENT = " " * 10


def run(stack: str | None, *, as_json: bool) -> int:
    """Look over everything, and return the exit status."""
    findings = []
    coming = _findings(stack)
    while finding := _next(coming):
        findings.append(finding)
        if not as_json:
            _show(finding)
    wrong = any(finding.status is Status.ERROR for finding in findings)
    if as_json:
        output.print_json({"ok": not wrong, "findings": [vars(finding) for finding in findings]})
    return output.FAILED if wrong else output.DONE


def _next(coming: Iterator[Finding]) -> Finding | None:
    with output.working("Looking"):
        return next(coming, None)


def _findings(stack: str | None) -> Iterator[Finding]:
    engine = find_engine()
    yield from surroundings.versions()
    yield from surroundings.engine_findings(engine)
    yield surroundings.host_finding()
    yield from _connection_findings(engine, stack)


def _connection_findings(engine: Engine | None, stack: str | None) -> Iterator[Finding]:
    config: Mapping[str, str] = {}
    name: str | None = None
    try:
        config, name = stack_config(engine, stack)
    except ProviderError as reason:
        yield error("configuration", str(reason), "the environment is looked at instead")
    try:
        found = connection(config, name, os.environ)
    except ProviderError as reason:
        detail, _, advice = str(reason).partition("; ")
        yield error("credentials", detail, advice)
        yield from _without_key(config)
        return
    yield _credentials(found.sources)
    yield from _with_key(found)


def _credentials(sources: Settings) -> Finding:
    kind, source = ("API key", sources.api_key) if sources.api_key else ("token", sources.jwt_token)
    others = {"URL": sources.api_url, "organization": sources.organization_id, "region": sources.target}
    named = [f"{what} from {where}" for what, where in others.items() if where]
    return ok("credentials", "; ".join([f"{kind} from {source}", *named]))


def _without_key(config: Mapping[str, str]) -> Iterator[Finding]:
    """Find out whether the API can be reached at all; that takes no key."""
    places = [config.get("daytona:apiUrl"), *map(os.environ.get, URL_NAMES), DEFAULT_API_URL]
    session = Session(Settings())
    try:
        _, findings = _reached(session, str(next(filter(None, places))).rstrip("/"))
        yield from findings
    finally:
        session.close()


def _with_key(found: Connection) -> Iterator[Finding]:
    session = Session(found.settings)
    try:
        answer, findings = _reached(session, session.client.api_url)
        yield from findings
        if answer is not None:
            yield from session.run(_collect(session, answer))
    except DaytonaError as reason:
        yield error("credentials", str(reason), "correct them")
    finally:
        session.close()


def _reached(session: Session, url: str) -> tuple[Answer | None, list[Finding]]:
    try:
        answer = session.run(probe(url))
    except ProviderError as reason:
        detail, _, advice = str(reason).partition("; ")
        return None, [error("reachability", detail, advice)]
    return answer, [examination.reachability(answer), examination.clock(answer)]


async def _collect(session: Session, answer: Answer) -> list[Finding]:
    return [finding async for finding in examination.account(session, answer)]


def _show(finding: Finding) -> None:
    line = Text(f"{finding.status:<10}", _STYLES[finding.status])
    line.append(output.clean(f"{finding.check}: {finding.detail}"), "default")
    console = output.console()
    console.print(line, soft_wrap=True)
    if finding.advice:
        console.print(Text(_ADVICE_INDENT + output.clean(finding.advice)), soft_wrap=True)
