"""Whatever is sent to an operation of the server's own OpenAPI document is answered, and meets no fault.

Every operation gets its requests in every run, and always the same: what is drawn follows from the operation.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from daytona_local import LocalDaytona, ManualClock
from daytona_local.settings import ORGANIZATION_ID
from hypothesis import HealthCheck, Phase, given, settings
from requests import RequestException, Session
from schemathesis import Case, openapi
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation

AnyCase = Case[Any]

KEY = "dtn_fuzz"
PATIENCE_S = 60
EXAMPLES = 2
HONEST = frozenset({501, 503})
"""What it doesn't implement, and what this machine lacks."""

LEFT_OUT = frozenset({"/api/socket.io"})
"""A websocket, which an ordinary request never opens; test_events.py has it."""

KNOWN = {"organizationId": ORGANIZATION_ID, "port": "8080", "interval": "5", "ttlMinutes": "5"}
"""Parameters of paths that lead to something: what is behind them is reached."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalDaytona]:
    """Return a server that has its control plane, and so its document."""
    folder = tmp_path_factory.mktemp("fuzz")
    with LocalDaytona(
        folder, api_key=KEY, transition_s=0, blocking_s=0, clock=ManualClock(), control=True
    ) as running:
        yield running


@pytest.fixture(scope="module")
def client(server: LocalDaytona) -> Iterator[httpx.Client]:
    """Return a client that is well-behaved."""
    headers = {"Authorization": f"Bearer {KEY}"}
    with httpx.Client(base_url=server.url, headers=headers, timeout=PATIENCE_S) as made:
        yield made


@pytest.fixture(scope="module")
def document(client: httpx.Client) -> dict[str, Any]:
    """Return what the server says of itself."""
    found: dict[str, Any] = client.get("/_local/openapi.json").json()
    return found


@dataclass
class Fuzz:
    """Send what is made up to a server, and keep what met a fault, or no answer."""

    client: httpx.Client
    faults: list[str] = field(default_factory=list)
    tried: set[str] = field(default_factory=set)
    sandbox: str = "none"
    session: Session = field(default_factory=Session)

    def send(self, case: AnyCase) -> None:
        """Send one case."""
        name = f"{case.method} {case.path}"
        self.tried.add(name)
        known = {**KNOWN, **dict.fromkeys(("sandboxId", "sandboxIdOrName"), self.running())}
        case.path_parameters.update({key: known[key] for key in case.path_parameters if key in known})
        key = {"Authorization": f"Bearer {KEY}"}
        try:
            answer = case.call(
                base_url=str(self.client.base_url), headers=key, timeout=PATIENCE_S, session=self.session
            )
        except RequestException as error:
            self.faults.append(f"{name} {case.body!r}: {error}"[:600])
            return
        if answer.status_code >= 500 and answer.status_code not in HONEST:
            self.faults.append(f"{name} {answer.request.url} {answer.request.body!r}: {answer.text}"[:600])

    def running(self) -> str:
        """Return a sandbox that runs: another one, where the last request has stopped or deleted it."""
        if "started" != self._state():
            self.sandbox = self.client.post("/api/sandbox", json={}).json()["id"]
        ends_at = time.monotonic() + PATIENCE_S
        while "started" != self._state():
            assert time.monotonic() < ends_at, "no sandbox starts any more"
            time.sleep(0.01)
        return self.sandbox

    def _state(self) -> str:
        return str(self.client.get(f"/api/sandbox/{self.sandbox}").json().get("state"))

    def try_out(self, operation: APIOperation[Any, Any, Any, Any]) -> None:
        """Send a few cases of an operation."""
        few = settings(
            max_examples=EXAMPLES,
            database=None,
            deadline=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        few(given(operation.as_strategy())(self.send))()


def test_the_document_has_the_operations_of_the_api_and_the_toolbox(document: dict[str, Any]) -> None:
    assert "3.0.3" == document["openapi"]
    assert {"get", "post"} <= document["paths"]["/api/sandbox"].keys()
    assert "post" in document["paths"]["/toolbox/{sandboxId}/process/execute"]


def test_no_request_to_any_operation_meets_a_fault_or_hangs(
    client: httpx.Client, document: dict[str, Any]
) -> None:
    fuzz = Fuzz(client)
    found = list(openapi.from_dict(document).get_all_operations())
    operations = [each.ok() for each in found if isinstance(each, Ok)]
    with fuzz.session:
        for operation in operations:
            if operation.path not in LEFT_OUT:
                fuzz.try_out(operation)
    assert [] == fuzz.faults
    known = {
        f"{method.upper()} {path}"
        for path, methods in document["paths"].items()
        for method in methods
        if path not in LEFT_OUT
    }
    assert known == fuzz.tried
