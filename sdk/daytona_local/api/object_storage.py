"""The object store for the files that images copy: a small part of S3, on this server itself."""

from __future__ import annotations

from email.utils import formatdate

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from daytona_local.api.access import STORE
from daytona_local.api.multipart import abort, begin_or_complete, is_part, receive_part
from daytona_local.api.s3 import BUCKET, content_hash, pieces, signed
from daytona_local.errors import NotFoundError
from daytona_local.services import services
from daytona_local.settings import ORGANIZATION_ID
from daytona_local.upload_keys import REGION


async def push_access(request: Request) -> JSONResponse:
    """Return where files are sent to, and with which passing keys."""
    parts = services(request)
    key = parts.upload_keys.new()
    return JSONResponse({
        "accessKey": key.access_key,
        "secret": key.secret,
        "sessionToken": key.session_token,
        "storageUrl": f"{parts.base_url}{STORE}",
        "organizationId": ORGANIZATION_ID,
        "bucket": BUCKET,
        "region": REGION,
    })  # fmt: skip


async def look(request: Request) -> Response:
    """Tell whether a context is there [HeadObject]."""
    digest = request.path_params["digest"]
    file = services(request).contexts.file(digest)
    if file is None:
        raise NotFoundError("there is no such context")
    found = file.stat()
    return Response(headers={
        "Content-Length": str(found.st_size),
        "Last-Modified": formatdate(found.st_mtime, usegmt=True),
        "ETag": f'"{digest}"',
    })  # fmt: skip


async def put(request: Request) -> Response:
    """Take a context in, or a part of one [PutObject, UploadPart]."""
    return await (receive_part(request) if is_part(request) else _receive(request))


async def _receive(request: Request) -> Response:
    """Keep a context when all of it has come as it was signed."""
    contexts, size = services(request).contexts, 0
    tag = content_hash(request)
    with contexts.coming(request.path_params["digest"]) as file:
        async for piece in pieces(request):
            size += len(piece)
            contexts.admit(size)
            file.write(piece)
    return Response(headers={"ETag": f'"{tag}"'})


routes = [Route("/object-storage/push-access", push_access, methods=["GET"])]
_PLACE = "/{bucket}/{organization_id}/{digest:str}/context.tar"
store = Mount(
    STORE,
    routes=[
        Route(_PLACE, signed(look), methods=["HEAD"]),
        Route(_PLACE, signed(put), methods=["PUT"]),
        Route(_PLACE, signed(begin_or_complete), methods=["POST"]),
        Route(_PLACE, signed(abort), methods=["DELETE"]),
    ],
)
