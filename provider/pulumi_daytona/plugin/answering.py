"""Answer a request: what is raised becomes an error of one line, and what is logged is its resource's."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any, Protocol, TypeVar

import grpc.aio
from google.protobuf.message import Message

from pulumi_daytona.plugin.engine_log import resource_urn
from pulumi_daytona.plugin.status import abort


class Telling(Protocol):
    """Tell an engine what is going on."""

    async def told(self) -> None:
        """Return when the engine has all that was said to it."""


Context = grpc.aio.ServicerContext[Any, Any]
Self = TypeVar("Self", bound=Telling)
Request = TypeVar("Request", bound=Message)
Answer = TypeVar("Answer", bound=Message)


def answers(
    method: Callable[[Self, Request], Awaitable[Answer]],
) -> Callable[[Self, Request, Context], Awaitable[Answer]]:
    """Serve a method of the protocol; its messages are with the engine before its answer is."""

    @wraps(method)
    async def served(self: Self, request: Request, context: Context) -> Answer:
        resource_urn.set(getattr(request, "urn", ""))
        try:
            return await method(self, request)
        except Exception as error:
            await abort(context, error)
            raise  # abort has raised already
        finally:
            await self.told()

    return served
