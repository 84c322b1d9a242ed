"""One client of a preview URL: each of its requests is checked, then passed on to the port inside."""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import http
import socket
from dataclasses import dataclass, field

from daytona_local.api.answers import refusal
from daytona_local.errors import InvalidError, NotFoundError
from daytona_local.lifecycle import Lifecycle
from daytona_local.preview_flow import PIECE, Flow, Stream, stream
from daytona_local.preview_head import BadHeadError, Head, read_head
from daytona_local.records import Sandbox
from daytona_local.runtime import AgentError, NotRunningError, RuntimeFailedError
from daytona_local.settings import Settings

HEAD_S = 30.0
CONNECT_S = 10.0
LINGER_S = 30.0
"""How long a client may still send after the server inside has ended its side."""
DISCARD_S = 2.0

NOT_ADMITTED = (
    "no valid preview token: send it as the header x-daytona-preview-token "
    "or the query parameter DAYTONA_SANDBOX_AUTH_KEY, or use a signed preview URL"
)
FOREIGN = "a page of another site may not use a signed preview URL; use the plain one with its token"
EXPIRED = "this preview URL has expired; ask for a new one"


@dataclass(frozen=True)
class Link:
    """Say what a preview URL leads to.

    Args:
        sandbox_id: The sandbox.
        port: The port inside.
        expires_at: When a signed URL ends, in seconds since 1970; None for a plain one, which needs a token.
    """

    sandbox_id: str
    port: int
    expires_at: float | None = None

    @property
    def is_signed(self) -> bool:
        """Tell whether the URL itself lets one in."""
        return self.expires_at is not None

    def is_over(self, now: float) -> bool:
        """Tell whether the URL's time is over."""
        return self.expires_at is not None and now >= self.expires_at


class RefusalError(Exception):
    """Refuse a request, with an HTTP status."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


@dataclass
class Visit:
    """Serve one client.

    Args:
        link: What its URL leads to.
        lifecycle: Finds the sandbox, and takes note that it is in use.
        settings: The server's.
    """

    link: Link
    lifecycle: Lifecycle
    settings: Settings
    _head: Head | None = field(default=None, init=False)

    async def serve(self, client: socket.socket) -> None:
        """Talk to a client until it or the server inside has ended the connection."""
        with contextlib.suppress(OSError, EOFError):  # whoever breaks a connection off has been served
            async with stream(client) as outside:
                try:
                    await self._converse(outside)
                except RefusalError as error:
                    await self._refuse(outside, error)

    async def _converse(self, outside: Stream) -> None:
        try:
            async with asyncio.timeout(HEAD_S):
                head = await self._next(outside)
        except TimeoutError:
            raise RefusalError(408, f"no request came within {HEAD_S:.0f} s") from None
        if head is None:
            return
        sandbox, server = await self._connect()
        async with stream(server) as inside:
            await self._both_ways(head, Flow(outside, inside, moved=lambda: self.lifecycle.touch(sandbox)))

    async def _both_ways(self, head: Head, flow: Flow) -> None:
        requests = asyncio.create_task(self._requests(head, flow))
        answers = asyncio.create_task(flow.all_answers())
        try:
            done, _ = await asyncio.wait({requests, answers}, return_when=asyncio.FIRST_COMPLETED)
            if requests in done:
                requests.result()
                await answers
            else:
                answers.result()
                await asyncio.wait({requests}, timeout=LINGER_S)
        finally:
            requests.cancel()
            answers.cancel()
            await asyncio.gather(requests, answers, return_exceptions=True)

    async def _requests(self, head: Head | None, flow: Flow) -> None:
        while head is not None:
            await flow.send_inside(head.without_tokens(self.settings.api_key.encode()))
            if head.is_upgrade:
                await flow.all_else()
                break
            try:
                await flow.body(head)
            except BadHeadError as error:
                raise RefusalError(400, str(error)) from None
            head = await self._next(flow.client)
        flow.inside.end()

    async def _next(self, outside: Stream) -> Head | None:
        """Return the client's next request when it may be passed on, None when it has no more."""
        try:
            self._head = await read_head(outside.reader)
        except BadHeadError as error:
            raise RefusalError(400, str(error)) from None
        if self._head is not None:
            self._admit(self._head)
        return self._head

    def _admit(self, head: Head) -> None:
        if not head.is_for_loopback:
            # A page of a foreign site could have its name lead here: its requests are not ours to pass on.
            raise RefusalError(403, "the Host header must be a loopback name")
        if self.link.is_signed and head.is_of_foreign_page:
            raise RefusalError(403, FOREIGN)
        sandbox = self._sandbox()
        if self.link.is_over(self.settings.clock.now()):
            raise RefusalError(401, EXPIRED)
        if not (self.link.is_signed or sandbox.public or self._is_known(head, sandbox)):
            raise RefusalError(401, NOT_ADMITTED)

    def _sandbox(self) -> Sandbox:
        try:
            return self.lifecycle.find(self.link.sandbox_id)
        except NotFoundError as error:
            raise RefusalError(404, error.message) from None

    def _is_known(self, head: Head, sandbox: Sandbox) -> bool:
        token, key = sandbox.auth_token.encode(), self.settings.api_key.encode()
        matches = [hmac.compare_digest(given, token) for given in head.tokens]
        matches += [hmac.compare_digest(given, key) for given in head.bearers]
        return any(matches)

    async def _connect(self) -> tuple[Sandbox, socket.socket]:
        port = self.link.port
        try:
            sandbox, agent = await self.lifecycle.use(self.link.sandbox_id)
            async with asyncio.timeout(CONNECT_S):
                return sandbox, await agent.connect(port)
        except InvalidError:
            state = self._sandbox().state
            raise RefusalError(502, f"the sandbox is {state}; start it to reach its port {port}") from None
        except NotFoundError as error:
            raise RefusalError(404, error.message) from None
        except AgentError as error:
            raise RefusalError(502, _reason(error, port)) from None
        except TimeoutError:
            raise RefusalError(502, f"the sandbox did not reach its port {port} in time") from None
        except (NotRunningError, RuntimeFailedError) as error:
            raise RefusalError(502, f"reach port {port} of the sandbox: {error}") from None

    async def _refuse(self, outside: Stream, error: RefusalError) -> None:
        method, path = (self._head.method, self._head.path) if self._head is not None else ("GET", "/")
        answer = refusal(path, method, error.status, str(error))
        lines = [f"HTTP/1.1 {error.status} {http.HTTPStatus(error.status).phrase}".encode()]
        lines += [b"%s: %s" % pair for pair in answer.raw_headers]
        head = b"\r\n".join([*lines, b"connection: close", b"", b""])
        await outside.send(head if method == "HEAD" else head + bytes(answer.body))
        outside.end()
        # Closing with unread bytes would reset the connection, and the client might miss the answer.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(DISCARD_S):
                while await outside.reader.read(PIECE):
                    pass


def _reason(error: AgentError, port: int) -> str:
    reason = error.strerror or str(error)
    return reason if f"port {port}" in reason else f"connect to port {port} in the sandbox: {reason}"
