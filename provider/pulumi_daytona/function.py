"""Look things up in Pulumi programs: in the program's own process, with the stack's configuration."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from functools import cache
from typing import Any, TypeVar

import pulumi
from pulumi.runtime.mocks import MockMonitor
from pulumi.runtime.settings import get_monitor
from pydantic import TypeAdapter

from pulumi_daytona.core.errors import ProviderError
from pulumi_daytona.core.functions import find
from pulumi_daytona.core.functions.answer import Answer, answer
from pulumi_daytona.core.functions.look_up import LookUp
from pulumi_daytona.core.session import Session
from pulumi_daytona.core.settings import Settings, read_settings
from pulumi_daytona.functions.results.previews import PreviewUrlResult
from pulumi_daytona.mocked import mocked
from pulumi_daytona.types import PreviewLink

Result = TypeVar("Result")
Given = Mapping[str, Any]


class LookUpError(ProviderError, pulumi.RunError):
    """Say in one line why a look-up failed; Pulumi shows it without the program's traceback."""


def look_up(result: type[Result], path: str, given: Given) -> Result:
    """Look something up at once.

    Args:
        result: What comes back.
        path: The look-up's topic and name.
        given: Its arguments; those that are None are left out.

    Raises:
        LookUpError: An argument can't be, the API refused, or it can't be reached.
    """
    return _typed(result, _asked(path, given).result())


def look_up_output(result: type[Result], path: str, given: Given) -> pulumi.Output[Result]:
    """Look something up as soon as all arguments are known; until then the output is unknown.

    Args:
        result: What comes back; the output is a secret when there is one in it.
        path: The look-up's topic and name.
        given: Its arguments; those that are None are left out.
    """

    def ask(known: Given) -> Awaitable[Answer]:
        return asyncio.wrap_future(_asked(path, known))

    def shown(found: Answer) -> pulumi.Output[Result]:
        value = _typed(result, found)
        return pulumi.Output.secret(value) if found.secret else pulumi.Output.from_input(value)

    found: pulumi.Output[Answer] = pulumi.Output.from_input({**given}).apply(ask)
    return found.apply(shown)


def preview_link(sandbox_id: pulumi.Output[str], port: int) -> PreviewLink:
    """Return the link to a port of a sandbox; while the sandbox is only planned, it is unknown."""
    given = {"sandbox": sandbox_id, "port": port}
    link = look_up_output(PreviewUrlResult, "previews.get_preview_url", given)
    # The token makes all of the answer a secret; without it the address is none.
    return PreviewLink(
        url=pulumi.Output.unsecret(link.apply(lambda found: found.url)),
        token=pulumi.Output.secret(link.apply(lambda found: found.token)),
    )


def _asked(path: str, given: Given) -> Future[Answer]:
    """Begin to look something up; in a unit test of a program the mocks answer at once."""
    kind, known = find(path), {name: value for name, value in given.items() if value is not None}
    with _in_one_line():
        monitor = get_monitor()
        if not isinstance(monitor, MockMonitor):
            return _session().submit(_answered(_session(), kind, known))
        done: Future[Answer] = Future()
        done.set_result(mocked(monitor.mocks, kind, known))
        return done


async def _answered(session: Session, kind: LookUp[Any], given: Given) -> Answer:
    with _in_one_line():
        return await answer(session, kind, given)


@contextmanager
def _in_one_line() -> Iterator[None]:
    try:
        yield
    except ProviderError as error:
        raise LookUpError(str(error)) from None


def _typed(result: type[Result], found: Answer) -> Result:
    return TypeAdapter(result).validate_python(found.value)


def _session() -> Session:
    """Return the process's session with the stack's configuration; one process may run several stacks."""
    config = pulumi.Config("daytona")
    settings = read_settings(lambda key: config.get(key.removeprefix("daytona:")), os.environ)
    return _session_with(settings)


@cache
def _session_with(settings: Settings) -> Session:
    return Session(settings)
