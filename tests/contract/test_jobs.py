"""Jobs: what the server really did in the background."""

from __future__ import annotations

import pytest
from daytona_httpx.errors import DaytonaNotFoundError

from tests.contract.conftest import Api
from tests.contract.test_lifecycle import becomes

pytestmark = pytest.mark.anyio


async def test_what_was_done_with_a_sandbox_are_jobs(api: Api) -> None:
    sandbox = await api.made(name="a")
    await api.call("POST", "/sandbox/a/stop")
    await becomes(api, "a", "stopped")
    await api.call("DELETE", "/sandbox/a")
    await becomes(api, sandbox["id"], "gone")
    jobs = [job async for job in api.client.jobs.list()]
    assert ["DESTROY_SANDBOX", "STOP_SANDBOX", "CREATE_SANDBOX"] == [job.type for job in jobs]
    assert {("COMPLETED", sandbox["id"])} == {(job.status, job.resource_id) for job in jobs}
    assert jobs[0] == await api.client.jobs.get(jobs[0].id)


async def test_a_job_is_seen_while_it_runs(slow: Api) -> None:
    await slow.call("POST", "/sandbox", {"name": "a"})
    page = (await slow.call("GET", "/jobs?status=IN_PROGRESS")).json()
    assert (1, "CREATE_SANDBOX") == (page["total"], page["items"][0]["type"])
    assert 0 == (await slow.call("GET", "/jobs?status=COMPLETED")).json()["total"]


async def test_jobs_that_there_aren_t(api: Api) -> None:
    with pytest.raises(DaytonaNotFoundError):
        await api.client.jobs.get("nope")
    assert 400 == (await api.refusal("GET", "/jobs?status=LOST"))[0]
