"""Write Pulumi's assets and archives as the core takes them: as plain values, with nothing read yet."""

from __future__ import annotations

from typing import Any

import pulumi


def plain_source(value: Any) -> Any:
    """Return an asset or archive, or an output of one, as a plain value; anything else as it is."""
    if isinstance(value, pulumi.Output):
        return value.apply(plain_source)
    if isinstance(value, pulumi.StringAsset):
        return {"text": value.text}
    if isinstance(value, pulumi.FileAsset):
        return {"path": str(value.path)}
    if isinstance(value, pulumi.FileArchive):
        return {"archive": str(value.path)}
    if isinstance(value, pulumi.AssetArchive):
        return {"assets": {name: plain_source(inner) for name, inner in value.assets.items()}}
    if isinstance(value, pulumi.RemoteAsset | pulumi.RemoteArchive):
        return {"uri": str(value.uri)}
    return value
