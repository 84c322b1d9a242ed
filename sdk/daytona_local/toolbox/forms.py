"""Read a multipart form as it comes in: a part at a time, in constant memory."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import ClientDisconnect, Request

from daytona_local.errors import InvalidError

FIELD_BYTES = 64 * 1024
"""What a field that is no file may have at most."""

_BEGIN, _DATA, _END, _LAST = range(4)


class Part:
    """Hold one part of a form, while it is its turn.

    Attributes:
        name: The name of its field.
    """

    def __init__(self, name: str, form: Form) -> None:
        self.name = name
        self._form = form

    async def chunks(self) -> AsyncIterator[bytes]:
        """Yield its content."""
        while (event := await self._form.next_event())[0] == _DATA:
            yield event[1]

    async def text(self) -> str:
        """Return its content as a text.

        Raises:
            InvalidError: It is too long for a field.
        """
        data = bytearray()
        async for chunk in self.chunks():
            data += chunk
            if len(data) > FIELD_BYTES:
                raise InvalidError(f"the field {self.name!r} has more than {FIELD_BYTES} bytes; send less")
        return data.decode(errors="replace")


class Form:
    """Read the form of a request.

    Args:
        request: The request.

    Raises:
        InvalidError: It isn't a multipart form.
    """

    def __init__(self, request: Request) -> None:
        kind, options = parse_options_header(request.headers.get("content-type"))
        boundary = options.get(b"boundary")
        if kind != b"multipart/form-data" or not boundary:
            raise InvalidError("the body is no multipart form; send multipart/form-data with a boundary")
        self._chunks = request.stream()
        self._events: deque[tuple[int, bytes]] = deque()
        self._header = (bytearray(), bytearray())
        self._name = b""
        self._parser = self._new_parser(boundary)

    async def parts(self) -> AsyncIterator[Part]:
        """Yield the parts; what is not read of one is left out.

        Raises:
            InvalidError: The form is malformed, or broke off in the middle.
        """
        while (event := await self.next_event())[0] != _LAST:
            if event[0] == _BEGIN:
                yield Part(event[1].decode(errors="replace"), self)

    async def next_event(self) -> tuple[int, bytes]:
        """Return what comes next."""
        while not self._events:
            try:
                chunk = await anext(self._chunks)
                self._parser.write(chunk)
            except (StopAsyncIteration, ClientDisconnect):
                raise InvalidError("the form broke off in the middle; send all of it") from None
            except FormParserError as error:
                raise InvalidError(f"the form is malformed: {error}; correct it") from None
        return self._events.popleft()

    def _new_parser(self, boundary: bytes) -> MultipartParser:
        field, value = self._header
        return MultipartParser(
            boundary,
            {
                "on_part_begin": lambda: setattr(self, "_name", b""),
                "on_header_field": lambda data, start, end: field.extend(data[start:end]),
                "on_header_value": lambda data, start, end: value.extend(data[start:end]),
                "on_header_end": self._take_header,
                "on_headers_finished": lambda: self._events.append((_BEGIN, self._name)),
                "on_part_data": lambda data, start, end: self._events.append((_DATA, data[start:end])),
                "on_part_end": lambda: self._events.append((_END, b"")),
                "on_end": lambda: self._events.append((_LAST, b"")),
            },
        )

    def _take_header(self) -> None:
        field, value = self._header
        if field.lower() == b"content-disposition":
            self._name = parse_options_header(bytes(value))[1].get(b"name", b"")
        field.clear()
        value.clear()
