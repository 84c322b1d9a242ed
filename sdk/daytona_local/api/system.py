"""What the server says of itself: its configuration and its health."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from daytona_local.api.new_sandbox import MOST_ARCHIVE_MINUTES
from daytona_local.services import services
from daytona_local.settings import DEFAULT_SNAPSHOT, VERSION


async def config(request: Request) -> JSONResponse:
    """Return the configuration."""
    base_url = services(request).base_url
    return JSONResponse({
        "version": VERSION,
        "oidc": {"issuer": base_url, "clientId": "daytona-local", "audience": base_url, "provider": "none"},
        "linkedAccountsEnabled": False,
        "announcements": {},
        "proxyTemplateUrl": "http://127.0.0.1",
        "proxyToolboxUrl": f"{base_url}/toolbox",
        "defaultSnapshot": DEFAULT_SNAPSHOT,
        "dashboardUrl": base_url,
        "maxAutoArchiveInterval": MOST_ARCHIVE_MINUTES,
        "maintananceMode": False,
        "environment": "local",
        "analyticsApiUrl": f"{base_url}/analytics",
        "sshGatewayCommand": services(request).ssh_gateway.command("{{TOKEN}}"),
    })  # fmt: skip


async def health(_: Request) -> JSONResponse:
    """Say that the server lives."""
    return JSONResponse({"status": "ok"})


async def ready(request: Request) -> JSONResponse:
    """Say that the server works, and how its sandboxes are limited."""
    runtime = services(request).runtime
    return JSONResponse({"status": "ok", "runtime": runtime.name, "limits": dict(runtime.limits)})


routes = [
    Route("/config", config, methods=["GET"]),
    Route("/health", health, methods=["GET"]),
    Route("/health/ready", ready, methods=["GET"]),
]
