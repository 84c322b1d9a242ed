"""Answer with an error: one line, with the code that says what is known of what was done; no traceback."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Final

import grpc
from google.protobuf.any_pb2 import Any as Packed
from google.protobuf.message import Message

from pulumi_daytona.plugin.operations import EndedError
from pulumi_daytona.plugin.protocol import provider_pb2, status_pb2

Code = grpc.StatusCode

CANCELLED: Final = "cancelled; run pulumi up again: it goes on from here"

_DETAILS: Final = "grpc-status-details-bin"
_CODES: Final = {
    "DaytonaValidationError": Code.INVALID_ARGUMENT,
    "DaytonaBadRequestError": Code.FAILED_PRECONDITION,
    "DaytonaAuthenticationError": Code.UNAUTHENTICATED,
    "DaytonaForbiddenError": Code.PERMISSION_DENIED,
    "DaytonaNotFoundError": Code.NOT_FOUND,
    "DaytonaConflictError": Code.ALREADY_EXISTS,
    "DaytonaRateLimitError": Code.RESOURCE_EXHAUSTED,
    "DaytonaTimeoutError": Code.DEADLINE_EXCEEDED,
    "DaytonaConnectionError": Code.UNAVAILABLE,
    "TimeoutError": Code.DEADLINE_EXCEEDED,
}
"""The codes, by the name of what the client raised: the client isn't imported for an answer without one."""

logger = logging.getLogger(__name__)


class RefusedError(Exception):
    """Say in one line why a request is refused.

    Args:
        text: The line.
        code: What is known of what was done: nothing was made, unless it is UNKNOWN.
        detail: A message of the protocol that says more.
    """

    def __init__(self, text: str, code: Code = Code.INVALID_ARGUMENT, detail: Message | None = None) -> None:
        super().__init__(text)
        self.code = code
        self.detail = detail


def unready(text: str, id_: str, properties: Message, inputs: Message | None = None) -> RefusedError:
    """Return that a resource was made, or changed, and isn't as it should be: the next update repairs it.

    Args:
        text: What happened.
        id_: Its id.
        properties: Its last state.
        inputs: Its inputs; those of the request where there are none here.
    """
    detail = provider_pb2.ErrorResourceInitFailed(id=id_, reasons=[text])
    detail.properties.CopyFrom(properties)  # type: ignore[arg-type]
    if inputs is not None:
        detail.inputs.CopyFrom(inputs)  # type: ignore[arg-type]
    return RefusedError(text, Code.UNKNOWN, detail)


async def abort(context: grpc.aio.ServicerContext[Message, Message], error: Exception) -> None:
    """End a request with an error."""
    refused = error if isinstance(error, RefusedError) else _refusal(error)
    trailing: tuple[tuple[str, bytes], ...] = ()
    if refused.detail is not None:
        packed = Packed()
        packed.Pack(refused.detail)
        status = status_pb2.Status(code=refused.code.value[0], message=str(refused), details=[packed])
        trailing = ((_DETAILS, status.SerializeToString()),)
    await context.abort(refused.code, str(refused), trailing_metadata=trailing)


def code_of(error: BaseException) -> Code:
    """Return the code of an expected error: what the API said is what it was raised for."""
    for cause in _causes(error):
        for kind in type(cause).__mro__:
            if kind.__name__ in _CODES:
                return _CODES[kind.__name__]
    return Code.FAILED_PRECONDITION


def _refusal(error: Exception) -> RefusedError:
    text = " ".join(str(error).split())
    if isinstance(error, EndedError):
        return RefusedError(CANCELLED, Code.CANCELLED)
    if any(kind.__name__ == "ProviderError" for kind in type(error).__mro__):
        return RefusedError(text, code_of(error))
    logger.debug("a defect", exc_info=error)
    name = type(error).__name__
    return RefusedError(
        f"{name}: {text}; this is a defect of pulumi-daytona, please report it", Code.INTERNAL
    )


def _causes(error: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__
