"""Jobs: what the server does in the background."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from daytona_local.api import bodies
from daytona_local.api.wire import moment
from daytona_local.errors import InvalidError, NotFoundError
from daytona_local.job_log import STATUSES, Job
from daytona_local.services import services


def job_json(job: Job) -> dict[str, Any]:
    """Return a job."""
    body = {
        "id": job.id,
        "type": job.type,
        "status": job.status,
        "resourceType": "SANDBOX",
        "resourceId": job.resource_id,
        "createdAt": moment(job.created_at),
        "updatedAt": moment(job.updated_at),
    }
    return body | ({} if job.error is None else {"errorMessage": job.error})


async def list_page(request: Request) -> JSONResponse:
    """Return a page of the jobs, the newest first."""
    limit = bodies.query_integer(request, "limit", 100, 1, 200)
    page = bodies.query_integer(request, "page", 1, 1, bodies.INT32)
    status = request.query_params.get("status")
    if status and status not in STATUSES:
        raise InvalidError(f"status must be one of the following values: {', '.join(STATUSES)}")
    found = [job for job in services(request).account.jobs if status in (None, "", job.status)]
    start = bodies.query_integer(request, "offset", (page - 1) * limit, 0, bodies.INT32)
    return JSONResponse({
        "items": [job_json(job) for job in found[start : start + limit]],
        "total": len(found),
        "page": page,
        "totalPages": -(-len(found) // limit),
    })  # fmt: skip


async def get(request: Request) -> JSONResponse:
    """Return a job."""
    job_id = request.path_params["job_id"]
    job = services(request).account.jobs.get(job_id)
    if job is None:
        raise NotFoundError(f"Job {job_id} not found")
    return JSONResponse(job_json(job))


routes = [
    Route("/jobs", list_page, methods=["GET"]),
    Route("/jobs/{job_id}", get, methods=["GET"]),
]
