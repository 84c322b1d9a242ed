"""Unit tests of the program: mocks stand for the engine, so nothing is made and nothing is asked."""

from typing import Any

import pulumi
import pytest
from pulumi.runtime import mocks


class Engine(mocks.Mocks):
    """Give each resource an id, and keep the inputs that it was declared with."""

    def __init__(self) -> None:
        self.inputs: dict[str, dict[str, Any]] = {}

    def new_resource(self, args: mocks.MockResourceArgs) -> tuple[str, dict[str, Any]]:
        """Answer the declaration of a resource with an id and its own inputs as outputs."""
        self.inputs[args.name] = args.inputs
        return f"{args.name}-id", dict(args.inputs)

    def call(self, args: mocks.MockCallArgs) -> tuple[dict[str, Any], None]:
        """Answer a look-up; the program has none."""
        return {}, None


@pytest.fixture
def engine() -> Engine:
    made = Engine()
    pulumi.runtime.set_mocks(made, project="unit-tests", stack="test")
    return made


@pulumi.runtime.test  # type: ignore[untyped-decorator]
def test_each_sandbox_mounts_the_volume_of_its_team(engine: Engine) -> pulumi.Output[None]:
    from workspace import declare_workspace

    def check(ids: dict[str, str]) -> None:
        assert ids == {"0": "team-0-id", "1": "team-1-id"}
        for name in ("team-0", "team-1"):
            mounts = engine.inputs[name]["volumes"]
            assert mounts == [{"volume_id": "team-data-id", "mount_path": "/data"}]

    return declare_workspace("team", 2).pool.ids.apply(check)


@pulumi.runtime.test  # type: ignore[untyped-decorator]
def test_no_sandbox_is_public_and_each_stops_by_itself(engine: Engine) -> pulumi.Output[None]:
    from workspace import declare_workspace

    def check(ids: dict[str, str]) -> None:
        assert not engine.inputs["team-0"].get("public")
        assert engine.inputs["team-0"]["auto_stop_interval"] == 30

    return declare_workspace("team", 1).pool.ids.apply(check)
