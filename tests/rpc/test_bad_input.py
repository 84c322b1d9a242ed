"""What programs get wrong: each is named in the wire's words, with the next step, and nothing is made."""

from __future__ import annotations

from typing import Any

import grpc
import pytest
from pulumi_daytona.core.unknown import UNKNOWN
from pulumi_daytona.plugin.codec import encode
from pulumi_daytona.plugin.kept import VERSION_KEY
from pulumi_daytona.plugin.protocol import provider_pb2
from pulumi_daytona.plugin.values import Secret

from tests.rpc.engine import Engine, failing


@pytest.mark.parametrize(
    ("kind", "news", "path", "words"),
    [
        ("Sandbox", {"autoStopIntervall": 5}, "autoStopIntervall", "did you mean autoStopInterval?"),
        ("Sandbox", {"auto_stop_interval": 5}, "auto_stop_interval", "did you mean autoStopInterval?"),
        ("Sandbox", {"owner": "me"}, "owner", "there is no input of this name"),
        ("Sandbox", {"autoStopInterval": "soon"}, "autoStopInterval", "integer"),
        ("Sandbox", {"autoStopInterval": 1.5}, "autoStopInterval", "integer"),
        ("Sandbox", {"labels": {"a": 5}}, "labels.a", "string"),
        ("Sandbox", {"autoStopInterval": 5, "autoPauseInterval": 5}, "autoPauseInterval", "autoStopInterval"),
        (
            "Sandbox",
            {"image": "a:1", "resources": {"gpuTypes": 1}},
            "resources.gpuTypes",
            "gpuType?",
        ),
        ("Sandbox", {"volumes": [{"volumeId": "a"}]}, "volumes[0].mountPath", "is missing"),
        ("Sandbox", {"volumes": [{"volumeId": "a", "mountPath": "b"}]}, "volumes[0].mountPath", "absolute"),
        ("Snapshot", {}, "image", "exactly one of image and dockerfile"),
        ("PreviewUrl", {"sandboxId": "a", "port": 70000}, "port", "65535"),
        ("PreviewUrl", {"port": 80}, "sandboxId", "is missing"),
        ("SandboxFile", {"sandboxId": "a", "path": "b"}, "content", "or source"),
    ],
)
async def test_an_input_that_can_t_be_is_named(
    engine: Engine, kind: str, news: dict[str, Any], path: str, words: str
) -> None:
    failures = await engine.failures(kind, news)
    assert path in failures, failures
    assert words in failures[path]


async def test_all_that_is_wrong_is_told_at_once(engine: Engine) -> None:
    assert {"colour", "resources", "public"} == {
        *await engine.failures("Sandbox", {"colour": "red", "resources": 5, "public": "maybe"})
    }


async def test_a_message_never_shows_a_secret(engine: Engine) -> None:
    failures = await engine.failures("ApiKey", {"permissions": [Secret("s3cr3t value")]})
    assert ["needs a permission such as write:sandboxes, got '[secret]'"] == [*failures.values()]


async def test_a_snapshot_that_is_not_there_is_refused_before_anything_is_made(engine: Engine) -> None:
    assert (
        "there is no snapshot 'nowhere'"
        in (await engine.failures("Sandbox", {"snapshot": "nowhere"}))["snapshot"]
    )
    await engine.check("Sandbox", {"snapshot": UNKNOWN})


async def test_a_state_of_a_newer_version_is_refused_and_stays(engine: Engine) -> None:
    newer = encode({VERSION_KEY: 99, "name": "it"})
    urn = engine.urn("Sandbox")
    for call in (
        engine.stub.Diff(provider_pb2.DiffRequest(id="a", urn=urn, olds=newer)),
        engine.stub.Read(provider_pb2.ReadRequest(id="a", urn=urn, properties=newer)),
        engine.stub.Update(provider_pb2.UpdateRequest(id="a", urn=urn, olds=newer)),
        engine.stub.Delete(provider_pb2.DeleteRequest(id="a", urn=urn, properties=newer)),
    ):
        with failing() as failed:
            await call
        assert grpc.StatusCode.FAILED_PRECONDITION == failed[0].code
        assert "upgrade pulumi-daytona" in failed[0].text


async def test_a_value_of_a_kind_that_is_not_known_is_refused(engine: Engine) -> None:
    strange = {"labels": {"4dabf18193072939515e22adb298388d": "of tomorrow"}}
    with failing() as failed:
        await engine.checked("Sandbox", strange)
    assert (grpc.StatusCode.INVALID_ARGUMENT, True) == (failed[0].code, "not known here" in failed[0].text)
