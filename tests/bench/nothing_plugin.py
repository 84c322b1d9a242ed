"""A plugin that does nothing but wait for a second in each create and delete: the floor of the engine."""

from __future__ import annotations

import asyncio
import sys
from typing import Any

import grpc.aio
from google.protobuf.empty_pb2 import Empty
from pulumi.runtime.proto import plugin_pb2, provider_pb2, provider_pb2_grpc

SECONDS = 1.0
OUTPUTS = {f"output{number}": "a value of some length" for number in range(30)}
"""As many as a sandbox has: the engine writes its whole state after each step."""


class Nothing(provider_pb2_grpc.ResourceProviderServicer):
    """Take all that the engine says, and make nothing of it."""

    async def Handshake(self, request: Any, context: Any) -> provider_pb2.ProviderHandshakeResponse:
        """Agree."""
        return provider_pb2.ProviderHandshakeResponse(
            accept_secrets=True, accept_resources=True, accept_outputs=True
        )

    async def GetPluginInfo(self, request: Any, context: Any) -> plugin_pb2.PluginInfo:
        """Tell a version."""
        return plugin_pb2.PluginInfo(version="0.1.0")

    async def CheckConfig(self, request: Any, context: Any) -> provider_pb2.CheckResponse:
        """Take the configuration as it is."""
        return provider_pb2.CheckResponse(inputs=request.news)

    async def Configure(self, request: Any, context: Any) -> provider_pb2.ConfigureResponse:
        """Agree."""
        return provider_pb2.ConfigureResponse(
            acceptSecrets=True, acceptResources=True, acceptOutputs=True, supportsPreview=True
        )

    async def Check(self, request: Any, context: Any) -> provider_pb2.CheckResponse:
        """Take the inputs as they are."""
        return provider_pb2.CheckResponse(inputs=request.news)

    async def Diff(self, request: Any, context: Any) -> provider_pb2.DiffResponse:
        """See no difference."""
        return provider_pb2.DiffResponse(changes=provider_pb2.DiffResponse.DIFF_NONE)

    async def Create(self, request: Any, context: Any) -> provider_pb2.CreateResponse:
        """Wait."""
        await asyncio.sleep(SECONDS)
        request.properties.update(OUTPUTS)
        return provider_pb2.CreateResponse(id=request.urn, properties=request.properties)

    async def Delete(self, request: Any, context: Any) -> Empty:
        """Wait."""
        await asyncio.sleep(SECONDS)
        return Empty()

    async def Cancel(self, request: Any, context: Any) -> Empty:
        """Agree."""
        return Empty()


async def main() -> None:
    """Serve until the engine kills this process."""
    server = grpc.aio.server()
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(Nothing(), server)
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    await server.wait_for_termination()


if __name__ == "__main__":
    asyncio.run(main())
