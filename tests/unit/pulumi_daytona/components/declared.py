"""What a program declares, by Pulumi's mocks: in an interpreter of its own, which they change for good."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

SECRET = "1b47061264138c4ac30d75fd1eb44270"
"""What marks a secret on its way to the engine."""

_HARNESS = """
import json
import pulumi
from pulumi.runtime import Mocks, set_mocks

class Engine(Mocks):
    def __init__(self):
        self.made = []

    def new_resource(self, args):
        self.made.append([args.typ.rpartition(":")[2], args.name, dict(args.inputs)])
        told = {"sha256": f"hash of {args.name}", "revision": "c0ffee1", "url": f"https://{args.name}"}
        return f"id of {args.name}", {**args.inputs, **told}

    def call(self, args):
        return {}, None

engine, exported = Engine(), {}
set_mocks(engine, project="shop", stack="dev")

@pulumi.runtime.test
def run():
    declared = {}
    exec(PROGRAM, declared)
    outputs = declared.get("outputs", {})
    return pulumi.Output.unsecret(pulumi.Output.all(**outputs)).apply(exported.update)

run()
print(json.dumps([engine.made, exported]))
"""


@dataclass(frozen=True)
class Declared:
    """Hold what a program has declared.

    Args:
        resources: The inputs of each, by its kind and its logical name.
        outputs: What it has assigned to ``outputs``.
    """

    resources: Mapping[tuple[str, str], Mapping[str, Any]]
    outputs: Mapping[str, Any]


def declared(program: str) -> Declared:
    """Run a program with mocks for the engine, and return what it has declared."""
    code = f"PROGRAM = {textwrap.dedent(program)!r}\n{_HARNESS}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=100)
    assert 0 == done.returncode, done.stderr
    made, outputs = json.loads(done.stdout)
    return Declared({(kind, name): inputs for kind, name, inputs in made}, outputs)
