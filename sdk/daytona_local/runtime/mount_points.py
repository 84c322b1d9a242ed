"""Mount only where, and only what, is meant: a sandbox may have left links in its root and in its volumes.

Bubblewrap follows links while it mounts, at a time when the host's files are still in sight.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from daytona_local.runtime.base import RuntimeFailedError

_FOLDER = os.O_PATH | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


def clear(root: Path, targets: Iterable[str]) -> None:
    """Remove what would lead a mount elsewhere; nothing may run in the sandbox meanwhile.

    Args:
        root: The sandbox's root folder.
        targets: Where something is to be mounted: absolute paths inside.
    """
    for target in targets:
        place = root
        for part in PurePosixPath(target).parts[1:]:
            place = place / part
            if place.is_symlink():
                place.unlink()


def open_beneath(base: Path, path: Path, subpath: str = "") -> int:
    """Return the descriptor of a folder that is reached without any link.

    Args:
        base: A folder that no sandbox can change.
        path: A folder below it.
        subpath: A folder below that, made when it isn't there yet.

    Raises:
        RuntimeFailedError: There is no such folder, or a link on the way.
    """
    descriptor = os.open(base, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
    for part in path.relative_to(base).parts:
        descriptor = _step(descriptor, part, make=False)
    for part in PurePosixPath(subpath).parts:
        descriptor = _step(descriptor, part, make=True)
    return descriptor


def _step(above: int, part: str, *, make: bool) -> int:
    """Open a folder in an open one, which is closed."""
    try:
        if part in ("/", ".."):
            raise ValueError("it leads out of its volume")
        if make:
            with contextlib.suppress(FileExistsError):
                os.mkdir(part, 0o700, dir_fd=above)
        return os.open(part, _FOLDER, dir_fd=above)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise RuntimeFailedError(f"a volume can't be mounted: {reason}; check its subpath") from None
    finally:
        os.close(above)
