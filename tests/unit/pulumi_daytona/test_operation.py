"""Operations: within their time, and their failure in one line that says why they were not done."""

from __future__ import annotations

import httpx
import pytest
from daytona_httpx._async import clock
from pulumi_daytona.core.errors import ProviderError
from pulumi_daytona.core.operation import limit, operation
from pulumi_daytona.core.session import Session
from pulumi_daytona.core.settings import Settings

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def session() -> Session:
    """Return a session with a server that is closed."""
    closed = httpx.MockTransport(lambda _: httpx.Response(503, json={"message": "closed for\nrepairs"}))
    made = Session(Settings(api_key="k"), transport=closed)
    made.close()
    return made


async def test_time_that_runs_out_names_what_was_to_be_asked_again(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def run_out(_: float) -> None:
        raise TimeoutError

    monkeypatch.setattr(clock, "sleep", run_out)
    with pytest.raises(ProviderError) as failure:
        async with operation(session, 'create sandbox "a"', 300, "create_timeout"):
            await session.client.get("a")
    expected = (
        'create sandbox "a": not done within 300 s (last: closed for repairs (HTTP 503)); '
        "raise create_timeout, or set 0 for no limit"
    )
    assert expected == str(failure.value)


async def test_time_that_runs_out_while_all_is_well_names_only_the_time(session: Session) -> None:
    with pytest.raises(ProviderError) as failure:
        async with operation(session, "wait", 5, "create_timeout"):
            raise TimeoutError
    assert "wait: not done within 5 s; raise create_timeout, or set 0 for no limit" == str(failure.value)


@pytest.mark.parametrize(("given", "expected"), [(None, 300), (0, None), (7, 7)])
def test_a_limit_of_0_is_none_and_one_left_out_the_default(given: float | None, expected: object) -> None:
    assert expected == limit(given, 300)
