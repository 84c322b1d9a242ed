"""Let the mocks of a program's unit test answer its look-ups."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pulumi.runtime.mocks import MockCallArgs, Mocks
from pydantic import TypeAdapter, ValidationError
from pydantic.alias_generators import to_camel

from pulumi_daytona.core.errors import ProviderError
from pulumi_daytona.core.functions.answer import Answer, told
from pulumi_daytona.core.functions.look_up import LookUp


def mocked(mocks: Mocks, look_up: LookUp[Any], given: Mapping[str, Any]) -> Answer:
    """Return what the mocks answer to a look-up.

    They are called with a token such as ``daytona:index:getVolume``, and return what the API would:
    the fields of a model, a list of such, or a bare value.

    Raises:
        ProviderError: It is something else.
    """
    token = f"daytona:index:{to_camel(look_up.name)}"
    said: Any = mocks.call(MockCallArgs(token, {**given}, ""))
    value = said[0] if isinstance(said, tuple) else said
    try:
        found = TypeAdapter(look_up.result).validate_python(value)
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())
        raise ProviderError(f"{look_up.name}: the mock of {token} answers something else: {faults}") from None
    return told(look_up, found)
