"""Let a change of a file's owner do nothing while an image is built: all files there belong to one user.

The kernel itself answers so, by a filter of system calls: an image's ``chown``, or the archive that is
unpacked by root, would fail otherwise, since a sandbox has no other user that it could give a file to.
"""

from __future__ import annotations

import os
import platform
import struct

_CALLS = {
    "x86_64": (0xC000003E, (92, 93, 94, 260)),
    "aarch64": (0xC00000B7, (54, 55)),
}
"""By machine: how the kernel calls it, and the numbers of chown, fchown, lchown and fchownat."""

_LOAD, _JUMP_IF, _RETURN = 0x20, 0x15, 0x06
_NUMBER, _MACHINE = 0, 4
_ALLOW, _DO_NOTHING = 0x7FFF0000, 0x00050000


def owner_filter() -> bytes | None:
    """Return the filter for this machine, None where there is none."""
    if platform.machine() not in _CALLS:
        return None
    machine, numbers = _CALLS[platform.machine()]
    count = len(numbers)
    program = [
        (_LOAD, 0, 0, _MACHINE),
        (_JUMP_IF, 1, 0, machine),
        (_RETURN, 0, 0, _ALLOW),
        (_LOAD, 0, 0, _NUMBER),
        *((_JUMP_IF, count - place, 0, number) for place, number in enumerate(numbers)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _DO_NOTHING),
    ]
    return b"".join(struct.pack("=HBBI", *step) for step in program)


def owner_filter_file() -> int | None:
    """Return a descriptor of a memory file with the filter, which the caller closes; None as above."""
    program = owner_filter()
    if program is None:
        return None
    file = os.memfd_create("owners")
    os.write(file, program)
    os.lseek(file, 0, os.SEEK_SET)
    return file
