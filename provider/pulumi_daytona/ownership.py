"""Who a resource of this program is: what its name and its marks follow from."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import cast

import pulumi

from pulumi_daytona.core.ownership import owner_of


def owner(resource_type: str, resource_name: str, opts: pulumi.ResourceOptions | None) -> pulumi.Output[str]:
    """Return the owner of a resource that is about to be declared.

    Args:
        resource_type: Its full type, for example ``pulumi-python:dynamic/daytona:Sandbox``.
        resource_name: Its logical name.
        opts: Its options: the parent is part of who it is.
    """
    parent = opts.parent if opts else None
    urn = pulumi.create_urn(resource_name, resource_type, parent, pulumi.get_project(), pulumi.get_stack())
    organization = pulumi.get_organization()
    # What depends on the name of a component would wait for all that is in it: for itself.
    alone = pulumi.Output(set(), cast("Awaitable[str]", urn.future()), urn.is_known())
    return alone.apply(lambda text: owner_of(organization, text))
