"""Uploads in parts: a small part of S3's own way to take large objects in."""

from __future__ import annotations

import re
from html import unescape

from starlette.requests import Request
from starlette.responses import Response

from daytona_local.api.s3 import BUCKET, content_hash, pieces, xml
from daytona_local.errors import InvalidError
from daytona_local.services import services

LARGEST_LIST = 2 * 1024 * 1024
"""Bytes of the list of parts, of which there are at most 10,000."""

_PART = re.compile(r"<Part>(.*?)</Part>", re.DOTALL)
_NUMBER = re.compile(r"<PartNumber>\s*(\d{1,5})\s*</PartNumber>")
_TAG = re.compile(r"<ETag>\s*(.*?)\s*</ETag>", re.DOTALL)


def is_part(request: Request) -> bool:
    """Tell whether a request brings a part of an upload."""
    return "uploadId" in request.query_params


async def receive_part(request: Request) -> Response:
    """Take a part in [UploadPart]."""
    number, tag = request.query_params.get("partNumber", ""), content_hash(request)
    if not re.fullmatch(r"\d{1,5}", number):
        raise InvalidError("partNumber must be a whole number", "InvalidArgument")
    uploads, digest = services(request).uploads, request.path_params["digest"]
    await uploads.receive(_upload_id(request), digest, int(number), pieces(request), tag)
    return Response(headers={"ETag": f'"{tag}"'})


async def begin_or_complete(request: Request) -> Response:
    """Begin an upload, or end it with its parts' list [CreateMultipartUpload, CompleteMultipartUpload]."""
    uploads, digest = services(request).uploads, request.path_params["digest"]
    key = request.url.path.partition(f"/{BUCKET}/")[2]
    if "uploads" in request.query_params:
        content_hash(request)
        return xml("InitiateMultipartUploadResult", Bucket=BUCKET, Key=key, UploadId=uploads.begin(digest))
    wanted = await _parts(request)
    await uploads.complete(_upload_id(request), digest, wanted)
    tag = f'"{digest}-{len(wanted)}"'
    location = f"{services(request).base_url}{request.url.path}"
    return xml("CompleteMultipartUploadResult", Location=location, Bucket=BUCKET, Key=key, ETag=tag)


async def abort(request: Request) -> Response:
    """Forget an upload [AbortMultipartUpload]."""
    services(request).uploads.abort(_upload_id(request), request.path_params["digest"])
    return Response(status_code=204)


def _upload_id(request: Request) -> str:
    upload_id = request.query_params.get("uploadId", "")
    if not upload_id:
        raise InvalidError("the query has no uploadId", "InvalidArgument")
    return upload_id


async def _parts(request: Request) -> list[tuple[int, str]]:
    """Return the numbers and tags that a list of parts has; it is no document that needs a parser."""
    body = bytearray()
    async for piece in pieces(request):
        body += piece
        if len(body) > LARGEST_LIST:
            raise InvalidError("the list of parts is too long", "MalformedXML")
    found = []
    for part in _PART.findall(body.decode(errors="replace")):
        number, tag = _NUMBER.search(part), _TAG.search(part)
        if number is None or tag is None:
            raise InvalidError("each part needs a PartNumber and an ETag", "MalformedXML")
        found.append((int(number[1]), unescape(tag[1]).strip('"')))
    return found
