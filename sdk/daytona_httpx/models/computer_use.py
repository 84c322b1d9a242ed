"""The wire models of the toolbox: the desktop, its mouse, screen and windows; pixels for places and sizes."""

from __future__ import annotations

from pydantic import Field

from daytona_httpx.models.base import WireModel
from daytona_httpx.models.listed import Listed


class ProcessStatus(WireModel):
    """Hold how one process of the desktop is."""

    running: bool = False
    pid: int | None = None
    priority: int | None = None
    auto_restart: bool | None = None


class ComputerUseStartResponse(WireModel):
    """Hold what was started: each process by its name.

    Example:
        >>> begun = sandbox.computer_use.start()
        >>> begun.status["xvfb"].running
        True
    """

    message: str = ""
    status: dict[str, ProcessStatus] | None = None


class ComputerUseStopResponse(WireModel):
    """Hold what was stopped: each process by its name.

    Example:
        >>> status = sandbox.computer_use.start().status
        >>> sandbox.computer_use.stop()
        ComputerUseStopResponse(...)
    """

    message: str = ""
    status: dict[str, ProcessStatus] | None = None


class ComputerUseStatusResponse(WireModel):
    """Hold how the desktop is, in the sandbox's own word.

    Example:
        >>> status = sandbox.computer_use.start().status
        >>> sandbox.computer_use.get_status()
        ComputerUseStatusResponse(status='active')
    """

    status: str = ""


class ProcessStatusResponse(WireModel):
    """Hold whether a process of the desktop runs.

    Example:
        >>> status = sandbox.computer_use.start().status
        >>> sandbox.computer_use.get_process_status("xvfb")
        ProcessStatusResponse(process_name='xvfb', running=True)
    """

    process_name: str = ""
    running: bool = False


class ProcessRestartResponse(WireModel):
    """Hold what became of a process that was started anew.

    Example:
        >>> status = sandbox.computer_use.start().status
        >>> sandbox.computer_use.restart_process("xvfb").process_name
        'xvfb'
    """

    process_name: str = ""
    message: str = ""


class ProcessLogsResponse(WireModel):
    """Hold what a process of the desktop has written.

    Example:
        >>> status = sandbox.computer_use.start().status
        >>> sandbox.computer_use.get_process_logs("xvfb").process_name
        'xvfb'
    """

    process_name: str = ""
    logs: str = ""


class ProcessErrorsResponse(WireModel):
    """Hold the errors that a process of the desktop has written.

    Example:
        >>> status = sandbox.computer_use.start().status
        >>> sandbox.computer_use.get_process_errors("xvfb").process_name
        'xvfb'
    """

    process_name: str = ""
    errors: str = ""


class Position(WireModel):
    """Hold a place on the screen."""

    x: int = 0
    y: int = 0


class MousePositionResponse(Position):
    """Hold where the mouse is.

    Example:
        >>> status = sandbox.computer_use.start().status
        >>> sandbox.computer_use.mouse.move(30, 40)
        MousePositionResponse(x=30, y=40)
    """


class MouseClickResponse(Position):
    """Hold where the mouse was clicked.

    Example:
        >>> status = sandbox.computer_use.start().status
        >>> sandbox.computer_use.mouse.click(10, 20, double=True)
        MouseClickResponse(x=10, y=20)
    """


class MouseDragResponse(Position):
    """Hold where the mouse was dragged to.

    Example:
        >>> status = sandbox.computer_use.start().status
        >>> sandbox.computer_use.mouse.drag(10, 10, 60, 70)
        MouseDragResponse(x=60, y=70)
    """


class ScrollResponse(WireModel):
    """Hold whether the wheel was turned."""

    success: bool = False


class ScreenshotResponse(WireModel):
    """Hold a picture of the screen.

    Attributes:
        screenshot: The image, in base64.
        cursor_position: Where the mouse was, when that was asked for.
        size_bytes: How large the image is.

    Example:
        >>> status = sandbox.computer_use.start().status
        >>> picture = sandbox.computer_use.screenshot.take_full_screen(show_cursor=True)
        >>> len(base64.b64decode(picture.screenshot)) > 100
        True
    """

    screenshot: str = Field(default="", repr=False)
    cursor_position: Position | None = None
    size_bytes: int | None = None


class DisplayInfo(Position):
    """Hold a screen: its place among the others, and its size."""

    id: int = 0
    width: int = 0
    height: int = 0
    is_active: bool = False


class DisplayInfoResponse(WireModel):
    """Hold the screens.

    Example:
        >>> status = sandbox.computer_use.start().status
        >>> screen = sandbox.computer_use.display.get_info().displays[0]
        >>> screen.width, screen.height
        (1024, 768)
    """

    displays: Listed[DisplayInfo] = Field(default_factory=list)


class WindowInfo(Position):
    """Hold a window: its place and its size."""

    id: int = 0
    title: str = ""
    width: int = 0
    height: int = 0
    is_active: bool = False


class WindowsResponse(WireModel):
    """Hold the windows.

    Example:
        >>> status = sandbox.computer_use.start().status
        >>> [window.title for window in sandbox.computer_use.display.get_windows().windows]
        []
    """

    windows: Listed[WindowInfo] = Field(default_factory=list)
