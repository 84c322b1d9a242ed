"""Tests of the code: each finds the server empty."""

import pytest
from daytona_httpx import AsyncDaytona, Daytona
from reviews import answer_of, answers_of


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def test_code_runs_in_a_sandbox_that_is_gone_afterwards(daytona: Daytona) -> None:
    before = {sandbox.id for sandbox in daytona.list()}
    assert answer_of(daytona, "print(6 * 7)") == "42"
    assert {sandbox.id for sandbox in daytona.list()} == before


async def test_codes_run_at_once_in_one_sandbox(async_daytona: AsyncDaytona) -> None:
    codes = [f"print({number} ** 2)" for number in range(3)]
    assert await answers_of(async_daytona, codes) == ["0", "1", "4"]
