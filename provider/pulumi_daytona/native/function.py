"""Look things up by the native plugin: with the configuration of the provider that the engine gives it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

import pulumi
from pulumi.runtime import invoke, invoke_output
from pydantic import TypeAdapter

from pulumi_daytona.core.functions import find
from pulumi_daytona.function import LookUpError
from pulumi_daytona.functions.results.previews import PreviewUrlResult
from pulumi_daytona.native.resource import plugin_version
from pulumi_daytona.native.results import found_in
from pulumi_daytona.schema.naming import camel, token
from pulumi_daytona.types import PreviewLink

Result = TypeVar("Result")
Given = Mapping[str, Any]
Options = pulumi.InvokeOptions | None


def look_up(result: type[Result], path: str, given: Given, opts: Options) -> Result:
    """Look something up at once.

    Args:
        result: What comes back.
        path: The look-up's topic and name.
        given: Its arguments; those that are None are left out.
        opts: Pulumi's options.

    Raises:
        LookUpError: An argument can't be, the API refused, or it can't be reached.
    """
    try:
        answered = invoke(_token(path), _named(given), _options(opts))
    except Exception as error:  # Pulumi raises nothing narrower
        raise LookUpError(_words(error)) from None
    return _typed(result, path, answered.value)


def look_up_output(result: type[Result], path: str, given: Given, opts: Options) -> pulumi.Output[Result]:
    """Look something up as soon as all arguments are known; until then the output is unknown.

    Args:
        result: What comes back; the output is a secret when there is one in it.
        path: The look-up's topic and name.
        given: Its arguments; those that are None are left out.
        opts: Pulumi's options.
    """
    answered = invoke_output(_token(path), _named(given), _options(opts))
    return answered.apply(lambda value: _typed(result, path, value))


def preview_link(sandbox: pulumi.CustomResource, port: int) -> PreviewLink:
    """Return the link to a port of a sandbox, by the provider that has made it."""
    given = {"sandbox": sandbox.id, "port": port}
    options = pulumi.InvokeOptions(parent=sandbox)
    link = look_up_output(PreviewUrlResult, "previews.get_preview_url", given, options)
    # The token makes all of the answer a secret; without it the address is none.
    return PreviewLink(
        url=pulumi.Output.unsecret(link.apply(lambda found: found.url)),
        token=pulumi.Output.secret(link.apply(lambda found: found.token)),
    )


def _words(error: Exception) -> str:
    """Return what the plugin said, without the two names that the engine and Pulumi's SDK put before it."""
    text = str(error)
    for before in (" failed: ", " returned an error: "):
        text = text.partition(before)[2] or text
    return text


def _token(path: str) -> str:
    return token(camel(path.partition(".")[2]))


def _named(given: Given) -> dict[str, Any]:
    return {camel(name): value for name, value in given.items() if value is not None}


def _options(opts: Options) -> pulumi.InvokeOptions:
    return pulumi.InvokeOptions.merge(pulumi.InvokeOptions(version=plugin_version()), opts)


def _typed(result: type[Result], path: str, value: Mapping[str, Any]) -> Result:
    return TypeAdapter(result).validate_python(found_in(find(path).result, value))
