# Generated from _async by `make generate`; do not edit.
"""The object store: where the files that images copy are sent to, each content once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from urllib.parse import quote

from daytona_httpx._sync import clock
from daytona_httpx._sync.transport import Transport
from daytona_httpx.archive import tar_of
from daytona_httpx.deadline import Deadline
from daytona_httpx.errors import DaytonaError, DaytonaValidationError, prefixed
from daytona_httpx.image_context import ImageContext, archive_path_of, existing
from daytona_httpx.models.base import parse
from daytona_httpx.models.object_storage import StorageAccess
from daytona_httpx.s3 import EMPTY_SHA256, Credentials, signed_headers

LARGEST = 5 * 1024**3
"""How many bytes a store takes in one piece."""


class ObjectStorage:
    """Send local files to where the API builds images."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get_push_access(self) -> StorageAccess:
        """Return where files are sent to, and with which passing keys (get push access)."""
        with prefixed("Failed to get access to the object store: "):
            return self._access(self._transport.request_deadline(None))

    def upload(
        self, path: str, organization_id: str | None = None, archive_base_path: str | None = None
    ) -> str:
        """Send a local file or folder, unless the store has its content, and return the content's hash.

        Args:
            path: The file or folder.
            organization_id: Whose it is; that of the key when left out.
            archive_base_path: Its name in the archive, which a Dockerfile copies from.

        Raises:
            DaytonaNotFoundError: There is no such file.
            DaytonaValidationError: A link leads outside of it.
            DaytonaError: The store refused.
        """
        with prefixed("Failed to upload to the object store: "):
            source = str(existing(path, "Path"))
            context = ImageContext(source, archive_base_path or archive_path_of(source))
            deadline = self._transport.deadline(None)
            access = self._access(deadline)
            if organization_id:
                access = access.model_copy(update={"organization_id": organization_id})
            return self._send(context, access, deadline)

    @staticmethod
    def compute_archive_base_path(path_str: str) -> str:
        """Return the name of a file or folder in an archive; it doesn't tell where it lies."""
        return archive_path_of(path_str)

    def upload_contexts(
        self, contexts: Sequence[ImageContext], deadline: Deadline | None = None
    ) -> list[str]:
        """Send what an image copies, and return the hashes.

        Args:
            contexts: Those of the image.
            deadline: When to give up.

        Raises:
            DaytonaNotFoundError: A file is not there any more.
            DaytonaValidationError: A link leads outside of what is copied.
            DaytonaError: The store refused.
        """
        if not contexts:
            return []
        limit = deadline or self._transport.deadline(None)
        access = self._access(limit)
        return [self._send(context, access, limit) for context in contexts]

    def _access(self, deadline: Deadline) -> StorageAccess:
        return parse(StorageAccess, self._transport.api("GET", "/object-storage/push-access", deadline))

    def _send(self, context: ImageContext, access: StorageAccess, deadline: Deadline) -> str:
        with prefixed(f"upload {context.source_path}: "):
            digest, size = self._measure(context)
            place = "/".join(map(quote, (access.bucket, access.organization_id, digest, "context.tar")))
            url = f"{access.storage_url.rstrip('/')}/{place}"
            if not self._is_there(url, access, deadline):
                headers = {
                    **_signed("PUT", url, access, digest),
                    "Content-Length": str(size),
                    "Content-Type": "application/x-tar",
                }
                body = Tar(context, digest, size)
                self._transport.send("PUT", url, deadline, headers=headers, content=body)
            return digest

    def _measure(self, context: ImageContext) -> tuple[str, int]:
        """Return the hash and the size of a context's tar."""
        digest, size = hashlib.sha256(), 0
        for piece in tar_of(context):
            digest.update(piece)
            size += len(piece)
            clock.sleep(0)  # others may go on meanwhile
        if size > LARGEST:
            raise DaytonaValidationError(
                f"it has {size / 1024**3:.1f} GiB, and the store takes 5 GiB; leave files out or use a volume"
            )
        return digest.hexdigest(), size

    def _is_there(self, url: str, access: StorageAccess, deadline: Deadline) -> bool:
        try:
            self._transport.send("HEAD", url, deadline, headers=_signed("HEAD", url, access, EMPTY_SHA256))
        except DaytonaError as error:
            if error.status_code in (403, 404):  # keys that may only write are told 403 of what isn't there
                return False
            raise
        return True


class Tar:
    """Give a tar to each attempt of a request anew, whole and as it was measured or not at all.

    Args:
        context: What is in it.
        digest: Its hash.
        size: Its bytes.
    """

    def __init__(self, context: ImageContext, digest: str, size: int) -> None:
        self._context = context
        self._digest = digest
        self._size = size

    def __iter__(self) -> Iterator[bytes]:
        """Yield the tar, piece by piece.

        Raises:
            DaytonaError: It isn't as it was measured.
        """
        digest, left = hashlib.sha256(), self._size
        for piece in tar_of(self._context):
            digest.update(piece)
            left -= len(piece)
            if left < 0 or (left == 0 and digest.hexdigest() != self._digest):
                raise DaytonaError(f"{self._context.source_path} changed while it was sent; try again")
            yield piece


def _signed(method: str, url: str, access: StorageAccess, payload_sha256: str) -> dict[str, str]:
    keys = Credentials(access.access_key, access.secret, access.session_token, access.region)
    return signed_headers(method, url, keys, payload_sha256, datetime.now(UTC))
