"""Filters of system calls, which the kernel itself enforces on all that runs in a sandbox.

Keys that the kernel holds for whoever runs the server are out of reach: no namespace keeps them apart, and a
process has those of the session that it descends from. While an image is built, a change of a file's owner
does nothing besides: an image's ``chown``, or the archive that is unpacked by root, would fail otherwise,
since a sandbox has no other user that it could give a file to.
"""

from __future__ import annotations

import errno
import os
import struct
from collections.abc import Iterable, Mapping

_X86_64, _I386, _AARCH64, _ARM = 0xC000003E, 0x40000003, 0xC00000B7, 0x40000028
"""How the kernel names the machines that a call is made for; a 64-bit kernel serves 32-bit programs too."""
_X32 = 0x40000000
"""What is added to the numbers of a third kind of programs."""

KEYS: Mapping[int, Iterable[int]] = {
    _X86_64: (248, 249, 250, _X32 + 248, _X32 + 249, _X32 + 250),
    _I386: (286, 287, 288),
    _AARCH64: (217, 218, 219),
    _ARM: (309, 310, 311),
}
"""The numbers of add_key, request_key and keyctl."""
OWNERS: Mapping[int, Iterable[int]] = {_X86_64: (92, 93, 94, 260), _AARCH64: (54, 55)}
"""The numbers of chown, fchown, lchown and fchownat."""

_LOAD, _JUMP_IF, _RETURN = 0x20, 0x15, 0x06
_NUMBER, _MACHINE = 0, 4
_ALLOW, _ERROR = 0x7FFF0000, 0x00050000
_REFUSE, _DO_NOTHING = _ERROR | errno.EPERM, _ERROR

_Step = tuple[int, int, int, int]


def call_filter(*, keeps_owners: bool) -> bytes:
    """Return the filter of a sandbox.

    Args:
        keeps_owners: Whether a change of a file's owner does nothing.
    """
    program: list[_Step] = [(_LOAD, 0, 0, _MACHINE)]
    for machine, numbers in KEYS.items():
        calls = dict.fromkeys(numbers, _REFUSE)
        if keeps_owners:
            calls |= dict.fromkeys(OWNERS.get(machine, ()), _DO_NOTHING)
        program += _for_machine(machine, calls)
    program.append((_RETURN, 0, 0, _ALLOW))
    return b"".join(struct.pack("=HBBI", *step) for step in program)


def call_filter_file(*, keeps_owners: bool) -> int:
    """Return a descriptor of a memory file with the filter, which the caller closes."""
    file = os.memfd_create("calls")
    os.write(file, call_filter(keeps_owners=keeps_owners))
    os.lseek(file, 0, os.SEEK_SET)
    return file


def _for_machine(machine: int, calls: Mapping[int, int]) -> list[_Step]:
    """Return the steps that answer some calls of a machine's programs, and are jumped over for others."""
    body: list[_Step] = [(_LOAD, 0, 0, _NUMBER)]
    for number, answer in calls.items():
        body += [(_JUMP_IF, 0, 1, number), (_RETURN, 0, 0, answer)]
    body.append((_RETURN, 0, 0, _ALLOW))
    return [(_JUMP_IF, 0, len(body), machine), *body]
