"""What the engine's display is told while something is going on."""

from __future__ import annotations

import logging

from daytona_httpx import AsyncDaytona
from daytona_local.settings import DEFAULT_SNAPSHOT
from pulumi_daytona.plugin.protocol import engine_pb2

from tests.rpc.engine import Engine


async def test_a_sandbox_s_line_says_what_it_is_doing(engine: Engine, client: AsyncDaytona) -> None:
    id_ = await engine.create("Sandbox", {"state": "archived"})
    said = engine.listener.said(ephemeral=True)
    assert ["sandbox is creating", "sandbox is archiving"] == [said[0], said[-1]]
    assert {engine.urn("Sandbox")} == {each.urn for each in engine.listener.messages}
    await engine.delete("Sandbox", id_)


async def test_a_build_s_log_comes_line_by_line_and_stays(engine: Engine, client: AsyncDaytona) -> None:
    dockerfile = f"FROM {DEFAULT_SNAPSHOT}\nRUN echo built here\n"
    id_ = await engine.create("Sandbox", {"dockerfile": dockerfile})
    log = engine.listener.said(ephemeral=False)
    assert any("built here" in line for line in log), log
    assert not any("\n" in line for line in log)
    building = {"sandbox is pending build", "sandbox is building snapshot"}
    assert engine.listener.said(ephemeral=True)[0] in building
    await engine.delete("Sandbox", id_)


async def test_a_snapshot_s_build_is_told_too(engine: Engine) -> None:
    dockerfile = f"FROM {DEFAULT_SNAPSHOT}\nRUN echo built for all\n"
    id_ = await engine.create("Snapshot", {"dockerfile": dockerfile})
    assert any("built for all" in line for line in engine.listener.said(ephemeral=False))
    await engine.delete("Snapshot", id_)


async def test_a_volume_s_state_is_told(engine: Engine) -> None:
    id_ = await engine.create("Volume", {})
    assert "volume is ready" == engine.listener.said(ephemeral=True)[-1]
    await engine.delete("Volume", id_)


async def test_a_warning_is_one_in_the_engine_s_display(bare: Engine) -> None:
    logging.getLogger("pulumi_daytona.core").warning("something %s", "stays")
    logging.getLogger("pulumi_daytona.core").info("nobody needs this")
    await bare.checked("Sandbox", {})
    assert [("something stays", engine_pb2.WARNING)] == [
        (each.message, each.severity) for each in bare.listener.messages
    ]
