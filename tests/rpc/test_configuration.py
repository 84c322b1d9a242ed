"""The plugin's configuration, and what it says of itself."""

from __future__ import annotations

import json
from importlib.metadata import version
from importlib.resources import files

import grpc
import pytest
from daytona_local import LocalDaytona
from google.protobuf.empty_pb2 import Empty
from pulumi_daytona.core.unknown import UNKNOWN
from pulumi_daytona.plugin.codec import decode, encode
from pulumi_daytona.plugin.protocol import plugin_pb2, provider_pb2
from pulumi_daytona.plugin.values import Secret

from tests.rpc.engine import Engine, failing

DEFAULT = "urn:pulumi:dev::test::pulumi:providers:daytona::default_0_1_0"
EXPLICIT = "urn:pulumi:dev::test::pulumi:providers:daytona::mine"


async def checked(engine: Engine, urn: str, **news: object) -> provider_pb2.CheckResponse:
    answer: provider_pb2.CheckResponse = await engine.stub.CheckConfig(
        provider_pb2.CheckRequest(urn=urn, news=encode(news))
    )
    return answer


async def test_both_sides_agree_on_what_they_understand(bare: Engine, server: LocalDaytona) -> None:
    shaken = await bare.stub.Handshake(provider_pb2.ProviderHandshakeRequest())
    configured = await bare.configure(apiKey=server.api_key)
    agreed = (shaken.accept_secrets, shaken.accept_resources, shaken.accept_outputs)
    assert (True, True, True) == agreed
    assert agreed == (configured.acceptSecrets, configured.acceptResources, configured.acceptOutputs)
    assert configured.supportsPreview
    assert shaken.supports_autonaming_configuration
    assert configured.supports_autonaming_configuration


async def test_what_it_says_of_itself(bare: Engine) -> None:
    assert version("pulumi-daytona") == (await bare.stub.GetPluginInfo(Empty())).version
    schema = json.loads((await bare.stub.GetSchema(provider_pb2.GetSchemaRequest())).schema)
    assert "daytona:index:Sandbox" in schema["resources"]
    assert b"" == (await bare.stub.GetMapping(provider_pb2.GetMappingRequest(key="terraform"))).data
    assert [] == [*(await bare.stub.GetMappings(provider_pb2.GetMappingsRequest())).providers]


async def test_an_engine_that_attaches_hears_from_then_on(bare: Engine) -> None:
    assert Empty() == await bare.stub.Attach(plugin_pb2.PluginAttach(address="127.0.0.1:9"))


async def test_keys_are_secrets_and_what_the_environment_says_stays_there(
    bare: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAYTONA_API_KEY", "from the environment")
    answer = await checked(bare, EXPLICIT, apiUrl="http://127.0.0.1:9/api", version="1.0.0")
    assert {"apiUrl": "http://127.0.0.1:9/api", "version": "1.0.0"} == decode(answer.inputs)
    given = await checked(bare, EXPLICIT, apiKey="key", jwtToken=Secret("token"), target=UNKNOWN)
    assert {"apiKey": Secret("key"), "jwtToken": Secret("token"), "target": UNKNOWN} == decode(given.inputs)
    await bare.configure(apiUrl="http://127.0.0.1:9/api")


async def test_a_misspelled_setting_is_named_with_the_one_that_was_meant(bare: Engine) -> None:
    answer = await checked(bare, EXPLICIT, apikey="key")
    assert [("apikey", "there is no setting of this name; did you mean apiKey?")] == [
        (each.property, each.reason) for each in answer.failures
    ]
    assert 1 == len((await checked(bare, DEFAULT, api_key="key")).failures)
    assert [] == [*(await checked(bare, DEFAULT, colour="a key of the project's own")).failures]
    assert ["needs a text"] == [each.reason for each in (await checked(bare, EXPLICIT, target=5)).failures]


async def test_another_setting_is_a_change_and_never_a_replacement(bare: Engine) -> None:
    async def changes(olds: dict[str, object], news: dict[str, object]) -> provider_pb2.DiffResponse:
        request = provider_pb2.DiffRequest(urn=EXPLICIT, old_inputs=encode(olds), news=encode(news))
        answer: provider_pb2.DiffResponse = await bare.stub.DiffConfig(request)
        return answer

    same = await changes({"apiKey": Secret("a")}, {"apiKey": "a", "version": "2"})
    assert provider_pb2.DiffResponse.DIFF_NONE == same.changes
    other = await changes({"apiKey": "a", "target": "us"}, {"apiKey": "b", "apiUrl": UNKNOWN})
    assert provider_pb2.DiffResponse.DIFF_SOME == other.changes
    assert {"apiKey", "target", "apiUrl"} == {*other.diffs} == {*other.detailedDiff}
    assert [] == [*other.replaces]


async def test_a_missing_key_is_the_engine_s_own_error(bare: Engine) -> None:
    with failing() as failed:
        await bare.configure(apiUrl="http://127.0.0.1:9/api")
    [detail] = failed[0].details
    assert isinstance(detail, provider_pb2.ConfigureErrorMissingKeys)
    assert ["daytona:apiKey"] == [each.name for each in detail.missingKeys]
    assert "DAYTONA_API_KEY" in detail.missingKeys[0].description


async def test_variables_configure_it_where_the_engine_sends_no_arguments(
    bare: Engine, server: LocalDaytona
) -> None:
    variables = {"daytona:config:apiKey": server.api_key, "daytona:config:apiUrl": server.api_url}
    await bare.stub.Configure(provider_pb2.ConfigureRequest(variables=variables))
    assert [] == (await bare.invoke("listSandboxes"))["items"]


async def test_what_needs_a_configuration_says_so(bare: Engine) -> None:
    with failing() as failed:
        await bare.invoke("listSandboxes")
    assert (grpc.StatusCode.INTERNAL, True) == (failed[0].code, "not configured" in failed[0].text)


@pytest.mark.parametrize(
    ("settings", "code", "words"),
    [
        ({"apiKey": "wrong"}, grpc.StatusCode.UNAUTHENTICATED, "check DAYTONA_API_KEY or daytona:apiKey"),
        ({"apiUrl": "http://127.0.0.1:9/api"}, grpc.StatusCode.UNAVAILABLE, "can't be reached"),
    ],
)
async def test_a_wrong_setting_is_one_line_with_its_code(
    bare: Engine, server: LocalDaytona, settings: dict[str, str], code: grpc.StatusCode, words: str
) -> None:
    await bare.configure(**{"apiKey": server.api_key, "apiUrl": server.api_url, **settings})
    with failing() as failed:
        await bare.create("Sandbox", {"createTimeout": 20})
    assert code == failed[0].code, failed[0]
    assert words in failed[0].text
    assert "\n" not in failed[0].text


async def test_what_there_is_not_says_so(bare: Engine) -> None:
    for call in (
        bare.stub.Call(provider_pb2.CallRequest(tok="daytona:index:Sandbox/start")),
        bare.stub.Construct(provider_pb2.ConstructRequest(type="daytona:index:Pool")),
        bare.stub.Parameterize(provider_pb2.ParameterizeRequest()),
        bare.stub.Check(provider_pb2.CheckRequest(urn=bare.urn("Sandbx"))),
    ):
        with failing() as failed:
            await call
        assert grpc.StatusCode.UNIMPLEMENTED == failed[0].code
    assert "did you mean daytona:index:Sandbox?" in failed[0].text


async def test_its_version_is_the_package_s_everywhere(bare: Engine) -> None:
    schema = json.loads((await bare.stub.GetSchema(provider_pb2.GetSchemaRequest())).schema)
    told = json.loads(files("pulumi_daytona").joinpath("pulumi-plugin.json").read_text())
    assert {"resource": True, "name": schema["name"], "version": schema["version"]} == told
    assert version("pulumi-daytona") == told["version"]
