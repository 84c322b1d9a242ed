"""The engine's protocol, answered: each request goes to the module that knows, imported when it is needed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from google.protobuf.empty_pb2 import Empty

from pulumi_daytona.plugin.answering import Context, answers
from pulumi_daytona.plugin.engine_log import EngineHandler, EngineLog, install, uninstall
from pulumi_daytona.plugin.operations import Operations
from pulumi_daytona.plugin.protocol import plugin_pb2, provider_pb2, provider_pb2_grpc
from pulumi_daytona.plugin.status import Code, RefusedError, abort

if TYPE_CHECKING:
    from pulumi_daytona.core.session import Session
    from pulumi_daytona.plugin.applying import Applying

DISTRIBUTION = "pulumi-daytona"


class Servicer(provider_pb2_grpc.ResourceProviderServicer):
    """Serve one engine, with one configuration.

    Args:
        engine_address: Where the engine listens; None until it attaches.
    """

    def __init__(self, engine_address: str | None = None) -> None:
        self.engine_address = engine_address
        self._operations = Operations()
        self._session: Session | None = None
        self._log: EngineLog | None = None
        self._handler: EngineHandler | None = None

    async def told(self) -> None:
        """Return when the engine has all that was said to it."""
        if self._log:
            await self._log.flush()

    def cancel(self) -> None:
        """End what is going on; what was made stays known."""
        self._operations.cancel()

    async def close(self) -> None:
        """Hand over to the engine what was created, and tell it no more."""
        if self._session:
            await self._session.finish()
        await self._leave_log()

    @answers
    async def Handshake(
        self, request: provider_pb2.ProviderHandshakeRequest
    ) -> provider_pb2.ProviderHandshakeResponse:
        """Agree on what either side understands."""
        await self._join(request.engine_address)
        return provider_pb2.ProviderHandshakeResponse(
            accept_secrets=True,
            accept_resources=True,
            accept_outputs=True,
            supports_autonaming_configuration=True,
        )

    @answers
    async def Attach(self, request: plugin_pb2.PluginAttach) -> Empty:
        """Serve another engine from now on."""
        await self._join(request.address)
        return Empty()

    @answers
    async def GetPluginInfo(self, request: Empty) -> plugin_pb2.PluginInfo:
        """Tell the version."""
        from importlib.metadata import version

        return plugin_pb2.PluginInfo(version=version(DISTRIBUTION))

    @answers
    async def GetSchema(self, request: provider_pb2.GetSchemaRequest) -> provider_pb2.GetSchemaResponse:
        """Return the schema."""
        from importlib.resources import files

        text = files("pulumi_daytona.schema").joinpath("schema.json").read_text(encoding="utf-8")
        return provider_pb2.GetSchemaResponse(schema=text)

    @answers
    async def GetMapping(self, request: provider_pb2.GetMappingRequest) -> provider_pb2.GetMappingResponse:
        """Return no mapping: there is nothing to convert from."""
        return provider_pb2.GetMappingResponse()

    @answers
    async def GetMappings(self, request: provider_pb2.GetMappingsRequest) -> provider_pb2.GetMappingsResponse:
        """Return that there are no mappings."""
        return provider_pb2.GetMappingsResponse()

    @answers
    async def Parameterize(
        self, request: provider_pb2.ParameterizeRequest
    ) -> provider_pb2.ParameterizeResponse:
        """Refuse: there is one package."""
        raise RefusedError("daytona takes no parameters", Code.UNIMPLEMENTED)

    @answers
    async def CheckConfig(self, request: provider_pb2.CheckRequest) -> provider_pb2.CheckResponse:
        """Check a provider's inputs."""
        from pulumi_daytona.plugin.configuration import check_config

        return check_config(request)

    @answers
    async def DiffConfig(self, request: provider_pb2.DiffRequest) -> provider_pb2.DiffResponse:
        """Tell which inputs of a provider change."""
        from pulumi_daytona.plugin.configuration import diff_config

        return diff_config(request)

    @answers
    async def Configure(self, request: provider_pb2.ConfigureRequest) -> provider_pb2.ConfigureResponse:
        """Take the configuration; nothing is asked of Daytona yet."""
        from pulumi_daytona.core.session import Session
        from pulumi_daytona.plugin.configuration import settings_of

        settings, before = settings_of(request), self._session
        self._session, self._operations = Session(settings, self._engine_alive), Operations()
        if before:
            await before.finish()
        return provider_pb2.ConfigureResponse(
            acceptSecrets=True,
            acceptResources=True,
            acceptOutputs=True,
            supportsPreview=True,
            supports_autonaming_configuration=True,
        )

    @answers
    async def Check(self, request: provider_pb2.CheckRequest) -> provider_pb2.CheckResponse:
        """Bring a resource's inputs into their normal form, or say what can't be."""
        from pulumi_daytona.plugin.checking import check

        return await check(self._session, request)

    @answers
    async def Diff(self, request: provider_pb2.DiffRequest) -> provider_pb2.DiffResponse:
        """Say what changes, and whether it replaces."""
        from pulumi_daytona.plugin.differing import diff

        return await diff(self._connected(), request)

    @answers
    async def Create(self, request: provider_pb2.CreateRequest) -> provider_pb2.CreateResponse:
        """Make a resource, and return it when it is usable."""
        return await self._applying(request.urn, request.type).create(request)

    @answers
    async def Update(self, request: provider_pb2.UpdateRequest) -> provider_pb2.UpdateResponse:
        """Change what differs."""
        return await self._applying(request.urn, request.type).update(request)

    @answers
    async def Delete(self, request: provider_pb2.DeleteRequest) -> Empty:
        """Remove a resource, and return when it is gone."""
        return await self._applying(request.urn, request.type).delete(request)

    @answers
    async def Read(self, request: provider_pb2.ReadRequest) -> provider_pb2.ReadResponse:
        """Tell a resource as it is."""
        from pulumi_daytona.plugin.reading import read

        return await self._operations.run(read(self._connected(), request))

    @answers
    async def Invoke(self, request: provider_pb2.InvokeRequest) -> provider_pb2.InvokeResponse:
        """Look something up."""
        from pulumi_daytona.plugin.invoking import invoke

        return await self._operations.run(invoke(self._connected(), request))

    @answers
    async def Call(self, request: provider_pb2.CallRequest) -> provider_pb2.CallResponse:
        """Refuse: the look-ups are functions."""
        raise RefusedError(f"there is no method {request.tok}; look-ups are functions", Code.UNIMPLEMENTED)

    @answers
    async def Construct(self, request: provider_pb2.ConstructRequest) -> provider_pb2.ConstructResponse:
        """Refuse: the components are classes of Python."""
        raise RefusedError(f"there is no component {request.type}", Code.UNIMPLEMENTED)

    async def List(
        self, request: provider_pb2.ListRequest, context: Context
    ) -> AsyncIterator[provider_pb2.ListResponse]:
        """Name all resources of a kind."""
        from pulumi_daytona.plugin.listing import listed

        try:
            async for answer in listed(self._connected(), request):
                yield answer
        except Exception as error:
            await abort(context, error)

    @answers
    async def Cancel(self, request: Empty) -> Empty:
        """End all that is going on."""
        self.cancel()
        return Empty()

    def _connected(self) -> Session:
        if self._session is None:
            raise RefusedError("the provider is not configured; this is a defect of its host", Code.INTERNAL)
        return self._session

    def _applying(self, urn: str, token: str) -> Applying:
        from pulumi_daytona.plugin.applying import applying

        return applying(self._connected(), self._operations, self._log, urn, token)

    async def _join(self, address: str) -> None:
        """Tell the engine at an address what is going on."""
        if not address or (self._log and address == self.engine_address):
            return
        await self._leave_log()
        self.engine_address = address
        self._log = EngineLog(address)
        self._handler = install(self._log)

    async def _leave_log(self) -> None:
        if self._log and self._handler:
            uninstall(self._handler)
            await self._log.close()
            self._log = self._handler = None

    async def _engine_alive(self) -> bool:
        from pulumi_daytona.plugin.watchdog import listens

        return self.engine_address is None or await listens(self.engine_address)
