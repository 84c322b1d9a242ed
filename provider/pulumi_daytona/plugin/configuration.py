"""Configure: where Daytona is and the key, of the stack's configuration or of a provider of the program's."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import Any, Final

from pulumi_daytona.core.errors import ProviderError
from pulumi_daytona.core.settings import Settings, read_settings
from pulumi_daytona.core.unknown import UNKNOWN
from pulumi_daytona.plugin.codec import decode, encode
from pulumi_daytona.plugin.protocol import provider_pb2
from pulumi_daytona.plugin.status import Code, RefusedError
from pulumi_daytona.plugin.values import plain, secret_paths, with_secrets
from pulumi_daytona.plugin.wire import nearest

SECRET: Final = ("apiKey", "jwtToken")
KEYS: Final = dict.fromkeys((*SECRET, "apiUrl", "organizationId", "target"), str)
_ENGINE_S: Final = frozenset({"version", "pluginDownloadURL", "pluginChecksums", "parameterization"})
"""What the engine adds."""


def check_config(request: provider_pb2.CheckRequest) -> provider_pb2.CheckResponse:
    """Check a provider's inputs.

    What is in the environment doesn't become an input: it would be in the state, and differ from one machine
    to the next.
    """
    given = decode(request.news)
    failures = [*_failures(plain(given), is_default=_is_default(request.urn))]
    paths = [*secret_paths(given), *((key,) for key in SECRET)]
    inputs = encode(with_secrets(plain(given), paths))
    return provider_pb2.CheckResponse(inputs=inputs, failures=failures)


def diff_config(request: provider_pb2.DiffRequest) -> provider_pb2.DiffResponse:
    """Tell which inputs of a provider change; no change replaces what was made by it."""
    olds = plain(decode(request.old_inputs or request.olds))
    news = plain(decode(request.news))
    changed = [key for key in KEYS if olds.get(key) != news.get(key)]
    kinds = {key: _kind(olds.get(key), news.get(key)) for key in changed}
    return provider_pb2.DiffResponse(
        changes=provider_pb2.DiffResponse.DIFF_SOME if changed else provider_pb2.DiffResponse.DIFF_NONE,
        diffs=changed,
        detailedDiff={
            key: provider_pb2.PropertyDiff(kind=kind, inputDiff=True) for key, kind in kinds.items()
        },
        hasDetailedDiff=bool(changed),
    )


def settings_of(request: provider_pb2.ConfigureRequest) -> Settings:
    """Return the settings, of the provider's inputs and then of the environment.

    Raises:
        RefusedError: There is neither a key nor a token; the engine is told which key is missing.
    """
    given = plain(decode(request.args)) if request.HasField("args") else _variables(request.variables)
    try:
        return read_settings(lambda key: given.get(key.rpartition(":")[2]), os.environ)
    except ProviderError as error:
        missing = provider_pb2.ConfigureErrorMissingKeys.MissingKey(
            name="daytona:apiKey",
            description="the API key, or DAYTONA_API_KEY in the environment; without an account, "
            "`daytona-local serve` prints a URL and a key for this machine",
        )
        detail = provider_pb2.ConfigureErrorMissingKeys(missingKeys=[missing])
        raise RefusedError(str(error), Code.INVALID_ARGUMENT, detail) from None


def _variables(variables: Mapping[str, str]) -> dict[str, Any]:
    return {key.rpartition(":")[2]: value for key, value in variables.items()}


def _failures(given: Mapping[str, Any], *, is_default: bool) -> Iterator[provider_pb2.CheckFailure]:
    for key, value in given.items():
        if key in KEYS:
            if not isinstance(value, str) and value is not None and value is not UNKNOWN:
                yield provider_pb2.CheckFailure(property=key, reason="needs a text")
        elif key not in _ENGINE_S and not key.startswith("__") and not (is_default and not _is_meant(key)):
            reason = f"there is no setting of this name; {nearest(key, KEYS)}"
            yield provider_pb2.CheckFailure(property=key, reason=reason)


def _is_meant(key: str) -> bool:
    """Tell whether a key of the stack's configuration is ours, misspelled; a project has keys of its own."""
    return key.replace("_", "").replace("-", "").lower() in {known.lower() for known in KEYS}


def _is_default(urn: str) -> bool:
    return urn.rpartition("::")[2].startswith("default")


def _kind(old: object, new: object) -> provider_pb2.PropertyDiff.Kind.ValueType:
    if old is None:
        return provider_pb2.PropertyDiff.ADD
    return provider_pb2.PropertyDiff.DELETE if new is None else provider_pb2.PropertyDiff.UPDATE
