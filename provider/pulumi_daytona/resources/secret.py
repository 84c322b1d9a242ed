# Generated from the core's definitions by `make generate`; do not edit.
"""The ``Secret`` resource of Pulumi programs."""

from __future__ import annotations

from collections.abc import Sequence

import pulumi
from pulumi import Input, Output

from pulumi_daytona.resource import DaytonaResource


class Secret(DaytonaResource, kind="Secret", secrets=("value",)):
    """Declare a secret: a value that sandboxes use on their way out and never see (create secret).

    Attributes:
        name: Its name in Daytona, which sandboxes name it by.
        description: What it is for.
        hosts: Where it may be sent to; none means anywhere.
        placeholder: What a sandbox sees in its place.
        created_at: When it was made.
        updated_at: When it last changed.
    """

    name: Output[str]
    description: Output[str | None]
    hosts: Output[list[str]]
    placeholder: Output[str]
    created_at: Output[str | None]
    updated_at: Output[str | None]

    def __init__(
        self,
        resource_name: str,
        *,
        value: Input[str],
        name: Input[str] | None = None,
        description: Input[str] | None = None,
        hosts: Input[Sequence[Input[str]]] | None = None,
        adopt: Input[bool] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare a secret: a value that sandboxes use on their way out and never see (create secret).

        Args:
            resource_name: The logical name in the program.
            value: The secret itself. The API never tells it: it is compared with what was last set. Changes
                in place. Kept as a secret.
            name: The name in Daytona, unique in the organization; by default it follows from organization,
                project, stack and logical name. A letter or ``_`` first. A change replaces.
            description: What it is for. Changes in place.
            hosts: Where it may be sent to: names, or ``*.`` and a name. Anywhere when left out. Changes in
                place.
            adopt: Whether to take over one that exists already; from then on this stack owns it, and destroys
                it. Default False: that there is one is an error.
            opts: Pulumi's resource options.
        """
        super().__init__(
            resource_name,
            {
                "value": value,
                "name": name,
                "description": description,
                "hosts": hosts,
                "adopt": adopt,
            },
            opts,
        )
