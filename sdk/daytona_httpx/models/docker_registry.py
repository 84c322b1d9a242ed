"""The wire models of Docker registries."""

from __future__ import annotations

from pydantic import Field

from daytona_httpx.models.base import WireModel


class DockerRegistry(WireModel):
    """Hold a registry as the API sends it; its password never comes back.

    Example:
        >>> place = "https://registry.example.com"
        >>> registry = daytona.docker_registries.create("ours", place, "user", "s3cret")
        >>> registry.name, "s3cret" in repr(registry)
        ('ours', False)
        >>> daytona.docker_registries.delete(registry.id)
    """

    id: str
    name: str
    url: str
    username: str = ""
    project: str | None = None
    registry_type: str = ""
    created_at: str | None = None
    updated_at: str | None = None


class RegistryPushAccessDto(WireModel):
    """Hold credentials for a push, which end after a while."""

    username: str
    secret: str = Field(repr=False)
    registry_url: str
    registry_id: str = ""
    project: str = ""
    expires_at: str | None = None
