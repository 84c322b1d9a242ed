"""What holds for all tests."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

from tests.toolchain.distributions import Distribution, build

# A shared machine can be slow: how long an example takes says nothing about the code.
shared = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
# What has passed passes again; to look for new examples: pytest --hypothesis-profile=explore
settings.register_profile("repeatable", shared, derandomize=True)
settings.register_profile("explore", shared)
settings.load_profile("repeatable")


@pytest.fixture(scope="session")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> list[Distribution]:
    """Return both distributions, as a release would upload them."""
    return build(tmp_path_factory.mktemp("distributions"))
