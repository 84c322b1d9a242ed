"""Give running sandboxes the variables of their secrets, when those change; a boot gives them anyway."""

from __future__ import annotations

from daytona_local.records import Sandbox
from daytona_local.runtime import NotRunningError
from daytona_local.services import Services
from daytona_local.vault import Secret


async def refresh(parts: Services, secret: Secret) -> None:
    """Give a secret's new value to the sandboxes that have it; what they have started keeps the old one."""
    for sandbox in parts.sandboxes:
        if any(secret.name in pairs.values() for pairs in sandbox.secrets):
            await _show(parts, sandbox, set())


async def replace(parts: Services, sandbox: Sandbox, named: list[dict[str, str]]) -> None:
    """Give a sandbox other secrets; what it starts from now on has their variables.

    Args:
        parts: The server's.
        sandbox: The sandbox.
        named: Maps from variables to the names of secrets.
    """
    before = {variable for pairs in sandbox.secrets for variable in pairs}
    parts.lifecycle.transitions.change(sandbox, secrets=named)
    await _show(parts, sandbox, before)


async def _show(parts: Services, sandbox: Sandbox, before: set[str]) -> None:
    if not _is_up(parts, sandbox):
        return
    values = parts.account.secrets.values(sandbox.secrets)
    running, gone = await parts.toolboxes.of(sandbox.id), before - values.keys()
    if gone:
        await running.agent.ask("forget", names=sorted(gone), prefix=None)
    kept = {name: value for name, value in running.env.items() if name not in gone}
    own = {name: str(sandbox.env[name]) for name in gone if name in sandbox.env}
    running.env = {**kept, **own, **values}
    running.unset = (running.unset | gone) - running.env.keys()


def _is_up(parts: Services, sandbox: Sandbox) -> bool:
    if sandbox.state != "started":
        return False
    try:
        parts.runtime.agent(sandbox.id)
    except NotRunningError:
        return False
    return True
