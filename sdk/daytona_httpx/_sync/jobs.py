# Generated from _async by `make generate`; do not edit.
"""Jobs: what the API gives a runner to do."""

from __future__ import annotations

from collections.abc import Iterator

from daytona_httpx._sync.group import Group
from daytona_httpx.models.job import Job, PaginatedJobs
from daytona_httpx.wire import given

PATH = ("jobs",)


class Jobs(Group):
    """Find the jobs of a runner; every operation needs that runner's key."""

    def list(self, status: str | None = None, limit: int | None = None) -> Iterator[Job]:
        """Yield jobs, page by page (list jobs); needs a runner's key.

        Args:
            status: Only those ``PENDING``, ``IN_PROGRESS``, ``COMPLETED`` or ``FAILED``.
            limit: How many on a page, 1 to 200; the server's default of 100 when left out.
        """
        return self._pages(PaginatedJobs, "list jobs", PATH, given(status=status, limit=limit))

    def list_page(
        self, page: int | None = None, limit: int | None = None, status: str | None = None
    ) -> PaginatedJobs:
        """Return one page of jobs (list jobs); needs a runner's key.

        Args:
            page: Which one, from 1; the first by default.
            limit: How many on a page, 1 to 200; the server's default of 100 when left out.
            status: Only those ``PENDING``, ``IN_PROGRESS``, ``COMPLETED`` or ``FAILED``.
        """
        params = given(page=page, limit=limit, status=status)
        return self._one(PaginatedJobs, "list jobs", "GET", PATH, params=params)

    def get(self, job_id: str) -> Job:
        """Return a job (get job); needs a runner's key.

        Raises:
            DaytonaNotFoundError: There is none.
        """
        return self._one(Job, "get job", "GET", ("jobs", job_id))
