"""How a look-up is answered: its arguments checked, its failures in one line, its secrets known."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from daytona_httpx import AsyncDaytona, Daytona, PortPreviewUrl, SandboxDto
from daytona_local import LocalDaytona
from pulumi_daytona.core.errors import ProviderError
from pulumi_daytona.core.functions import find
from pulumi_daytona.core.functions.answer import Answer, answer, holds_secrets
from pulumi_daytona.core.ownership import OWNER
from pulumi_daytona.core.session import Session
from pulumi_daytona.core.settings import Settings

Handle = Callable[[httpx.Request], httpx.Response]
Ask = Callable[..., Answer]


@pytest.fixture(scope="module")
def server() -> Iterator[LocalDaytona]:
    with LocalDaytona() as running:
        yield running


@pytest.fixture
def ask(server: LocalDaytona) -> Iterator[Ask]:
    """Look up with the server's key, or with other settings."""
    sessions: list[Session] = []

    def asked(path: str, settings: dict[str, Any] | None = None, **given: Any) -> Answer:
        known = {"api_url": server.api_url, "api_key": server.api_key, **(settings or {})}
        sessions.append(Session(Settings(**known)))
        return sessions[-1].run(answer(sessions[-1], find(path), given))

    yield asked
    for session in sessions:
        session.close()


@pytest.fixture
def faked() -> Iterator[Callable[[Handle], Ask]]:
    """Look up at an API that a function plays."""
    session = Session(Settings(api_key="k", organization_id="ours"))

    def made(handle: Handle) -> Ask:
        transport = httpx.MockTransport(handle)
        session.client = AsyncDaytona(api_key="k", api_url="http://127.0.0.1/api", transport=transport)
        return lambda path, **given: session.run(answer(session, find(path), given))

    yield made
    session.close()


def refusal(ask: Ask, path: str, **given: Any) -> str:
    with pytest.raises(ProviderError) as caught:
        ask(path, **given)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("path", "given", "words"),
    [
        ("storage.get_volume", {}, "get_volume: name is missing; give it: The volume's name."),
        ("storage.get_volume", {"name": None}, "get_volume: name is missing"),
        ("storage.get_volume", {"name": "a", "nome": "b"}, "no argument nome; allowed are: name"),
        ("storage.get_volume", {"name": 3}, "get_volume: name: input should be a valid string; give it: "),
        ("storage.list_volumes", {"name": "a"}, "no argument name; allowed are: none"),
        ("previews.get_preview_url", {"sandbox": "a", "port": 0}, "port: input should be greater than or"),
        ("sandboxes.list_sandboxes", {"states": "started"}, "states: input should be a valid list"),
    ],
)
def test_an_argument_that_can_t_be_is_named(ask: Ask, path: str, given: dict[str, Any], words: str) -> None:
    assert words in refusal(ask, path, **given)


def test_the_engine_s_whole_numbers_are_taken(ask: Ask) -> None:
    assert [] == ask("sandboxes.list_sandboxes", min_cpu=1.0, limit=5.0).value


def test_what_is_not_there_is_one_line(ask: Ask) -> None:
    words = refusal(ask, "storage.get_volume", name="absent")
    assert words.startswith('get_volume "absent": Volume with name absent not found (HTTP 404')
    assert words.endswith("; check its name or id, and that it is in this organization")


def test_what_the_api_only_lists_can_be_absent_too(ask: Ask) -> None:
    words = refusal(ask, "snapshots.get_warm_pool", warm_pool_id="absent")
    assert words.startswith('get_warm_pool "absent": warm pool not found; check its name')


def test_a_wrong_url_is_said_to_be_wrong(ask: Ask, server: LocalDaytona) -> None:
    wrong = {"api_url": f"{server.api_url}/wrong"}
    assert "; check daytona:apiUrl" in refusal(ask, "storage.list_volumes", settings=wrong)


def test_another_404_is_left_as_it_is(ask: Ask, server: LocalDaytona) -> None:
    with Daytona(api_url=server.api_url, api_key=server.api_key) as client:
        sandbox = client.create()
    words = refusal(ask, "snapshots.get_build_logs_url", sandbox=sandbox.id)
    assert "has no build log, or none yet" in words
    assert "apiUrl" not in words


def test_an_api_that_can_t_be_reached_is_named(ask: Ask) -> None:
    words = refusal(ask, "regions.list_regions", settings={"api_url": "http://127.0.0.1:9/api"})
    assert words.startswith("list_regions: http://127.0.0.1:9/api can't be reached")


def test_a_url_that_can_t_be_one_is_one_line(ask: Ask) -> None:
    assert "list_regions: " in refusal(ask, "regions.list_regions", settings={"api_url": "no url"})


def test_the_key_that_it_takes_is_named(ask: Ask, server: LocalDaytona) -> None:
    with Daytona(api_url=server.api_url, api_key=server.api_key) as client:
        scoped = client.api_keys.create("scoped", []).value
    for path, needs in [
        ("organizations.get_organization", "a user's token (daytona:jwtToken)"),
        ("telemetry.list_audit_logs", "the permission read:audit_logs"),
        ("regions.list_admin_runners", "an administrator's key"),
    ]:
        assert refusal(ask, path, settings={"api_key": scoped}).endswith(f"; it needs {needs}")


def test_what_the_server_hasn_t_is_said_to_be_the_server_s_lack(ask: Ask) -> None:
    words = refusal(ask, "users.list_account_providers")
    assert "getAvailableAccountProviders is not implemented by daytona-local (HTTP 501" in words
    assert words.endswith("; this server can't tell; Daytona's own API can")


def test_a_secret_argument_is_in_no_error(ask: Ask) -> None:
    path = "organizations.get_otel_config_by_sandbox_auth_token"
    assert "keep this quiet" not in refusal(ask, path, auth_token="keep this quiet")
    path = "previews.get_signed_preview_sandbox_id"
    assert refusal(ask, path, signed_preview_token="keep-quiet", port=80).startswith(
        "get_signed_preview_sandbox_id: "
    )


def test_the_organization_is_the_key_s_unless_the_configuration_or_the_program_names_one(ask: Ask) -> None:
    path = "organizations.get_organization"
    own = ask(path).value["id"]
    assert own == ask(path, settings={"organization_id": "other"}, organization_id=own).value["id"]
    assert "other not found" in refusal(ask, path, settings={"organization_id": "other"})


def test_fields_go_by_their_names_in_python(ask: Ask) -> None:
    assert {"total_cpu_quota", "region_id"} <= set(
        ask("organizations.get_organization_usage").value["region_usage"][0]
    )


def test_the_provider_s_own_marks_are_no_labels(ask: Ask, server: LocalDaytona) -> None:
    with Daytona(api_url=server.api_url, api_key=server.api_key) as client:
        sandbox = client.create()
        sandbox.set_labels({"team": "a", OWNER: "us"})
    assert {"team": "a"} == ask("sandboxes.get_sandbox", sandbox=sandbox.id).value["labels"]
    (found,) = ask("sandboxes.list_sandboxes", labels={"team": "a"}).value
    assert {"team": "a"} == found["labels"]


def test_a_value_is_a_secret_where_the_client_hides_something_in_it() -> None:
    link = PortPreviewUrl(sandbox_id="s", url="u", token="t")
    plain = SandboxDto(id="s", organization_id="o", name="n", env={})
    with_env = plain.model_copy(update={"env": {"TOKEN": "t"}})
    assert [True, False, True, True] == [
        holds_secrets(value) for value in (link, plain, with_env, [plain, with_env])
    ]


def test_an_answer_doesn_t_show_its_value() -> None:
    assert "quiet" not in repr(Answer("quiet", secret=True))


def test_no_more_is_asked_for_than_is_returned(faked: Callable[[Handle], Ask]) -> None:
    asked: list[dict[str, str]] = []

    def page(request: httpx.Request) -> httpx.Response:
        asked.append(dict(request.url.params))
        items = [{"id": str(number), "action": "a"} for number in range(2)]
        return httpx.Response(200, json={"items": items, "total": 9, "page": 1, "totalPages": 5})

    assert 3 == len(faked(page)("telemetry.list_audit_logs", limit=3).value)
    assert [("3", "1"), ("3", "2")] == [(each["limit"], each["page"]) for each in asked]


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("storage.list_secrets", lambda given: {"nextCursor": None if "cursor" in given else "c"}),
        (
            "snapshots.list_snapshots",
            lambda given: {"total": 2, "page": int(given["page"]), "totalPages": 2},
        ),
    ],
)
def test_a_list_has_what_is_on_all_pages(
    faked: Callable[[Handle], Ask], path: str, page: Callable[[dict[str, str]], dict[str, Any]]
) -> None:
    asked: list[dict[str, str]] = []

    def pages(request: httpx.Request) -> httpx.Response:
        asked.append(dict(request.url.params))
        item = {"id": str(len(asked)), "name": "n"}
        return httpx.Response(200, content=json.dumps({"items": [item], **page(asked[-1])}))

    assert ["1", "2"] == [each["id"] for each in faked(pages)(path).value]
    assert 2 == len(asked)
