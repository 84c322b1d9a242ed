"""Images that are built: the text of a Dockerfile, and the local files that it copies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

from daytona_httpx import DaytonaValidationError, Image
from daytona_httpx.image_context import ImageContext

from pulumi_daytona.core.definition import Failure
from pulumi_daytona.core.models import InputModel
from pulumi_daytona.core.traits import doc, replaces


class Context(InputModel):
    """Name a local file or folder that an image copies, and its content."""

    path: Annotated[str, doc("Where it is, from the project's folder.")]
    archive_path: Annotated[str, doc("Its name in the archive, which the Dockerfile copies from.")]
    sha256: Annotated[str, doc("The hash of its content; times and places are no part of it.")]


def same_contents(old: list[dict[str, str]], new: list[dict[str, str]]) -> bool:
    """Tell whether two lists of contexts have the same content, wherever it lies."""
    return _hashes(old) == _hashes(new)


CONTEXTS = replaces([], same=same_contents, internal=True)
"""The trait of an image's contexts: the resource class sets them, and other content is another image."""

COPIED = doc("The local files and folders that the Dockerfile copies; other content is another image.")


def image_of(dockerfile: str, contexts: Sequence[Context] | None) -> Image:
    """Return the image of a Dockerfile with what it copies."""
    return PackedImage(dockerfile, contexts) if contexts else Image.from_text(dockerfile)


class PackedImage(Image):
    """Bring a Dockerfile's text and what it copies together again, in the provider's process.

    Args:
        dockerfile: The text.
        contexts: What it copies, from the working directory, which is the project's folder.
    """

    def __init__(self, dockerfile: str, contexts: Sequence[Context]) -> None:
        super().__init__()
        self._text = dockerfile
        self._packed = [ImageContext(str(Path(each.path).absolute()), each.archive_path) for each in contexts]

    def dockerfile(self) -> str:
        """Return the text."""
        return self._text

    def buildable(self) -> str:
        """Return the text: all that it copies is known."""
        return self._text

    @property
    def contexts(self) -> list[ImageContext]:
        """Return what the Dockerfile copies."""
        return list(self._packed)


def dockerfile_rule(dockerfile: object, contexts: object) -> Iterator[Failure]:
    """Yield that a Dockerfile copies files which nobody could send."""
    if isinstance(dockerfile, str) and contexts is None:
        try:
            Image.from_text(dockerfile).buildable()
        except DaytonaValidationError as error:
            yield Failure("dockerfile", str(error))


def _hashes(contexts: list[dict[str, str]]) -> list[tuple[str, str]]:
    return sorted((context["archive_path"], context["sha256"]) for context in contexts)
