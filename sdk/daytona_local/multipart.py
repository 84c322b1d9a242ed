"""Contexts that come in parts, as large ones do: a part may come again; none counts before the last word."""

from __future__ import annotations

import asyncio
import os
import secrets
import shutil
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from daytona_local.contexts import PIECE_BYTES, Contexts
from daytona_local.errors import InvalidError, NotFoundError, ThrottledError

MOST_UPLOADS = 16
LASTING_S = 3600
"""How long an upload is kept that nobody ends: as long as the keys are, by which it is sent."""

MOST_PARTS = 10_000
GONE = "there is no such upload; begin another"


@dataclass(frozen=True)
class Part:
    """Hold a part: what it is known by, and where it is."""

    tag: str
    file: Path
    size: int


@dataclass
class Upload:
    """Hold what has come of an upload so far.

    Attributes:
        digest: The hash of the context that it is to be.
        folder: Where its parts are.
        used: How many bytes they have, with those that are coming.
        parts: By their numbers.
    """

    digest: str
    folder: Path
    used: int = 0
    parts: dict[int, Part] = field(default_factory=dict)
    began_at: float = field(default_factory=time.monotonic)


class Uploads:
    """Keep uploads that are under way.

    Args:
        contexts: Get what has come whole.
    """

    def __init__(self, contexts: Contexts) -> None:
        self._contexts = contexts
        self._uploads: dict[str, Upload] = {}

    def begin(self, digest: str) -> str:
        """Begin an upload, and return its id.

        Raises:
            InvalidError: That can't be a context's hash.
            ThrottledError: Too many are under way.
        """
        for upload_id, upload in list(self._uploads.items()):
            if time.monotonic() - upload.began_at > LASTING_S:
                self.abort(upload_id, upload.digest)
        if len(self._uploads) >= MOST_UPLOADS:
            raise ThrottledError("too many uploads are under way; try again when one has ended", "SlowDown")
        upload_id = secrets.token_hex(16)
        self._uploads[upload_id] = Upload(digest, self._contexts.folder_for_parts(digest))
        return upload_id

    async def receive(
        self, upload_id: str, digest: str, number: int, pieces: AsyncIterator[bytes], tag: str
    ) -> None:
        """Take a part in; it takes the place of an earlier one when all of it has come.

        Args:
            upload_id: The upload.
            digest: Whose it is.
            number: The part's place among the others.
            pieces: What comes; it raises when that is not what was announced.
            tag: What the part is known by.

        Raises:
            InvalidError: That can't be a part's number, or the context gets too large.
            NotFoundError: There is no such upload, or it has ended meanwhile.
        """
        upload = self._find(upload_id, digest)
        if not 1 <= number <= MOST_PARTS:
            raise InvalidError(f"partNumber must be from 1 to {MOST_PARTS}", "InvalidArgument")
        size, (fd, file) = 0, _new_file(upload.folder)
        try:
            with os.fdopen(fd, "wb") as opened:
                async for piece in pieces:
                    self._contexts.admit(upload.used + len(piece))
                    upload.used += len(piece)
                    size += len(piece)
                    opened.write(piece)
            self._find(upload_id, digest)
        except BaseException:
            self._drop(upload, Part(tag, file, size))
            raise
        self._drop(upload, upload.parts.get(number))
        upload.parts[number] = Part(tag, file, size)

    async def complete(self, upload_id: str, digest: str, wanted: Sequence[tuple[int, str]]) -> None:
        """Make a context of some parts; the upload is over then.

        Args:
            upload_id: The upload.
            digest: Whose it is.
            wanted: The numbers and tags of its parts, in their order.

        Raises:
            NotFoundError: There is no such upload.
            InvalidError: A part has not come, or not like that.
        """
        upload = self._find(upload_id, digest)
        numbers = [number for number, _ in wanted]
        if not numbers or numbers != sorted(set(numbers)):
            raise InvalidError("the parts must be named in their order, each once", "InvalidPartOrder")
        for number, tag in wanted:
            if number not in upload.parts or upload.parts[number].tag != tag:
                raise InvalidError(f"part {number} has not come, or another content of it", "InvalidPart")
        del self._uploads[upload_id]
        await asyncio.to_thread(self._join, upload, numbers)

    def abort(self, upload_id: str, digest: str) -> None:
        """Forget an upload.

        Raises:
            NotFoundError: There is none.
        """
        upload = self._find(upload_id, digest)
        del self._uploads[upload_id]
        shutil.rmtree(upload.folder)

    def clear(self) -> None:
        """Forget them all."""
        for upload_id, upload in list(self._uploads.items()):
            self.abort(upload_id, upload.digest)

    def _find(self, upload_id: str, digest: str) -> Upload:
        upload = self._uploads.get(upload_id)
        if upload is None or upload.digest != digest:
            raise NotFoundError(GONE, "NoSuchUpload")
        return upload

    def _join(self, upload: Upload, numbers: Sequence[int]) -> None:
        try:
            with self._contexts.coming(upload.digest) as file:
                for number in numbers:
                    with upload.parts[number].file.open("rb") as part:
                        shutil.copyfileobj(part, file, PIECE_BYTES)
                    self._drop(upload, upload.parts[number])  # so that it takes the disk's room once
        finally:
            shutil.rmtree(upload.folder)

    @staticmethod
    def _drop(upload: Upload, part: Part | None) -> None:
        if part is not None:
            upload.used -= part.size
            part.file.unlink(missing_ok=True)  # an upload that was aborted meanwhile has taken it along


def _new_file(folder: Path) -> tuple[int, Path]:
    """Make a file for its owner only; return its descriptor and its place."""
    fd, name = tempfile.mkstemp(dir=folder)
    return fd, Path(name)
