"""Preview URLs: loopback ports of this machine that lead to ports inside sandboxes."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass

from daytona_local.errors import NotFoundError, ThrottledError, UnavailableError
from daytona_local.lifecycle import Lifecycle
from daytona_local.preview_listener import Listener
from daytona_local.preview_proxy import Link, Visit
from daytona_local.records import Sandbox
from daytona_local.settings import Settings

# Each URL has a listener of its own, and thereby a descriptor.
MOST_SIGNED = 500
MOST_PORTS = 100
"""For each sandbox."""


@dataclass
class Signed:
    """Hold a signed URL, its listener and the task that waits for its end."""

    link: Link
    listener: Listener
    ending: asyncio.Task[None]


class Previews:
    """Open preview URLs: a plain one per sandbox and port, and as many signed ones as are asked for.

    A name per sandbox would need a DNS that not every client has; a port of its own works in all.

    Args:
        lifecycle: Finds sandboxes; the URLs of one that is destroyed are closed with it.
        settings: The server's, with the clock that signed URLs end by.
    """

    def __init__(self, lifecycle: Lifecycle, settings: Settings) -> None:
        self._lifecycle = lifecycle
        self._settings = settings
        self._plain: dict[tuple[str, int], Listener] = {}
        self._signed: dict[str, Signed] = {}
        lifecycle.before_stop.append(self._before_stop)

    async def url(self, sandbox: Sandbox, port: int) -> str:
        """Return the URL of a port, the same one as long as the server runs.

        Raises:
            ThrottledError: Too many ports of the sandbox have one.
            UnavailableError: The system has no port or descriptor left.
        """
        key = (sandbox.id, port)
        if key not in self._plain:
            if sum(sandbox_id == sandbox.id for sandbox_id, _ in self._plain) >= MOST_PORTS:
                raise ThrottledError(
                    f"{MOST_PORTS} ports of the sandbox have preview URLs, which is the most"
                )
            self._plain[key] = self._listen(Link(sandbox.id, port))
        return self._plain[key].url

    async def signed_url(self, sandbox: Sandbox, port: int, expires_in_s: int) -> tuple[str, str]:
        """Return a new token and its URL, which needs no other token.

        When its time is over no new request is let in; an answer or a websocket that is under way goes on.

        Args:
            sandbox: The sandbox.
            port: The port inside.
            expires_in_s: Seconds until it ends.

        Raises:
            ThrottledError: There are too many.
            UnavailableError: The system has no port or descriptor left.
        """
        if len(self._signed) >= MOST_SIGNED:
            raise ThrottledError(f"{MOST_SIGNED} signed preview URLs are open; expire some, or wait")
        token, expires_at = secrets.token_hex(16), self._settings.clock.now() + expires_in_s
        link = Link(sandbox.id, port, expires_at)
        listener = self._listen(link)
        ending = asyncio.create_task(self._end_in_time(token, expires_at, listener))
        self._signed[token] = Signed(link, listener, ending)
        return token, listener.url

    async def expire(self, sandbox: Sandbox, port: int, token: str) -> None:
        """End a signed URL, with all that goes on through it; one that has ended is fine."""
        signed = self._signed.get(token)
        if signed is not None and (signed.link.sandbox_id, signed.link.port) == (sandbox.id, port):
            await self._end(token)

    def sandbox_id(self, token: str, port: int) -> str:
        """Return the sandbox that a signed URL's token leads to.

        Raises:
            NotFoundError: It leads nowhere, or no longer.
        """
        signed = self._signed.get(token)
        if signed is None or signed.link.port != port or signed.link.is_over(self._settings.clock.now()):
            raise NotFoundError("the token is unknown or has expired; ask for a new signed preview URL")
        return signed.link.sandbox_id

    async def forget(self, sandbox_id: str) -> None:
        """Close every URL of a sandbox, and what goes on through it; it can be repeated."""
        plain = [self._plain.pop(key) for key in list(self._plain) if key[0] == sandbox_id]
        tokens = [token for token, signed in self._signed.items() if signed.link.sandbox_id == sandbox_id]
        await asyncio.gather(*(listener.close() for listener in plain), *map(self._end, tokens))

    async def close(self) -> None:
        """Close every URL."""
        sandboxes = {key[0] for key in self._plain} | {s.link.sandbox_id for s in self._signed.values()}
        await asyncio.gather(*map(self.forget, sandboxes))

    async def _before_stop(self, sandbox_id: str) -> None:
        """Keep the URLs of a sandbox that only stops: they work again when it is started."""
        try:
            gone = self._lifecycle.find(sandbox_id).state == "destroying"
        except NotFoundError:
            gone = True
        if gone:
            await self.forget(sandbox_id)

    async def _end_in_time(self, token: str, expires_at: float, listener: Listener) -> None:
        await self._settings.clock.sleep(expires_at - self._settings.clock.now())
        await listener.drain()
        self._signed.pop(token, None)

    async def _end(self, token: str) -> None:
        signed = self._signed.pop(token, None)
        if signed is not None:
            signed.ending.cancel()
            await asyncio.gather(signed.ending, signed.listener.close(), return_exceptions=True)

    def _listen(self, link: Link) -> Listener:
        try:
            return Listener(lambda client: Visit(link, self._lifecycle, self._settings).serve(client))
        except OSError as error:
            raise UnavailableError(f"open a preview URL: {error.strerror}; close some, or wait") from error
