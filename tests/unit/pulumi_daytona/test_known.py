"""What there is to choose from is asked for once."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import httpx
import pytest
from daytona_httpx import AsyncDaytona
from pulumi_daytona.core.errors import ProviderError
from pulumi_daytona.core.functions.known import Names, known_regions, known_snapshots
from pulumi_daytona.core.session import Session
from pulumi_daytona.core.settings import Settings


class Api:
    """Answers lists of one region and one snapshot, unless it is to refuse."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.refuses = False

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request.url.path)
        if self.refuses:
            return httpx.Response(403, json={"message": "Access denied"})
        item = {"id": "id-1", "name": "one"}
        if request.url.path.endswith("/regions"):
            return httpx.Response(200, json=[item])
        return httpx.Response(200, json={"items": [item], "total": 1, "page": 1, "totalPages": 1})


@pytest.fixture
def api() -> Api:
    return Api()


@pytest.fixture
def session(api: Api) -> Iterator[Session]:
    made = Session(Settings(api_key="k"))
    made.client = AsyncDaytona(
        api_key="k", api_url="http://127.0.0.1/api", transport=httpx.MockTransport(api)
    )
    yield made
    made.close()


def test_names_are_known_by_id(session: Session) -> None:
    assert {"id-1": "one"} == session.run(known_snapshots(session))
    assert {"id-1": "one"} == session.run(known_regions(session))


def test_the_api_is_asked_again_on_request(session: Session, api: Api) -> None:
    session.run(known_regions(session))
    session.run(known_regions(session, anew=True))
    session.run(known_regions(session))
    assert ["/api/regions", "/api/regions"] == api.asked


def test_however_many_ask_the_api_is_asked_once(session: Session, api: Api) -> None:
    async def many() -> None:
        await asyncio.gather(*(known_regions(session) for _ in range(5)))

    session.run(many())
    session.run(known_regions(session))
    assert ["/api/regions"] == api.asked


def test_a_refusal_is_one_line_and_is_not_kept(session: Session, api: Api) -> None:
    api.refuses = True
    with pytest.raises(ProviderError, match=r"^list the snapshots: Access denied"):
        session.run(known_snapshots(session))
    api.refuses = False
    assert {"id-1": "one"} == session.run(known_snapshots(session))


def test_one_who_stops_waiting_takes_the_answer_from_nobody(session: Session, api: Api) -> None:
    async def impatient() -> Names:
        first = asyncio.ensure_future(known_regions(session))
        second = asyncio.ensure_future(known_regions(session))
        await asyncio.sleep(0)
        first.cancel()
        return await second

    assert {"id-1": "one"} == session.run(impatient())
    assert 1 == len(api.asked)
