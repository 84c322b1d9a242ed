"""The keyboard of a sandbox's desktop."""

from __future__ import annotations

from daytona_httpx._async.desktop import AsyncDesktop
from daytona_httpx._async.transport import ANSWER_S
from daytona_httpx.errors import prefixed


class AsyncKeyboard(AsyncDesktop):
    """Use the keyboard; modifiers are ctrl, alt, shift and cmd.

    The ``request_timeout`` of every method is the seconds for its request; 0 is no limit, None the
    default of 90.

    Example:
        >>> await sandbox.computer_use.start()
        ComputerUseStartResponse(...)
        >>> await sandbox.computer_use.keyboard.type("some words")
        >>> await sandbox.computer_use.keyboard.hotkey("ctrl+a")
    """

    async def type(self, text: str, delay: int | None = None, request_timeout: float | None = None) -> None:
        """Type a text (type text).

        Args:
            text: The text.
            delay: Milliseconds between two keys.
            request_timeout: Seconds for the request; by default 90 more than the delays take.
        """
        with prefixed("Failed to type text: "):
            timeout = request_timeout
            if request_timeout is None:
                timeout = ANSWER_S + len(text) * (delay or 0) / 1000
            await self._act("/keyboard/type", timeout, text=text, delay=delay)

    async def press(
        self, key: str, modifiers: list[str] | None = None, request_timeout: float | None = None
    ) -> None:
        """Press a key and let it go, with modifiers held (press key)."""
        with prefixed("Failed to press key: "):
            await self._act("/keyboard/key", request_timeout, key=key, modifiers=modifiers)

    async def hotkey(self, keys: str, request_timeout: float | None = None) -> None:
        """Press several keys at once, such as ``ctrl+c`` (press hotkey)."""
        with prefixed("Failed to press hotkey: "):
            await self._act("/keyboard/hotkey", request_timeout, keys=keys)

    async def down(self, key: str, request_timeout: float | None = None) -> None:
        """Press a key and hold it (key down)."""
        with prefixed("Failed to press key down: "):
            await self._act("/keyboard/down", request_timeout, key=key)

    async def up(self, key: str, request_timeout: float | None = None) -> None:
        """Let go of a key (key up)."""
        with prefixed("Failed to release key: "):
            await self._act("/keyboard/up", request_timeout, key=key)
