"""The secrets of the organization, and what sandboxes get of them.

Daytona's own sandboxes see a placeholder, which a proxy replaces by the value on the way out to the hosts
that are allowed. There is no such proxy here: a sandbox gets the value itself as its environment variable,
and ``hosts`` is kept but not enforced. At rest the values are in the database, a file for its owner only
(mode 0600), not encrypted: use throw-away values with a local server.
"""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Iterable
from typing import ClassVar

from pydantic import Field

from daytona_local.clock import Clock
from daytona_local.collection import Collection
from daytona_local.errors import InvalidError, NotFoundError
from daytona_local.organizations import Organizations
from daytona_local.records import Record
from daytona_local.store import Store

logger = logging.getLogger(__name__)

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,255}")
VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
HOST = re.compile(r"(\*\.)?([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)*[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?")
Named = Iterable[dict[str, str]]
"""Maps from environment variables to the names of secrets, as a sandbox has them."""


class Secret(Record):
    """Hold a secret."""

    kind: ClassVar[str] = "secret"

    name: str
    value: str = Field(repr=False)
    description: str | None = None
    hosts: list[str] = Field(default_factory=list)
    placeholder: str = Field(default_factory=lambda: f"dtn_secret_{secrets.token_hex(16)}")

    @property
    def key(self) -> str | None:
        """Return its name."""
        return self.name


class Secrets(Collection[Secret]):
    """Keep the secrets.

    Args:
        store: Where they are kept.
        clock: Tells the time.
        organizations: Who limits how many there are.
    """

    record = Secret
    missing = "Secret with ID {} not found"
    taken = "Secret with name {} already exists"

    def __init__(self, store: Store, clock: Clock, organizations: Organizations) -> None:
        super().__init__(store, clock)
        self._organizations = organizations

    def create(self, secret: Secret) -> Secret:
        """Keep a new secret.

        Raises:
            InvalidError: Its name, value or a host can't be.
            ConflictError: There is one of this name.
        """
        if not NAME.fullmatch(secret.name):
            raise InvalidError(
                "name must start with a letter or underscore and contain only letters, digits, "
                "underscores and hyphens"
            )
        check(secret.value, secret.hosts)
        return self.add(secret, secret.name)

    def check(self, named: Named) -> None:
        """Refuse names that no secret has, or too many.

        Raises:
            NotFoundError: There is no secret of a name.
            InvalidError: They are more than a sandbox may have, or a variable can't be called so.
        """
        names = [name for pairs in named for name in pairs.values()]
        for variable in (variable for pairs in named for variable in pairs):
            if not VARIABLE.fullmatch(variable):
                raise InvalidError(f"secrets has an invalid environment variable name: {variable!r}")
        for name in names:
            if self._table.named(name) is None:
                raise NotFoundError(f"Secret '{name}' not found")
        most = self._organizations.own.max_secrets_per_sandbox
        if len(names) > most:
            raise InvalidError(f"A sandbox cannot have more than {most} secrets")

    def values(self, named: Named) -> dict[str, str]:
        """Return the environment variables of a sandbox; what was deleted since is left out."""
        found = {}
        for variable, name in ((variable, name) for pairs in named for variable, name in pairs.items()):
            secret = self._table.named(name)
            if secret is None:
                logger.warning("the secret %s is gone: %s is not set", name, variable)
            else:
                found[variable] = secret.value
        return found


def check(value: str, hosts: list[str]) -> None:
    """Refuse a value that can't be a variable's, and what is no host.

    Raises:
        InvalidError: The value has a zero byte, or a host is no host name, which may begin with ``*.``.
    """
    if "\0" in value:
        raise InvalidError("value must not contain zero bytes")
    for host in hosts:
        if len(host) > 253 or not HOST.fullmatch(host):
            raise InvalidError(f'Invalid host: "{host}". Must be a host name, which may begin with "*."')
