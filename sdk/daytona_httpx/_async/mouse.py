"""The mouse of a sandbox's desktop."""

from __future__ import annotations

from daytona_httpx._async.desktop import AsyncDesktop
from daytona_httpx.errors import prefixed
from daytona_httpx.models.computer_use import (
    MouseClickResponse,
    MouseDragResponse,
    MousePositionResponse,
    ScrollResponse,
)


class AsyncMouse(AsyncDesktop):
    """Use the mouse; places are pixels from the left upper corner, buttons are left, right and middle.

    Modifiers are keys held meanwhile: ctrl, alt, shift, cmd. The ``request_timeout`` of every method is
    the seconds for its request; 0 is no limit, None the default of 90.

    Example:
        >>> await sandbox.computer_use.start()
        ComputerUseStartResponse(...)
        >>> await sandbox.computer_use.mouse.click(100, 120)
        MouseClickResponse(x=100, y=120)
    """

    async def get_position(self, request_timeout: float | None = None) -> MousePositionResponse:
        """Return where the mouse is (get mouse position)."""
        with prefixed("Failed to get mouse position: "):
            return await self._get(MousePositionResponse, "/mouse/position", request_timeout)

    async def move(self, x: int, y: int, request_timeout: float | None = None) -> MousePositionResponse:
        """Move the mouse to a place, and return where it is then (move mouse)."""
        with prefixed("Failed to move mouse: "):
            return await self._post(MousePositionResponse, "/mouse/move", request_timeout, x=x, y=y)

    async def down(
        self,
        x: int | None = None,
        y: int | None = None,
        button: str = "left",
        request_timeout: float | None = None,
    ) -> MousePositionResponse:
        """Press a button and hold it; where the mouse is, when no place is given (mouse down)."""
        with prefixed("Failed to press mouse button: "):
            return await self._post(
                MousePositionResponse, "/mouse/down", request_timeout, x=x, y=y, button=button
            )

    async def up(
        self,
        x: int | None = None,
        y: int | None = None,
        button: str = "left",
        request_timeout: float | None = None,
    ) -> MousePositionResponse:
        """Let go of a button; where the mouse is, when no place is given (mouse up)."""
        with prefixed("Failed to release mouse button: "):
            return await self._post(
                MousePositionResponse, "/mouse/up", request_timeout, x=x, y=y, button=button
            )

    async def click(
        self,
        x: int,
        y: int,
        button: str = "left",
        double: bool = False,
        request_timeout: float | None = None,
        *,
        clicks: int | None = None,
        modifiers: list[str] | None = None,
    ) -> MouseClickResponse:
        """Click at a place (click).

        Args:
            x: The place.
            y: The place.
            button: The button.
            double: Whether to click twice.
            request_timeout: Seconds for the request.
            clicks: How often to click; instead of ``double``.
            modifiers: Keys to hold.
        """
        with prefixed("Failed to click mouse: "):
            return await self._post(
                MouseClickResponse,
                "/mouse/click",
                request_timeout,
                x=x,
                y=y,
                button=button,
                double=double,
                clicks=clicks,
                modifiers=modifiers,
            )

    async def drag(
        self,
        start_x: int,
        start_y: int,
        end_x: int,
        end_y: int,
        button: str = "left",
        request_timeout: float | None = None,
        *,
        modifiers: list[str] | None = None,
    ) -> MouseDragResponse:
        """Move the mouse from one place to another with a button held (drag)."""
        with prefixed("Failed to drag mouse: "):
            return await self._post(
                MouseDragResponse,
                "/mouse/drag",
                request_timeout,
                start_x=start_x,
                start_y=start_y,
                end_x=end_x,
                end_y=end_y,
                button=button,
                modifiers=modifiers,
            )

    async def scroll(
        self,
        x: int,
        y: int,
        direction: str,
        amount: int = 1,
        request_timeout: float | None = None,
        *,
        modifiers: list[str] | None = None,
    ) -> bool:
        """Turn the wheel at a place, up or down, and tell whether that was done (scroll).

        Args:
            x: The place.
            y: The place.
            direction: up or down.
            amount: How many steps.
            request_timeout: Seconds for the request.
            modifiers: Keys to hold.
        """
        with prefixed("Failed to scroll mouse: "):
            answer = await self._post(
                ScrollResponse,
                "/mouse/scroll",
                request_timeout,
                x=x,
                y=y,
                direction=direction,
                amount=amount,
                modifiers=modifiers,
            )
            return answer.success
