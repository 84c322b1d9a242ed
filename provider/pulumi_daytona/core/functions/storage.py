"""Look up what outlives sandboxes: volumes, and the vault of secrets."""

from __future__ import annotations

from daytona_httpx import AsyncDaytona, Secret, Volume

from pulumi_daytona.core.functions.gather import LARGEST_PAGE, only
from pulumi_daytona.core.functions.look_up import Argument, Given, LookUp


async def _secrets(client: AsyncDaytona, given: Given) -> list[Secret]:
    page = await client.secret.list(limit=LARGEST_PAGE, **given)
    found = [*page.items]
    while page.next_cursor:
        page = await client.secret.list(page.next_cursor, LARGEST_PAGE, **given)
        found += page.items
    return found


async def _secret_by_name(client: AsyncDaytona, given: Given) -> Secret:
    return await only(_secrets(client, given), "secret", lambda secret: secret.name == given["name"])


LOOK_UPS = (
    LookUp(
        "get_volume",
        "Return a volume by its name.",
        "getVolumeByName",
        Volume,
        lambda client, given: client.volume.get(**given),
        (Argument("name", str, "The volume's name."),),
    ),
    LookUp(
        "get_volume_by_id",
        "Return a volume by its id.",
        "getVolume",
        Volume,
        lambda client, given: client.volume.get_by_id(**given),
        (Argument("volume_id", str, "The volume's id."),),
    ),
    LookUp(
        "list_volumes",
        "Return the volumes of the organization.",
        "listVolumes",
        list[Volume],
        lambda client, _: client.volume.list(),
    ),
    LookUp(
        "get_secret",
        "Return a secret of the vault by its name. Its value never comes back.",
        "listSecretsPaginated",
        Secret,
        _secret_by_name,
        (Argument("name", str, "The secret's name."),),
    ),
    LookUp(
        "get_secret_by_id",
        "Return a secret of the vault by its id. Its value never comes back.",
        "getSecret",
        Secret,
        lambda client, given: client.secret.get(**given),
        (Argument("secret_id", str, "The secret's id."),),
    ),
    LookUp(
        "list_secrets",
        "Return the secrets of the vault. Their values never come back.",
        "listSecretsPaginated",
        list[Secret],
        _secrets,
        (
            Argument("name", str, "Only those with this in their name.", None),
            Argument("sort", str, "By ``name``, ``createdAt`` (the default) or ``updatedAt``.", None),
            Argument("order", str, "``asc`` or ``desc`` (the default).", None),
        ),
    ),
)
