"""Whatever the server does, each verb of the native plugin is a success, or one clear line.

Of a create that fails either nothing is left, or the engine has been told what is: then the update that it
asks for next repairs it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from daytona_httpx import Daytona, DaytonaConfig
from daytona_local import LocalDaytona

from tests.engine.control import Control
from tests.engine.plugin_process import Plugin, UnreadyError
from tests.engine.provider_process import VerbError, never
from tests.engine.verbs import CHANGED, FAULTS, INPUTS, OWNER, PASSES, remove_all, there

pytestmark = pytest.mark.engine

LIVES = [
    ("Sandbox", 0),
    ("Sandbox", 1),
    ("Sandbox", 2),
    ("Snapshot", 1),
    ("Snapshot", 2),
    ("Volume", 2),
]
"""The kinds, and which request of each verb fails."""


class Resource:
    """Do with one resource what the engine does, by a plugin's process.

    Args:
        plugin: The plugin.
        kind: The resource's type name.
    """

    def __init__(self, plugin: Plugin, kind: str) -> None:
        self.plugin = plugin
        self.kind = kind
        self.given = {"owner": OWNER.format(kind=kind), "create_timeout": 20, **INPUTS[kind]}
        self.id = ""
        self.state: Mapping[str, Any] = {}

    def failure(self, verb: str) -> str:
        """Run a verb; return the one line that says why it failed, nothing when it is a success."""
        try:
            getattr(self, verb)()
            return ""
        except VerbError as error:
            said = str(error)
        assert said.split(maxsplit=2)[1] == self.kind.lower()
        assert "\n" not in said
        return said

    def create(self) -> None:
        """Create it, and keep what the engine would keep; also of one that isn't ready."""
        inputs = self._checked(self.given)
        try:
            made = self.plugin.call("create", inputs)
        except UnreadyError as error:
            self.id, self.state = error.id, self.plugin.kept(inputs, error.outputs)
            raise
        self.id, self.state = made.id, made.outs

    def repair(self) -> None:
        """Update it to what it should have been."""
        inputs = self._checked(self.given)
        self.state = self.plugin.call("update", self.id, self.state, inputs).outs

    def read(self) -> None:
        """Read it; it is there."""
        assert self.id == self.plugin.call("read", self.id, self.state).id

    def update(self) -> None:
        """Change what of its kind can be changed here."""
        inputs = self._checked({**self.given, **CHANGED[self.kind]})
        self.state = self.plugin.call("update", self.id, self.state, inputs).outs

    def delete(self) -> None:
        """Delete it."""
        self.plugin.call("delete", self.id, self.state)

    def _checked(self, given: Mapping[str, Any]) -> Any:
        return self.plugin.call("check", {}, given).inputs


@pytest.fixture(scope="module")
def server() -> Iterator[LocalDaytona]:
    with LocalDaytona(control=True, runtime="process", transition_s=0.01) as running:
        yield running


@pytest.fixture(scope="module")
def control(server: LocalDaytona) -> Iterator[Control]:
    made = Control(server)
    yield made
    made.close()


@pytest.fixture(scope="module")
def client(server: LocalDaytona) -> Iterator[Daytona]:
    with Daytona(DaytonaConfig(api_url=server.api_url, api_key=server.api_key)) as made:
        yield made


@pytest.fixture
def resource(server: LocalDaytona, client: Daytona, control: Control, kind: str) -> Iterator[Resource]:
    control.clear()
    where = {"DAYTONA_API_URL": server.api_url, "DAYTONA_API_KEY": server.api_key}
    plugin = Plugin(kind, where, never, "")
    yield Resource(plugin, kind)
    plugin.kill()
    control.clear()
    remove_all(client)


@pytest.mark.parametrize(("kind", "number"), LIVES)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_life_in_which_one_request_of_every_verb_fails(
    resource: Resource, client: Daytona, control: Control, fault: str, number: int
) -> None:
    for verb in ("create", "read", "update", "delete"):
        control.fault(skip=number, **FAULTS[fault])
        failure = resource.failure(verb)
        control.clear()
        assert not failure or fault not in PASSES, failure
        if failure:
            assert verb != "create" or there(client) == ([resource.id] if resource.id else [])
            is_made = verb == "create" and resource.id
            assert "" == resource.failure("repair" if is_made else verb)
        assert there(client) == ([] if verb == "delete" else [resource.id])
