"""The wire models of jobs: what the API gives runners to do."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from daytona_httpx.models.base import WireModel
from daytona_httpx.models.page import Page


class Job(WireModel):
    """Hold a job: ``PENDING``, ``IN_PROGRESS``, ``COMPLETED`` or ``FAILED``.

    Attributes:
        payload: What the runner needs for it, as JSON; it may hold secrets.

    Example:
        >>> answer = {"id": "j", "type": "CREATE_SANDBOX", "status": "COMPLETED", "payload": "{}"}
        >>> Job.model_validate(answer).status
        'COMPLETED'
    """

    id: str
    type: str
    status: str
    resource_type: str = ""
    resource_id: str = ""
    payload: str | None = Field(default=None, repr=False)
    trace_context: dict[str, Any] | None = None
    error_message: str | None = None
    created_at: str | None = None
    updated_at: str | None = None


class PaginatedJobs(Page[Job]):
    """Hold one page of jobs."""
