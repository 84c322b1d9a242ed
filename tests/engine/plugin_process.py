"""The native plugin's process without an engine: the same interface as the dynamic provider's, over gRPC."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
from collections.abc import Callable, Mapping
from multiprocessing.connection import Connection
from types import SimpleNamespace
from typing import Any

import grpc
from pulumi_daytona.core.ownership import resource_name
from pulumi_daytona.plugin.codec import decode, encode
from pulumi_daytona.plugin.main import main
from pulumi_daytona.plugin.protocol import provider_pb2, provider_pb2_grpc, status_pb2
from pulumi_daytona.plugin.wire import input_types, to_wire

from tests.engine.provider_process import KilledError, VerbError

_POLL_S = 0.005
_LIMIT_S = 60

_forking = multiprocessing.get_context("forkserver")


class UnreadyError(VerbError):
    """The plugin said that a verb failed, and what there is all the same.

    Args:
        text: Why it failed.
        id_: The id of what there is.
        outputs: Its outputs.
    """

    def __init__(self, text: str, id_: str, outputs: dict[str, Any]) -> None:
        super().__init__(text)
        self.id = id_
        self.outputs = outputs


class Plugin:
    """Run one plugin's process.

    What is handed out as a state holds the URN, the inputs and the outputs, as the engine keeps them.

    Args:
        kind: The kind of resource, for example ``Sandbox``.
        environment: Where Daytona is, and the key.
        doomed: Tells whether to kill the process now; asked all the time while it works.
        unanswered: The verb whose answer never comes: the process is killed before it is taken.
    """

    def __init__(
        self, kind: str, environment: Mapping[str, str], doomed: Callable[[], bool], unanswered: str
    ) -> None:
        self._kind = kind
        self._doomed = doomed
        self._unanswered = unanswered
        self._urn = ""
        pipe, theirs = _forking.Pipe()
        self._process = _forking.Process(target=_serve, args=(theirs, dict(environment)))
        self._process.start()
        theirs.close()
        with open(os.dup(pipe.fileno())) as said:
            self._channel = grpc.insecure_channel(f"127.0.0.1:{int(said.readline())}")
        pipe.close()
        self._stub = provider_pb2_grpc.ResourceProviderStub(self._channel)
        self._ask("Configure", provider_pb2.ConfigureRequest())

    def call(self, verb: str, *arguments: Any) -> Any:
        """Ask for a verb as of ``Hosted``, and return its answer.

        Raises:
            KilledError: It was killed meanwhile.
            VerbError: It failed.
        """
        answer = getattr(self, f"_{verb}")(*arguments)
        if verb == self._unanswered:
            raise KilledError
        return answer

    def end(self) -> None:
        """End the process in good order, as the engine does after its last step."""
        assert self._process.pid
        os.kill(self._process.pid, signal.SIGINT)
        self._watch(lambda: self._join(_POLL_S))
        assert 0 == self._process.exitcode

    def kill(self) -> None:
        """Kill the process, which learns nothing of it."""
        self._process.kill()
        self._process.join(_LIMIT_S)
        self._channel.close()

    def _check(self, olds: Mapping[str, Any], news: Mapping[str, Any]) -> Any:
        self._urn = f"urn:pulumi:dev::test::daytona:index:{self._kind}::{resource_name(news['owner'])}"
        given = {name: value for name, value in news.items() if name != "owner"}
        request = provider_pb2.CheckRequest(
            urn=self._urn, news=encode(to_wire(given, input_types(self._kind)))
        )
        if olds:
            request.olds.CopyFrom(encode(olds))
        answer = self._ask("Check", request)
        assert [] == [*answer.failures]
        return SimpleNamespace(inputs=decode(answer.inputs))

    def _diff(self, id_: str, state: Mapping[str, Any], news: Mapping[str, Any]) -> Any:
        request = provider_pb2.DiffRequest(id=id_, news=encode(news), **_kept(state, "olds"))
        answer = self._ask("Diff", request)
        return SimpleNamespace(
            changes=answer.changes == provider_pb2.DiffResponse.DIFF_SOME,
            replaces=[*answer.replaces],
            delete_before_replace=answer.deleteBeforeReplace,
        )

    def _create(self, news: Mapping[str, Any]) -> Any:
        answer = self._ask("Create", provider_pb2.CreateRequest(urn=self._urn, properties=encode(news)))
        return SimpleNamespace(id=answer.id, outs=self._state(news, answer))

    def _update(self, id_: str, state: Mapping[str, Any], news: Mapping[str, Any]) -> Any:
        request = provider_pb2.UpdateRequest(id=id_, news=encode(news), **_kept(state, "olds"))
        return SimpleNamespace(outs=self._state(news, self._ask("Update", request)))

    def _delete(self, id_: str, state: Mapping[str, Any]) -> None:
        self._ask("Delete", provider_pb2.DeleteRequest(id=id_, **_kept(state, "properties")))

    def _read(self, id_: str, state: Mapping[str, Any]) -> Any:
        outputs, inputs = encode(state["outputs"]), encode(state["inputs"])
        request = provider_pb2.ReadRequest(id=id_, urn=state["urn"], properties=outputs, inputs=inputs)
        answer = self._ask("Read", request)
        return SimpleNamespace(id=answer.id)

    def _state(self, inputs: Mapping[str, Any], answer: Any) -> dict[str, Any]:
        return self.kept(inputs, decode(answer.properties))

    def kept(self, inputs: Mapping[str, Any], outputs: Mapping[str, Any]) -> dict[str, Any]:
        """Return what the engine keeps of what was checked last."""
        return {"urn": self._urn, "inputs": inputs, "outputs": outputs}

    def _ask(self, method: str, request: Any) -> Any:
        asked = getattr(self._stub, method).future(request, wait_for_ready=True)
        self._watch(lambda: _is_done(asked))
        if asked.exception() is not None:
            raise _failure(asked)
        return asked.result()

    def _join(self, seconds: float) -> bool:
        self._process.join(seconds)
        return self._process.exitcode is not None

    def _watch(self, done: Callable[[], object]) -> None:
        while not done():
            if self._doomed():
                raise KilledError


def _is_done(asked: Any) -> bool:
    """Tell whether an answer is there, and wait a little for it."""
    with contextlib.suppress(grpc.FutureTimeoutError, grpc.RpcError):
        asked.result(timeout=_POLL_S)
    return bool(asked.done())


def _failure(asked: Any) -> VerbError:
    """Return why an answer is none, with what there is all the same."""
    found = dict(asked.trailing_metadata() or ()).get("grpc-status-details-bin", b"")
    for detail in status_pb2.Status.FromString(found).details:
        unready = provider_pb2.ErrorResourceInitFailed()
        if detail.Unpack(unready):
            return UnreadyError(asked.details(), unready.id, decode(unready.properties))
    return VerbError(asked.details())


def _kept(state: Mapping[str, Any], outputs: str) -> dict[str, Any]:
    kept = {outputs: encode(state["outputs"]), "old_inputs": encode(state["inputs"])}
    return {"urn": state["urn"], **kept}


def _serve(pipe: Connection, environment: dict[str, str]) -> None:
    os.environ.update(environment)
    os.dup2(pipe.fileno(), 1)  # where the plugin says its port
    pipe.close()
    os._exit(main([]))  # nothing of the server that forked is to be ended
