# Generated from _async by `make generate`; do not edit.
"""Docker registries: where images are pulled from."""

from __future__ import annotations

import builtins

from daytona_httpx._sync.group import Group
from daytona_httpx.models.docker_registry import DockerRegistry, RegistryPushAccessDto
from daytona_httpx.wire import given


class DockerRegistries(Group):
    """Make, find, change and delete an organization's registries."""

    def list(self) -> builtins.list[DockerRegistry]:
        """Return all registries, without their passwords (list registries)."""
        return self._many(DockerRegistry, "list registries", ("docker-registry",))

    def get(self, registry_id: str) -> DockerRegistry:
        """Return a registry, without its password (get registry).

        Raises:
            DaytonaNotFoundError: There is none.
        """
        return self._one(DockerRegistry, "get registry", "GET", ("docker-registry", registry_id))

    def create(
        self, name: str, url: str, username: str, password: str, project: str | None = None
    ) -> DockerRegistry:
        """Make a registry; there may be others of this name (create registry).

        Args:
            name: Its name.
            url: Its address.
            username: Who signs in.
            password: With which password or token; it never comes back.
            project: The project in it, for registries that have such.
        """
        body = given(name=name, url=url, username=username, password=password, project=project)
        return self._one(DockerRegistry, "create registry", "POST", ("docker-registry",), json=body)

    def update(
        self,
        registry_id: str,
        name: str,
        url: str,
        username: str,
        password: str | None = None,
        project: str | None = None,
    ) -> DockerRegistry:
        """Replace what a registry is (update registry).

        Args:
            registry_id: The registry's id.
            name: Its name.
            url: Its address.
            username: Who signs in.
            password: With which password; as it is when left out.
            project: The project in it; none when left out.

        Raises:
            DaytonaNotFoundError: There is none.
        """
        body = given(name=name, url=url, username=username, password=password, project=project)
        path = ("docker-registry", registry_id)
        return self._one(DockerRegistry, "update registry", "PATCH", path, json=body)

    def delete(self, registry_id: str) -> None:
        """Delete a registry (delete registry).

        Raises:
            DaytonaNotFoundError: There is none.
        """
        self._delete("delete registry", ("docker-registry", registry_id))

    def get_push_access(self, region_id: str | None = None) -> RegistryPushAccessDto:
        """Return credentials to push an image with, for a while (get transient push access).

        Args:
            region_id: To the registry of this region; the organization's default when left out.
        """
        path, params = ("docker-registry", "registry-push-access"), given(region_id=region_id)
        return self._one(RegistryPushAccessDto, "get push access", "GET", path, params=params)
