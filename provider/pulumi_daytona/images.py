"""Write an ``Image`` as the core takes it: its Dockerfile, and what it copies by place and content."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from daytona_httpx import Image

if TYPE_CHECKING:
    from daytona_httpx.image_context import ImageContext


def with_image(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Return inputs in which an ``Image`` is a Dockerfile; local files are read for their hashes, not sent.

    Raises:
        DaytonaError: The image came as text that copies files of a folder which nobody knows, or a file
            can't be read.
    """
    image = inputs["image"]
    if not isinstance(image, Image):
        return dict(inputs)
    contexts = [_context(each) for each in image.contexts] or None
    return {**inputs, "image": None, "dockerfile": image.buildable(), "contexts": contexts}


def _context(context: ImageContext) -> dict[str, str]:
    from daytona_httpx.archive import tar_of  # most images copy nothing

    digest = hashlib.sha256()
    for piece in tar_of(context):
        digest.update(piece)
    place = Path(os.path.relpath(context.source_path)).as_posix()
    return {"path": place, "archive_path": context.archive_path, "sha256": digest.hexdigest()}
