"""What is passed to a sandbox's start can't be made to say something else."""

from __future__ import annotations

from pathlib import Path

import pytest
from daytona_local.records import Sandbox
from daytona_local.runtime import RuntimeFailedError
from daytona_local.runtime.base import Runtime
from daytona_local.runtime.bubblewrap import BubblewrapRuntime
from daytona_local.runtime.process import ProcessRuntime

from tests.unit.daytona_local.conftest import spec_of

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("kind", [BubblewrapRuntime, ProcessRuntime])
@pytest.mark.parametrize("value", ["x\0--bind\0/\0/", "\ud800"])
async def test_a_value_that_would_be_read_as_options_starts_nothing(
    kind: type[Runtime], value: str, tmp_path: Path
) -> None:
    runtime = kind(tmp_path)  # type: ignore[call-arg]
    with pytest.raises(RuntimeFailedError):
        await runtime.start(spec_of(Sandbox(name="a", env={"A": value})))
    await runtime.close()
