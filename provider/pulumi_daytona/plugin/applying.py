"""Create, Update and Delete: make what the engine has decided, or say what it would come to."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar, Final, TypeVar

from google.protobuf.empty_pb2 import Empty
from google.protobuf.struct_pb2 import Struct

from pulumi_daytona.core.definition import Definition, Live, State
from pulumi_daytona.core.errors import ProviderError
from pulumi_daytona.core.models import ResourceInputs
from pulumi_daytona.core.operation import limit
from pulumi_daytona.core.ownership import owner_of
from pulumi_daytona.core.progress import Progress, heard_by
from pulumi_daytona.core.resources import definition_of
from pulumi_daytona.core.session import Session
from pulumi_daytona.plugin.engine_log import EngineLog
from pulumi_daytona.plugin.kept import Given, outputs_of, state_of
from pulumi_daytona.plugin.naming import kind_of
from pulumi_daytona.plugin.operations import EndedError, Operations
from pulumi_daytona.plugin.predicted import created, updated
from pulumi_daytona.plugin.protocol import provider_pb2
from pulumi_daytona.plugin.status import CANCELLED, Code, RefusedError, code_of, unready
from pulumi_daytona.plugin.wire import from_wire, in_wire_words, input_types, names_of

T = TypeVar("T")

_LAST_LOOK_S: Final = 5.0


class Told(Progress):
    """Pass on what an operation tells to the engine, and keep what it has made.

    Args:
        log: The engine's log; None where there is no engine to tell.
    """

    listens: ClassVar[bool] = True
    keeps_unready: ClassVar[bool] = True

    def __init__(self, log: EngineLog | None) -> None:
        self._log = log
        self.live: Live | None = None

    def status(self, text: str) -> None:
        """Show it in the resource's line."""
        if self._log:
            self._log.status(text)

    def log(self, text: str) -> None:
        """Show it below the resource."""
        if self._log:
            self._log.log(text)

    def made(self, live: Live) -> None:
        """Keep it: should the rest fail, the engine learns of it."""
        self.live = live


@dataclass(frozen=True)
class Applying:
    """Carry out what the engine has decided for one resource.

    Args:
        session: The session.
        operations: What is going on.
        log: The engine's log.
        urn: The resource's URN.
        kind: The kind of resource.
    """

    session: Session
    operations: Operations
    log: EngineLog | None
    urn: str
    kind: str

    @property
    def definition(self) -> Definition[Any]:
        """Return the definition of the kind."""
        return definition_of(self.kind)

    async def create(self, request: provider_pb2.CreateRequest) -> provider_pb2.CreateResponse:
        """Make a resource, and return it when it is usable.

        Raises:
            RefusedError: Nothing was made, or what was made is not usable: then its id is in the answer.
        """
        news = Given.of(request.properties)
        if request.preview:
            return provider_pb2.CreateResponse(properties=created(self.kind, news))
        inputs = self._inputs(news)
        told, timed = Told(self.log), self._timed("create", inputs, request.timeout)
        try:
            making = partial(self.definition.verbs.create, self.session, timed)
            live = await self._run("create", told, making, request.timeout)
        except (ProviderError, EndedError) as error:
            raise await self._unready(error, told, inputs, news) from None
        return provider_pb2.CreateResponse(
            id=live.id, properties=outputs_of(self.kind, inputs.plain(), live, news.secrets)
        )

    async def update(self, request: provider_pb2.UpdateRequest) -> provider_pb2.UpdateResponse:
        """Change what differs.

        Raises:
            RefusedError: Not all of it could be done; it can be repeated.
        """
        self.session.in_state.add(request.id)
        olds, news = Given.of(request.olds), Given.of(request.news)
        state = state_of(self.kind, olds, Given.of(request.old_inputs))
        if request.preview:
            return provider_pb2.UpdateResponse(properties=updated(self.kind, state, news))
        inputs = self._inputs(news)
        timed = self._timed("update", inputs, request.timeout)
        try:
            changing = partial(self.definition.verbs.update, self.session, request.id, state, timed)
            live = await self._run("update", Told(self.log), changing, request.timeout)
        except (ProviderError, EndedError) as error:
            raise await self._broken(error, request.id, inputs, news) from None
        return provider_pb2.UpdateResponse(
            properties=outputs_of(self.kind, inputs.plain(), live, news.secrets)
        )

    async def delete(self, request: provider_pb2.DeleteRequest) -> Empty:
        """Remove a resource, and return when it is gone; one that is gone already is a success.

        Raises:
            RefusedError: It may still be there.
        """
        self.session.in_state.add(request.id)
        state = state_of(self.kind, Given.of(request.properties), Given.of(request.old_inputs))
        for name in self._limits("delete", request.timeout):
            state[name] = request.timeout
        try:
            removing = partial(self.definition.verbs.delete, self.session, request.id, state)
            await self._run("delete", Told(self.log), removing, request.timeout)
        except (ProviderError, EndedError) as error:
            raise self._refused(error) from None
        return Empty()

    def _inputs(self, news: Given) -> ResourceInputs:
        """Return the inputs with who the resource is, which programs of the plugin don't say."""
        given = from_wire(news.properties, input_types(self.kind))
        made: ResourceInputs = self.definition.inputs.model_validate(
            {**given, "owner": owner_of("", self.urn)}
        )
        return made

    def _limits(self, verb: str, timeout_s: float) -> list[str]:
        """Return the inputs that limit the time of a verb, where the program's customTimeouts do."""
        fields = self.definition.inputs.model_fields
        return [name for name in (f"{verb}_timeout", "timeout") if timeout_s and name in fields][:1]

    def _timed(self, verb: str, inputs: ResourceInputs, timeout_s: float) -> ResourceInputs:
        limits = dict.fromkeys(self._limits(verb, timeout_s), timeout_s)
        return inputs.model_copy(update=limits) if limits else inputs

    async def _run(
        self, verb: str, told: Told, do: Callable[[], Coroutine[Any, Any, T]], timeout_s: float
    ) -> T:
        """Run a verb; one that limits its time by an input does so by the program's customTimeouts."""
        limits = self._limits(verb, timeout_s)
        with heard_by(told):
            try:
                return await self.operations.run(_within(do, 0.0 if limits else timeout_s))
            except TimeoutError:
                text = f"{verb} {self.kind}: not done within {timeout_s:g} s; raise customTimeouts.{verb}"
                raise ProviderError(text) from None
            except ProviderError as error:
                if not limits:
                    raise
                text = str(error).replace(f"raise {limits[0]}", f"raise customTimeouts.{verb}")
                raise ProviderError(text) from error

    def _refused(self, error: ProviderError | EndedError) -> RefusedError:
        if isinstance(error, EndedError):
            return RefusedError(CANCELLED, Code.CANCELLED)
        return RefusedError(self._words(error), code_of(error))

    def _words(self, error: ProviderError | EndedError) -> str:
        if isinstance(error, EndedError):
            return CANCELLED
        return in_wire_words(" ".join(str(error).split()), names_of(self.kind))

    async def _unready(
        self, error: ProviderError | EndedError, told: Told, inputs: ResourceInputs, news: Given
    ) -> RefusedError:
        """Return the failure of a create with what it has made, if it has made something."""
        live = told.live and await self._now(told.live, inputs)
        if live is None:
            return self._refused(error)
        properties: Struct = outputs_of(self.kind, inputs.plain(), live, news.secrets)
        return unready(self._words(error), live.id, properties)

    async def _broken(
        self, error: ProviderError | EndedError, id_: str, inputs: ResourceInputs, news: Given
    ) -> RefusedError:
        """Return the failure of an update, with the resource where it has failed itself: that is replaced."""
        live = await self._now(Live(id_, {}), inputs)
        if live is None or not self.definition.faults({**live.attributes}):
            return self._refused(error)
        return unready(self._words(error), id_, outputs_of(self.kind, inputs.plain(), live, news.secrets))

    async def _now(self, made: Live, inputs: ResourceInputs) -> Live | None:
        """Return what was made as it is now; as it was, where that can't be read."""
        state: State = {**inputs.plain(), **made.attributes}
        try:
            async with asyncio.timeout(_LAST_LOOK_S):
                return await self.definition.verbs.read(self.session, made.id, state)
        except (ProviderError, TimeoutError):
            return made


async def _within(do: Callable[[], Coroutine[Any, Any, T]], timeout_s: float) -> T:
    async with asyncio.timeout(limit(timeout_s, 0)):
        return await do()


def applying(
    session: Session, operations: Operations, log: EngineLog | None, urn: str, token: str
) -> Applying:
    """Return what carries out the engine's decisions for a resource.

    Args:
        session: The session.
        operations: What is going on.
        log: The engine's log.
        urn: The resource's URN.
        token: Its type, where the engine says it.
    """
    return Applying(session, operations, log, urn, kind_of(token or urn))
