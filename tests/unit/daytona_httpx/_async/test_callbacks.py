"""Functions and coroutine functions of the caller."""

from __future__ import annotations

import pytest
from daytona_httpx._async.callbacks import call

pytestmark = pytest.mark.anyio


async def test_functions_and_coroutine_functions_answer_alike() -> None:
    async def double(value: int) -> int:
        return 2 * value

    assert 4 == await call(double, 2) == await call(lambda value: 2 * value, 2)


async def test_what_the_caller_raises_is_the_caller_s() -> None:
    async def fail(value: int) -> None:
        raise KeyError(value)

    with pytest.raises(KeyError):
        await call(fail, 1)
