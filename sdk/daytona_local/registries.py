"""The Docker registries. Their passwords never come back; they are in the database, for its owner only."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from daytona_local.collection import Collection
from daytona_local.records import Record


class Registry(Record):
    """Hold a registry."""

    kind: ClassVar[str] = "docker_registry"

    name: str
    url: str
    username: str
    password: str = Field(repr=False)
    project: str = ""


class Registries(Collection[Registry]):
    """Keep the registries; several may have one name."""

    record = Registry
    missing = "Docker registry with ID {} not found"
