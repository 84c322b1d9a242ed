"""Take the files of a bulk download to where they were asked for, piece by piece."""

from __future__ import annotations

import json
from collections.abc import Generator, Sequence
from types import TracebackType

from daytona_httpx.errors import DaytonaError
from daytona_httpx.multipart import Part
from daytona_httpx.transfers import (
    FileDownloadErrorDetails,
    FileDownloadRequest,
    FileDownloadResponse,
    written_whole,
)

Sink = Generator[None, bytes, None]
"""Takes pieces; an empty one is the end. Closed before that, it leaves nothing."""


class Downloads:
    """Hold which files are asked for, and what became of each.

    Args:
        requests: The files; one may be asked for several times.
    """

    def __init__(self, requests: Sequence[FileDownloadRequest]) -> None:
        self.answers = [FileDownloadResponse(request.source) for request in requests]
        self._wanted: dict[str, list[tuple[str | None, FileDownloadResponse]]] = {}
        for request, answer in zip(requests, self.answers, strict=True):
            self._wanted.setdefault(request.source, []).append((request.destination, answer))
        self._sinks: list[tuple[FileDownloadResponse, Sink]] = []

    @property
    def paths(self) -> list[str]:
        """Return the paths to ask for, each once."""
        return [*self._wanted]

    def __enter__(self) -> Downloads:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give up what is not whole."""
        for _, sink in self._sinks:
            sink.close()

    def take(self, event: Part | bytes) -> None:
        """Take the head of a part, a piece of it, or its end."""
        if isinstance(event, Part):
            self._sinks = self._opened(event)
        else:
            self._sinks = [(answer, sink) for answer, sink in self._sinks if _goes_on(answer, sink, event)]

    def finish(self) -> list[FileDownloadResponse]:
        """Return what became of each file; one that nothing was heard of says so."""
        for answer in self.answers:
            if answer.result is None and answer.error is None:
                answer.fail(DaytonaError("No data received for this file"))
        return self.answers

    def _opened(self, part: Part) -> list[tuple[FileDownloadResponse, Sink]]:
        sinks = []
        for destination, answer in self._wanted.get(part.filename, ()):
            if part.name == "error":
                sink = _reason(answer)
            else:
                sink = _bytes(answer) if destination is None else _file(answer, destination)
            if _goes_on(answer, sink):
                sinks.append((answer, sink))
        return sinks


def _goes_on(answer: FileDownloadResponse, sink: Sink, piece: bytes | None = None) -> bool:
    """Give a sink its next piece, or let it begin, and tell whether it takes more."""
    try:
        if piece is None:
            next(sink)
        else:
            sink.send(piece)
    except StopIteration:
        return False
    except DaytonaError as error:
        answer.fail(error)
        return False
    return True


def _bytes(answer: FileDownloadResponse) -> Sink:
    pieces = []
    while piece := (yield):
        pieces.append(piece)
    answer.result = b"".join(pieces)


def _file(answer: FileDownloadResponse, destination: str) -> Sink:
    with written_whole(destination) as file:
        while piece := (yield):
            file.write(piece)
    answer.result = destination


def _reason(answer: FileDownloadResponse) -> Sink:
    pieces = []
    while piece := (yield):
        pieces.append(piece)
    text = b"".join(pieces).decode(errors="replace")
    try:
        said = json.loads(text)
    except ValueError:
        said = None
    details = said if isinstance(said, dict) else {}
    message = str(details.get("message") or text.strip() or "refused without a reason")
    answer.error = message
    answer.error_details = FileDownloadErrorDetails(
        message, details.get("statusCode"), details.get("code"), details.get("source")
    )
