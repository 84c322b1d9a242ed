"""The settings of a sandbox that can be changed while it lives."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from daytona_local.api import bodies, secret_variables
from daytona_local.api.networks import check_domains, check_networks
from daytona_local.api.new_sandbox import archive_minutes, secrets_of
from daytona_local.api.sandboxes import answer, found
from daytona_local.errors import InvalidError
from daytona_local.records import Sandbox
from daytona_local.services import services


def change(request: Request, sandbox: Sandbox, **changes: Any) -> None:
    """Change a sandbox's record; its timers look at it anew."""
    services(request).lifecycle.transitions.change(sandbox, **changes)


async def replace_labels(request: Request) -> JSONResponse:
    """Replace all labels; the API takes whatever is sent for them."""
    sandbox = found(request)
    body = await bodies.json_object(request)
    change(request, sandbox, **({"labels": body["labels"]} if "labels" in body else {}))
    return answer(request, sandbox)


async def set_autostop(request: Request) -> JSONResponse:
    """Set the auto-stop interval."""
    return _set(request, "auto_stop_minutes", _not_negative(request, "Auto-stop"))


async def set_autopause(request: Request) -> JSONResponse:
    """Set the auto-pause interval."""
    minutes = _not_negative(request, "Auto-pause")
    if minutes and found(request).auto_stop_minutes:
        raise InvalidError("Auto-stop and auto-pause intervals cannot both be set")
    return _set(request, "auto_pause_minutes", minutes)


async def set_autoarchive(request: Request) -> JSONResponse:
    """Set the auto-archive interval."""
    return _set(request, "auto_archive_minutes", archive_minutes(bodies.path_integer(request, "interval")))


async def set_autodelete(request: Request) -> JSONResponse:
    """Set the auto-delete interval; a negative one is off, 0 deletes at the stop."""
    return _set(request, "auto_delete_minutes", bodies.path_integer(request, "interval"))


async def set_ttl(request: Request) -> JSONResponse:
    """Set after how many minutes from now the sandbox is deleted; 0 is never."""
    minutes = _not_negative(request, "TTL")
    moment = services(request).settings.clock.now() + minutes * 60 if minutes else None
    return _set(request, "destroy_at", moment)


async def set_public(request: Request) -> JSONResponse:
    """Set whether previews need no token; everything but "true" is false."""
    return _set(request, "public", request.path_params["value"] == "true")


async def set_network(request: Request) -> JSONResponse:
    """Change the network settings."""
    sandbox = found(request)
    body = await bodies.json_object(request)
    changes = _network_changes(body)
    services(request).lifecycle.change_network(sandbox, **changes)
    return answer(request, sandbox)


async def set_secrets(request: Request) -> JSONResponse:
    """Replace the secrets that are shown as environment variables."""
    sandbox = found(request)
    body = await bodies.json_object(request)
    if bodies.items(body, "secrets") is None:
        raise InvalidError("secrets must be an array")
    named = secrets_of(body)
    services(request).account.secrets.check(named)
    await secret_variables.replace(services(request), sandbox, named)
    return answer(request, sandbox)


def _set(request: Request, name: str, value: Any) -> JSONResponse:
    sandbox = found(request)
    change(request, sandbox, **{name: value})
    return answer(request, sandbox, 201)


def _not_negative(request: Request, name: str) -> int:
    minutes = bodies.path_integer(request, "interval")
    if minutes < 0:
        raise InvalidError(f"{name} interval must be non-negative")
    return minutes


def _network_changes(body: dict[str, Any]) -> dict[str, Any]:
    names = ("networkBlockAll", "networkAllowList", "domainAllowList")
    if not any(name in body for name in names):
        raise InvalidError(
            "At least one of networkBlockAll, networkAllowList or domainAllowList must be provided"
        )
    for name in names[1:]:
        if name in body and not isinstance(body[name], str):
            raise InvalidError(f"{name} must be a string")
    block, networks = bodies.flag(body, "networkBlockAll"), bodies.text(body, "networkAllowList")
    domains = bodies.text(body, "domainAllowList")
    check_networks(networks)
    check_domains(domains)
    changes: dict[str, Any] = {}
    if block is not None:
        changes |= {"network_block_all": block, "network_allow_list": None, "domain_allow_list": None}
    if networks is not None:
        changes["network_allow_list"] = networks or None
    if domains is not None:
        changes["domain_allow_list"] = domains or None
    if networks or domains:
        changes["network_block_all"] = False  # a list implies that not all is blocked
    return changes


routes = [
    Route("/sandbox/{sandbox}/labels", replace_labels, methods=["PUT"]),
    Route("/sandbox/{sandbox}/autostop/{interval}", set_autostop, methods=["POST"]),
    Route("/sandbox/{sandbox}/autopause/{interval}", set_autopause, methods=["POST"]),
    Route("/sandbox/{sandbox}/autoarchive/{interval}", set_autoarchive, methods=["POST"]),
    Route("/sandbox/{sandbox}/autodelete/{interval}", set_autodelete, methods=["POST"]),
    Route("/sandbox/{sandbox}/ttl/{interval}", set_ttl, methods=["POST"]),
    Route("/sandbox/{sandbox}/public/{value}", set_public, methods=["POST"]),
    Route("/sandbox/{sandbox}/network-settings", set_network, methods=["POST"]),
    Route("/sandbox/{sandbox}/secrets", set_secrets, methods=["PUT"]),
]
