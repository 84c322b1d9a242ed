"""What the sandbox's own system refuses about files, in the API's words."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterator

from daytona_local.errors import (
    ConflictError,
    ForbiddenError,
    InvalidError,
    NotFoundError,
    RefusedError,
    UnavailableError,
)
from daytona_local.runtime import AgentError
from daytona_local.shortages import shortage

SOURCE = "DAYTONA_DAEMON"
NOT_FOUND = "FILE_NOT_FOUND"
ACCESS_DENIED = "FILE_ACCESS_DENIED"
INVALID_PATH = "INVALID_FILE_PATH"
READ_FAILED = "FILE_READ_FAILED"

_INVALID = frozenset(
    {errno.EISDIR, errno.ENOTDIR, errno.EINVAL, errno.ELOOP, errno.ENAMETOOLONG, errno.ENXIO}
)


@contextlib.contextmanager
def file_errors(doing: str, path: str) -> Iterator[None]:
    """Refuse what the system refuses.

    Args:
        doing: What is being done, such as ``delete``.
        path: The file that it is about.

    Raises:
        RefusedError: With the API's code, where it has one.
    """
    try:
        yield
    except AgentError as error:
        raise refusal(doing, path, error) from error


def refusal(doing: str, path: str, error: OSError) -> RefusedError:
    """Return the refusal that stands for an error of the system."""
    if lacking := shortage(error):
        return UnavailableError(f"{doing} {path!r}: {lacking}")
    reason = error.strerror or str(error)
    message = f"{doing} {path!r}: {reason[:1].lower()}{reason[1:]}"
    if error.errno == errno.ENOENT:
        return NotFoundError(message, NOT_FOUND)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return ForbiddenError(message, ACCESS_DENIED)
    if error.errno == errno.EEXIST:
        return ConflictError(message)
    return InvalidError(message, INVALID_PATH if error.errno in _INVALID else None)
