"""The engine's protocol, as Pulumi's package for Python has it, without the rest of that package.

The plugin starts with each command. Importing ``pulumi`` takes longer than all else that it needs, so the
generated modules are imported from where they are, under a name of ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pulumi.runtime.proto import engine_pb2 as engine_pb2
    from pulumi.runtime.proto import engine_pb2_grpc as engine_pb2_grpc
    from pulumi.runtime.proto import plugin_pb2 as plugin_pb2
    from pulumi.runtime.proto import provider_pb2 as provider_pb2
    from pulumi.runtime.proto import provider_pb2_grpc as provider_pb2_grpc
    from pulumi.runtime.proto import status_pb2 as status_pb2
else:
    import sys
    from importlib import import_module
    from importlib.util import find_spec
    from pathlib import Path
    from types import ModuleType

    _PACKAGE = f"{__name__}_modules"
    _package = ModuleType(_PACKAGE, "Hold the generated modules.")
    _package.__path__ = [
        str(Path(place, "runtime", "proto")) for place in find_spec("pulumi").submodule_search_locations
    ]
    sys.modules[_PACKAGE] = _package

    engine_pb2 = import_module(f"{_PACKAGE}.engine_pb2")
    engine_pb2_grpc = import_module(f"{_PACKAGE}.engine_pb2_grpc")
    plugin_pb2 = import_module(f"{_PACKAGE}.plugin_pb2")
    provider_pb2 = import_module(f"{_PACKAGE}.provider_pb2")
    provider_pb2_grpc = import_module(f"{_PACKAGE}.provider_pb2_grpc")
    status_pb2 = import_module(f"{_PACKAGE}.status_pb2")
