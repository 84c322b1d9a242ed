"""Look up the ways into a sandbox: links to its ports and files, and who may use them."""

from __future__ import annotations

from daytona_httpx import AsyncDaytona, PortPreviewUrl, SignedPortPreviewUrl, SshAccessValidationDto
from daytona_httpx.models.preview import PreviewWarning

from pulumi_daytona.core.functions.arguments import PORT, PROXY, SANDBOX, SANDBOX_ID, SERVICE, Count, Port
from pulumi_daytona.core.functions.look_up import Argument, Given, LookUp

_PATH = Argument("path", str, "The file's path in the sandbox.")
_TTL = Argument(
    "ttl_seconds",
    int,
    "For how long it works, in seconds; an hour by default, for ever when 0 or less.",
    None,
)
_TOKEN = Argument("token", str, "The token.", secret=True)
_AUTH_TOKEN = Argument("auth_token", str, "The token.", secret=True)


async def _preview_url(client: AsyncDaytona, given: Given) -> PortPreviewUrl:
    return await (await client.get(given["sandbox"])).get_preview_link(given["port"])


async def _signed_preview_url(client: AsyncDaytona, given: Given) -> SignedPortPreviewUrl:
    sandbox = await client.get(given["sandbox"])
    return await sandbox.create_signed_preview_url(given["port"], given.get("expires_in_seconds"))


async def _download_url(client: AsyncDaytona, given: Given) -> str:
    return await (await client.get(given["sandbox"])).download_url(given["path"], given.get("ttl_seconds"))


async def _upload_url(client: AsyncDaytona, given: Given) -> str:
    return await (await client.get(given["sandbox"])).upload_url(given["path"], given.get("ttl_seconds"))


async def _ssh_access(client: AsyncDaytona, given: Given) -> SshAccessValidationDto:
    return await (await client.get(given["sandbox"])).validate_ssh_access(given["token"])


LOOK_UPS = (
    LookUp(
        "get_preview_url",
        "Return the link to a port of a sandbox, and the token that a private sandbox asks for, in the "
        "header ``x-daytona-preview-token``.",
        "getPortPreviewUrl",
        PortPreviewUrl,
        _preview_url,
        (SANDBOX, PORT),
    ),
    LookUp(
        "get_signed_preview_url",
        "Return a link to a port of a sandbox that works for a while without a token. Every run makes "
        "another one.",
        "getSignedPortPreviewUrl",
        SignedPortPreviewUrl,
        _signed_preview_url,
        (
            SANDBOX,
            PORT,
            Argument("expires_in_seconds", Count, "For how long it works; the API's default is 60.", None),
        ),
    ),
    LookUp(
        "get_download_url",
        "Return a link that downloads a file of a running sandbox, with a GET. It works without a key.",
        "getSandboxSigningKey",
        str,
        _download_url,
        (SANDBOX, _PATH, _TTL),
        secret=True,
    ),
    LookUp(
        "get_upload_url",
        "Return a link that uploads a file to a running sandbox, with a POST of a form that has ``file`` "
        "in it. It works without a key.",
        "getSandboxSigningKey",
        str,
        _upload_url,
        (SANDBOX, _PATH, _TTL),
        secret=True,
    ),
    LookUp(
        "get_ssh_access_validation",
        "Return whether a token for SSH is valid, and for which sandbox.",
        "validateSshAccess",
        SshAccessValidationDto,
        _ssh_access,
        (SANDBOX, _TOKEN),
        needs=SERVICE,
    ),
    LookUp(
        "get_preview_access",
        "Tell whether the configured key or token may see a sandbox.",
        "hasSandboxAccess",
        bool,
        lambda client, given: client.previews.has_access(**given),
        (SANDBOX_ID,),
    ),
    LookUp(
        "get_preview_public",
        "Tell whether everyone may see a sandbox.",
        "isSandboxPublic",
        bool,
        lambda client, given: client.previews.is_public(**given),
        (SANDBOX_ID,),
        needs=PROXY,
    ),
    LookUp(
        "get_preview_token_validity",
        "Tell whether a token lets one see a sandbox.",
        "isValidAuthToken",
        bool,
        lambda client, given: client.previews.is_valid_auth_token(**given),
        (SANDBOX_ID, _AUTH_TOKEN),
        needs=PROXY,
    ),
    LookUp(
        "get_preview_warning",
        "Return whether a warning comes before a preview.",
        "isPreviewWarningEnabled",
        PreviewWarning,
        lambda client, given: client.previews.get_warning(**given),
        (SANDBOX_ID, Argument("port", Port, "For which port; some never warn.", None)),
        needs=PROXY,
    ),
    LookUp(
        "get_preview_signing_key",
        "Return the key that signs a sandbox's links.",
        "getSigningKey",
        str,
        lambda client, given: client.previews.get_signing_key(**given),
        (SANDBOX_ID,),
        needs=PROXY,
        secret=True,
    ),
    LookUp(
        "get_signed_preview_sandbox_id",
        "Return the id of the sandbox that a signed link leads to.",
        "getSandboxIdFromSignedPreviewUrlToken",
        str,
        lambda client, given: client.previews.get_sandbox_id(**given),
        (Argument("signed_preview_token", str, "The link's token.", secret=True), PORT),
        needs=PROXY,
    ),
)
