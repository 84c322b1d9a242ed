"""Connect to the Daytona that the provider would use: the stack's configuration, then the environment."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from pulumi_daytona.cli.engine import Engine, find_engine
from pulumi_daytona.core.errors import ProviderError
from pulumi_daytona.core.session import Session
from pulumi_daytona.core.settings import Settings, read_settings


@dataclass(frozen=True)
class Connection:
    """Hold the settings, and where each of them was found.

    Args:
        settings: The settings.
        sources: The same fields, with the name of the source in place of the value.
    """

    settings: Settings
    sources: Settings


def connection(config: Mapping[str, str], stack: str | None, environment: Mapping[str, str]) -> Connection:
    """Read the settings from a stack's configuration, then from the environment.

    Args:
        config: The provider's values of the stack's configuration.
        stack: The stack's name; None when it has none.
        environment: The environment variables.

    Raises:
        ProviderError: There is neither a key nor a token.
    """
    named = {key: f"{key} of stack {stack}" for key, value in config.items() if value}
    variables = {name: name for name, value in environment.items() if value}
    return Connection(read_settings(config.get, environment), read_settings(named.get, variables))


def stack_config(engine: Engine | None, stack: str | None) -> tuple[dict[str, str], str | None]:
    """Return what the configuration of a stack says of Daytona, and the stack's name.

    Args:
        engine: The engine; without one, there is no configuration.
        stack: The stack; None is the selected one, and no selected one is no configuration.

    Raises:
        ProviderError: The stack isn't there, or its configuration can't be read.
    """
    project = engine.project() if engine else None
    if engine is None or project is None:
        if stack is not None and stack.count("/") < 2:
            what = "there is no Pulumi.yaml here" if engine else "`pulumi` is not on PATH"
            raise ProviderError(f'find stack "{stack}": {what}; run it in the project\'s folder, with Pulumi')
        return {}, None
    try:
        name = engine.stack_name(stack)
    except ProviderError:
        if stack is not None:
            raise
        return {}, None
    if name.split("/")[1] != project:
        return {}, None
    return engine.config(name), name


@contextmanager
def connected(stack: str | None = None, *, environment_only: bool = False) -> Iterator[Session]:
    """Open a session with the Daytona that the provider would use for a stack.

    Args:
        stack: The stack; None is the selected one.
        environment_only: Whether no stack's configuration is read.

    Raises:
        ProviderError: There is neither a key nor a token, or the configuration can't be read.
    """
    config, name = ({}, None) if environment_only else stack_config(find_engine(), stack)
    session = Session(connection(config, name, os.environ).settings)
    try:
        yield session
    finally:
        session.close()
