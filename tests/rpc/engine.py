"""An engine as the plugin sees one: it asks over a real channel, and takes messages."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import grpc
import grpc.aio
from google.protobuf.any_pb2 import Any as Packed
from google.protobuf.empty_pb2 import Empty
from google.protobuf.message import Message
from pulumi_daytona.plugin.codec import decode, encode
from pulumi_daytona.plugin.protocol import (
    engine_pb2,
    engine_pb2_grpc,
    provider_pb2,
    provider_pb2_grpc,
    status_pb2,
)
from pulumi_daytona.plugin.servicer import Servicer

Properties = dict[str, Any]


class Listener(engine_pb2_grpc.EngineServicer):
    """Take the messages of plugins."""

    def __init__(self) -> None:
        self.messages: list[engine_pb2.LogRequest] = []

    async def Log(  # noqa: N802 - the protocol's name
        self, request: engine_pb2.LogRequest, context: Any
    ) -> Empty:
        self.messages.append(request)
        return Empty()

    def said(self, *, ephemeral: bool) -> list[str]:
        """Return what was said, to last or not."""
        return [each.message for each in self.messages if each.ephemeral is ephemeral]


@dataclass(frozen=True)
class Failed:
    """Hold an error of the plugin: its code, its line, and what else it says."""

    code: grpc.StatusCode
    text: str
    details: tuple[Message, ...] = ()


@dataclass
class Engine:
    """Ask a plugin, with plain values.

    `inputs` and `outputs` are those of the last answer, as they would be in the state.
    """

    stub: Any
    listener: Listener
    project: str = "urn:pulumi:dev::test"
    inputs: Properties = field(default_factory=dict)
    outputs: Properties = field(default_factory=dict)

    def urn(self, kind: str, name: str = "it") -> str:
        return f"{self.project}::daytona:index:{kind}::{name}"

    async def check(self, kind: str, news: Mapping[str, Any], **more: Any) -> Properties:
        """Check inputs, and return them in their normal form; the first failure fails."""
        answer = await self.checked(kind, news, **more)
        assert [] == [(each.property, each.reason) for each in answer.failures]
        return decode(answer.inputs)

    async def checked(
        self, kind: str, news: Mapping[str, Any], olds: Mapping[str, Any] | None = None, **more: Any
    ) -> provider_pb2.CheckResponse:
        request = provider_pb2.CheckRequest(
            urn=self.urn(kind), news=encode(news), olds=encode(olds) if olds is not None else None, **more
        )
        answer: provider_pb2.CheckResponse = await self.stub.Check(request)
        return answer

    async def failures(self, kind: str, news: Mapping[str, Any]) -> dict[str, str]:
        """Return why inputs can't be, by property."""
        return {each.property: each.reason for each in (await self.checked(kind, news)).failures}

    async def create(self, kind: str, news: Mapping[str, Any], name: str = "it", **more: Any) -> str:
        """Check and make a resource, and return its id."""
        self.inputs = await self.check(kind, news)
        request = provider_pb2.CreateRequest(urn=self.urn(kind, name), properties=encode(self.inputs), **more)
        answer = await self.stub.Create(request)
        self.outputs = decode(answer.properties)
        return str(answer.id)

    async def diff(self, kind: str, id_: str, news: Mapping[str, Any]) -> provider_pb2.DiffResponse:
        """Compare what was last made with new inputs."""
        answer: provider_pb2.DiffResponse = await self.stub.Diff(
            provider_pb2.DiffRequest(
                id=id_,
                urn=self.urn(kind),
                olds=encode(self.outputs),
                old_inputs=encode(self.inputs),
                news=encode(await self.check(kind, news, olds=self.inputs)),
            )
        )
        return answer

    async def update(self, kind: str, id_: str, news: Mapping[str, Any], **more: Any) -> Properties:
        """Change what was last made."""
        inputs = await self.check(kind, news, olds=self.inputs)
        request = provider_pb2.UpdateRequest(
            id=id_,
            urn=self.urn(kind),
            olds=encode(self.outputs),
            old_inputs=encode(self.inputs),
            news=encode(inputs),
            **more,
        )
        found = decode((await self.stub.Update(request)).properties)
        if not more.get("preview"):
            self.inputs, self.outputs = inputs, found
        return found

    async def read(self, kind: str, id_: str, *, known: bool = True) -> provider_pb2.ReadResponse:
        """Read what was last made, or what isn't known yet."""
        request = provider_pb2.ReadRequest(id=id_, urn=self.urn(kind))
        if known:
            request.properties.CopyFrom(encode(self.outputs))
            request.inputs.CopyFrom(encode(self.inputs))
        answer: provider_pb2.ReadResponse = await self.stub.Read(request)
        return answer

    async def delete(self, kind: str, id_: str, **more: Any) -> None:
        """Remove what was last made."""
        state = {"properties": encode(self.outputs), "old_inputs": encode(self.inputs)}
        await self.stub.Delete(provider_pb2.DeleteRequest(id=id_, urn=self.urn(kind), **{**state, **more}))

    async def invoke(self, name: str, **arguments: Any) -> Properties:
        """Look something up."""
        request = provider_pb2.InvokeRequest(tok=f"daytona:index:{name}", args=encode(arguments))
        answer = await self.stub.Invoke(request)
        assert [] == [(each.property, each.reason) for each in answer.failures]
        return decode(getattr(answer, "return"))

    async def configure(self, **settings: Any) -> provider_pb2.ConfigureResponse:
        """Configure the provider."""
        request = provider_pb2.ConfigureRequest(args=encode(settings))
        answer: provider_pb2.ConfigureResponse = await self.stub.Configure(request)
        return answer


@contextlib.contextmanager
def failing() -> Any:
    """Take the error of what is done inside: `with failing() as failed: ...; failed[0].code`."""
    found: list[Failed] = []
    try:
        yield found
    except grpc.aio.AioRpcError as error:
        found.append(failure_of(error))
    else:
        raise AssertionError("it went well")


def failure_of(error: grpc.aio.AioRpcError) -> Failed:
    """Read an error as the engine does, with the messages that are packed in it."""
    trailing = cast("Sequence[tuple[str, bytes]]", error.trailing_metadata())
    status = status_pb2.Status.FromString(dict(trailing).get("grpc-status-details-bin", b""))
    return Failed(error.code(), error.details() or "", tuple(map(_unpacked, status.details)))


def _unpacked(packed: Packed) -> Message:
    for kind in (provider_pb2.ErrorResourceInitFailed, provider_pb2.ConfigureErrorMissingKeys):
        message = kind()
        if packed.Unpack(message):
            return message
    raise AssertionError(packed.type_url)


@contextlib.asynccontextmanager
async def engine_of_servicer() -> AsyncIterator[Engine]:
    """Serve a plugin in this process, and an engine beside it, each over a channel of its own."""
    listener, servicer = Listener(), Servicer()
    async with (
        _served(listener, engine_pb2_grpc.add_EngineServicer_to_server) as here,
        _served(servicer, provider_pb2_grpc.add_ResourceProviderServicer_to_server) as there,
        grpc.aio.insecure_channel(there) as channel,
    ):
        engine = Engine(provider_pb2_grpc.ResourceProviderStub(channel), listener)
        await engine.stub.Handshake(provider_pb2.ProviderHandshakeRequest(engine_address=here))
        yield engine
        await servicer.close()


@contextlib.asynccontextmanager
async def _served(servicer: Any, add: Any) -> AsyncIterator[str]:
    server = grpc.aio.server()
    add(servicer, server)
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    yield f"127.0.0.1:{port}"
    await server.stop(None)
