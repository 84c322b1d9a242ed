"""Lists of networks, as the API takes them."""

from __future__ import annotations

import pytest
from daytona_local.api.networks import check_networks
from daytona_local.errors import InvalidError
from daytona_local.runtime.filters import networks_of


@pytest.mark.parametrize("text", [None, "", " , ", "10.0.0.0/8", "10.1.2.3/32 , 0.0.0.0/0", "192.0.2.7/024"])
def test_what_is_taken_can_be_enforced(text: str | None) -> None:
    check_networks(text)
    networks_of(text)


@pytest.mark.parametrize("length", ["33", "-1", "", "\u0663", "\u00b3", "8a", "9" * 5000])
def test_a_length_that_is_none_is_refused(length: str) -> None:
    with pytest.raises(InvalidError, match="Invalid CIDR prefix length"):
        check_networks(f"10.0.0.0/{length}")
