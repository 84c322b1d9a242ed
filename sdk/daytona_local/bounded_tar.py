"""Tars of others: what is in their headers is read into memory as a whole, so it is bounded."""

from __future__ import annotations

import tarfile
from typing import Self

LONGEST_HEADER = 256 * 1024

_ABOUT_OTHERS = frozenset(
    {
        tarfile.GNUTYPE_LONGNAME,
        tarfile.GNUTYPE_LONGLINK,
        tarfile.XHDTYPE,
        tarfile.XGLTYPE,
        tarfile.SOLARIS_XHDTYPE,
    }
)
"""The types of members that say something of others."""


class BoundedMember(tarfile.TarInfo):
    """Be a member of a tar, and refuse one that would take more memory than a member can be worth."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        """Read a member's first block.

        Raises:
            tarfile.ReadError: It announces too much.
        """
        member = super().frombuf(buf, encoding, errors)
        if member.type in _ABOUT_OTHERS and member.size > LONGEST_HEADER:
            raise tarfile.ReadError(f"it has a header of {member.size} bytes")
        return member
