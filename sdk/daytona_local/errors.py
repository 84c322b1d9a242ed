"""Why the server refuses: one class per kind, in the API's own words.

RefusedError
├── InvalidError          what was asked for can't be
├── UnauthorizedError     no key, or a wrong one
├── ForbiddenError        the key, or the caller, may not
├── NotFoundError         there is no such thing
├── TimeExceededError     it took longer than was allowed
├── ConflictError         it collides with what is there, or under way
├── GoneError             it was there, and has ended
├── PreconditionError     something else must be done first
├── UnprocessableError    this server, or this sandbox, can't do it
├── ThrottledError        too much of it
├── UnreachableError      what is behind the server doesn't answer
├── UnimplementedError    the server doesn't have this operation
├── UnavailableError      what it needs is missing just now
└── FailedError           it was tried, and failed
"""

from __future__ import annotations


class RefusedError(Exception):
    """Refuse a request.

    Args:
        message: What the client is told.
        code: The machine-readable code, where the API has one.
    """

    def __init__(self, message: str, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.code = code


class InvalidError(RefusedError):
    """Refuse what can't be."""


class UnauthorizedError(RefusedError):
    """Refuse a caller without a valid key."""


class ForbiddenError(RefusedError):
    """Refuse a caller who may not."""


class NotFoundError(RefusedError):
    """Refuse what isn't there."""


class TimeExceededError(RefusedError):
    """Refuse what took too long."""


class ConflictError(RefusedError):
    """Refuse what collides with what is there, or under way."""


class GoneError(RefusedError):
    """Refuse what has ended."""


class PreconditionError(RefusedError):
    """Refuse what needs something else done first."""


class UnprocessableError(RefusedError):
    """Refuse what this sandbox can't do."""


class ThrottledError(RefusedError):
    """Refuse what comes too often."""


class UnreachableError(RefusedError):
    """Report that something behind the server doesn't answer."""


class UnimplementedError(RefusedError):
    """Refuse an operation that this server doesn't have."""


class UnavailableError(RefusedError):
    """Refuse what needs something that is missing just now."""


class FailedError(RefusedError):
    """Report what was tried and failed."""
