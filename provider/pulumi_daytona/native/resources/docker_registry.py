# Generated from the core by `make generate`; do not edit.
"""The ``DockerRegistry`` resource of Pulumi programs, by the native plugin."""

from __future__ import annotations

import pulumi
from pulumi import Input, Output

from pulumi_daytona.native.resource import NativeResource


class DockerRegistry(NativeResource, kind="DockerRegistry", secrets=("password",)):
    """Declare a Docker registry that images are pulled from (create registry).

    Daytona allows a name more than once. What a create that was cut short has left behind is found again by
    the name that follows from who the resource is; where the program fixes the name it can't be told.

    Attributes:
        name: Its name in Daytona.
        url: Its address.
        username: Who signs in.
        project: The project in it.
        registry_type: What it is to Daytona, for example ``organization``.
        created_at: When it was made.
        updated_at: When it last changed.
        password: With which password or token. The API never tells it: it is compared with what was last set.
    """

    name: Output[str]
    url: Output[str]
    username: Output[str]
    project: Output[str | None]
    registry_type: Output[str]
    created_at: Output[str | None]
    updated_at: Output[str | None]
    password: Output[str]

    def __init__(
        self,
        resource_name: str,
        *,
        url: Input[str],
        username: Input[str],
        password: Input[str],
        name: Input[str] | None = None,
        project: Input[str] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare a Docker registry that images are pulled from (create registry).

        Args:
            resource_name: The logical name in the program.
            url: Its address, for example ``https://registry.example.com``. Changes in place.
            username: Who signs in. Changes in place.
            password: With which password or token. The API never tells it: it is compared with what was last
                set. Changes in place. Kept as a secret.
            name: The name in Daytona; by default it follows from organization, project, stack and logical
                name. Changes in place.
            project: The project in it, for registries that have such. Changes in place.
            opts: Pulumi's resource options.
        """
        super().__init__(
            resource_name,
            {
                "url": url,
                "username": username,
                "password": password,
                "name": name,
                "project": project,
            },
            opts,
        )
