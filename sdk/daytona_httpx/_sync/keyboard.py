# Generated from _async by `make generate`; do not edit.
"""The keyboard of a sandbox's desktop."""

from __future__ import annotations

from daytona_httpx._sync.desktop import Desktop
from daytona_httpx._sync.transport import ANSWER_S
from daytona_httpx.errors import prefixed


class Keyboard(Desktop):
    """Use the keyboard; modifiers are ctrl, alt, shift and cmd.

    The ``request_timeout`` of every method is the seconds for its request; 0 is no limit, None the
    default of 90.

    Example:
        >>> sandbox.computer_use.start()
        ComputerUseStartResponse(...)
        >>> sandbox.computer_use.keyboard.type("some words")
        >>> sandbox.computer_use.keyboard.hotkey("ctrl+a")
    """

    def type(self, text: str, delay: int | None = None, request_timeout: float | None = None) -> None:
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
            self._act("/keyboard/type", timeout, text=text, delay=delay)

    def press(
        self, key: str, modifiers: list[str] | None = None, request_timeout: float | None = None
    ) -> None:
        """Press a key and let it go, with modifiers held (press key)."""
        with prefixed("Failed to press key: "):
            self._act("/keyboard/key", request_timeout, key=key, modifiers=modifiers)

    def hotkey(self, keys: str, request_timeout: float | None = None) -> None:
        """Press several keys at once, such as ``ctrl+c`` (press hotkey)."""
        with prefixed("Failed to press hotkey: "):
            self._act("/keyboard/hotkey", request_timeout, keys=keys)

    def down(self, key: str, request_timeout: float | None = None) -> None:
        """Press a key and hold it (key down)."""
        with prefixed("Failed to press key down: "):
            self._act("/keyboard/down", request_timeout, key=key)

    def up(self, key: str, request_timeout: float | None = None) -> None:
        """Let go of a key (key up)."""
        with prefixed("Failed to release key: "):
            self._act("/keyboard/up", request_timeout, key=key)
