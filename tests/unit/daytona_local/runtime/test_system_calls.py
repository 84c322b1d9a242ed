"""The filters of system calls answer for every kind of programs that a kernel serves."""

from __future__ import annotations

import struct

import pytest
from daytona_local.runtime.system_calls import KEYS, OWNERS, call_filter

ALLOWED, NOT_PERMITTED, DONE_NOTHING = 0x7FFF0000, 0x00050001, 0x00050000
X86_64, I386 = 0xC000003E, 0x40000003
LOAD, JUMP_IF = 0x20, 0x15


def answer(program: bytes, machine: int, number: int) -> int:
    """Run a filter as the kernel does, and return what it answers a call with."""
    steps, at, loaded = list(struct.iter_unpack("=HBBI", program)), 0, 0
    while True:
        code, is_so, else_, operand = steps[at]
        at += 1
        if code == LOAD:
            loaded = (number, machine)[operand // 4]
        elif code == JUMP_IF:
            at += is_so if loaded == operand else else_
        else:
            return int(operand)


@pytest.mark.parametrize("keeps_owners", [False, True])
def test_the_kernels_keys_are_out_of_reach_of_every_kind_of_programs(keeps_owners: bool) -> None:
    program = call_filter(keeps_owners=keeps_owners)
    for machine, numbers in KEYS.items():
        assert {NOT_PERMITTED} == {answer(program, machine, number) for number in numbers}


@pytest.mark.parametrize(("keeps_owners", "expected"), [(False, ALLOWED), (True, DONE_NOTHING)])
def test_owners_are_kept_only_when_asked_for(keeps_owners: bool, expected: int) -> None:
    program = call_filter(keeps_owners=keeps_owners)
    for machine, numbers in OWNERS.items():
        assert {expected} == {answer(program, machine, number) for number in numbers}


@pytest.mark.parametrize(("machine", "number"), [(X86_64, 0), (X86_64, 286), (I386, 248), (1, 250)])
def test_other_calls_are_allowed(machine: int, number: int) -> None:
    assert ALLOWED == answer(call_filter(keeps_owners=True), machine, number)
