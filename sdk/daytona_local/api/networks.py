"""The rules of network settings, in the API's words."""

from __future__ import annotations

import ipaddress
import re

from daytona_local.errors import InvalidError

MOST_NETWORKS = 10
_LENGTH = re.compile(r"[0-9]{1,3}")
_DOMAIN = re.compile(r"(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}", re.IGNORECASE)


def check_networks(text: str | None) -> None:
    """Refuse a list of networks that isn't one.

    Raises:
        InvalidError: A network is no IPv4 network with a prefix length, or there are too many.
    """
    networks = [item.strip() for item in (text or "").split(",") if item.strip()]
    if len(networks) > MOST_NETWORKS:
        raise InvalidError(f"Network allow list cannot contain more than {MOST_NETWORKS} networks")
    for network in networks:
        _check_network(network)


def check_domains(text: str | None) -> None:
    """Refuse a list of domains that isn't one.

    Raises:
        InvalidError: A domain is none.
    """
    for domain in (item.strip() for item in (text or "").split(",")):
        if domain and not _DOMAIN.fullmatch(domain):
            raise InvalidError(f'Invalid domain: "{domain}". Must be a valid domain name')


def _check_network(network: str) -> None:
    address, slash, length = network.partition("/")
    try:
        ipaddress.IPv4Address(address)
    except ValueError:
        raise InvalidError(
            f'Invalid IP address: "{address}" in network "{network}". Must be a valid IPv4 address'
        ) from None
    if not slash:
        raise InvalidError(f'Invalid network format: "{network}". Missing CIDR prefix length (e.g., /24)')
    if not _LENGTH.fullmatch(length) or int(length) > 32:
        raise InvalidError(f'Invalid CIDR prefix length: "{length}" in network "{network}". Must be 0 to 32')
