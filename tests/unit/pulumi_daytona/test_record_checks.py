"""Records: what is known to be wrong is refused on its property, before any request."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi_daytona.core.check import check
from pulumi_daytona.core.resources import definition_of
from pulumi_daytona.core.unknown import UNKNOWN

REGISTRY = {"url": "https://r.example.com", "username": "u", "password": "p"}
PROVIDER = {"issuer_url": "https://id.example.com", "client_id": "c", "client_secret": "s"}
INVITATION = {"email": "ada@example.com", "role": "member", "assigned_role_ids": []}
QUOTA = {
    "organization_id": "o",
    "region_id": "r",
    "sandbox_class": "container",
    **dict.fromkeys(("total_cpu_quota", "total_memory_quota", "total_disk_quota", "total_gpu_quota"), 1),
}


def failures(kind: str, inputs: dict[str, Any]) -> dict[str, str]:
    return {each.property: each.reason for each in check(definition_of(kind), inputs).failures}


@pytest.mark.parametrize(
    ("kind", "inputs", "property_", "words"),
    [
        ("Secret", {}, "value", "is missing; give it"),
        ("Secret", {"value": ""}, "value", "must not be empty"),
        ("Secret", {"value": "v", "name": "1st"}, "name", "a letter or _ first"),
        ("Secret", {"value": "v", "name": ""}, "name", "a letter or _ first"),
        ("Secret", {"value": "v", "hosts": ["ok.example.com", "http://x"]}, "hosts[1]", "got 'http://x'"),
        ("Secret", {"value": "v", "hosts": ["*"]}, "hosts[0]", "needs a host"),
        ("WarmPool", {"snapshot": "s", "pool": -1}, "pool", "greater than or equal to 0"),
        ("WarmPool", {"snapshot": "s", "pool": 1.5}, "pool", "integer"),
        ("WarmPool", {"snapshot": "", "pool": 1}, "snapshot", "must not be empty"),
        ("SshAccess", {"sandbox_id": "s", "expires_in_minutes": 0}, "expires_in_minutes", "equal to 1"),
        ("SshAccess", {}, "sandbox_id", "is missing; give it"),
        ("DockerRegistry", {**REGISTRY, "url": " "}, "url", "must not be empty"),
        ("DockerRegistry", {**REGISTRY, "pasword": "p"}, "pasword", "did you mean password?"),
        ("ApiKey", {"permissions": ["everything"]}, "permissions[0]", "such as write:sandboxes"),
        ("ApiKey", {"permissions": [], "expires_at": "tomorrow"}, "expires_at", "a time with its zone"),
        ("ApiKey", {"permissions": [], "expires_at": "2030-01-31T12:00:00"}, "expires_at", "its zone"),
        ("Region", {"proxy_url": "proxy.example.com"}, "proxy_url", "needs a URL"),
        ("Runner", {"name": "r"}, "region_id", "is missing; give it"),
        ("AdminRunner", {"region_id": "r", "api_key": "k", "api_version": "1"}, "api_version", "'0' or '2'"),
        (
            "Organization",
            {"default_region_id": "us", "default_queue_timeout": 0},
            "default_queue_timeout",
            "1",
        ),
        ("OrganizationRole", {"permissions": [""]}, "permissions[0]", "needs a permission"),
        ("OrganizationMember", {"user_id": "u", "role": "king", "assigned_role_ids": []}, "role", "'owner'"),
        ("OrganizationInvitation", {**INVITATION, "email": "ada"}, "email", "such as ada@example.com"),
        ("OrganizationInvitation", {**INVITATION, "email": "@ada"}, "email", "needs an address"),
        ("OrganizationOtelConfig", {"endpoint": "otel"}, "endpoint", "needs a URL"),
        ("OrganizationQuota", {}, "max_cpu_per_sandbox", "set this or another limit"),
        ("OrganizationQuota", {"volume_quota": -1}, "volume_quota", "greater than or equal to 0"),
        ("AdminOrganizationRegionQuota", {**QUOTA, "max_cpu_per_gpu": -1}, "max_cpu_per_gpu", "equal to 0"),
        ("IdentityProvider", PROVIDER, "email_domains", "unless allow_any_domain is set"),
        ("IdentityProvider", {**PROVIDER, "email_domains": []}, "email_domains", "needs a domain"),
    ],
)
def test_what_can_not_be_is_refused_on_its_property(
    kind: str, inputs: dict[str, Any], property_: str, words: str
) -> None:
    assert words in failures(kind, inputs)[property_]


@pytest.mark.parametrize(
    ("kind", "inputs"),
    [
        ("Secret", {"value": UNKNOWN, "name": UNKNOWN, "hosts": [UNKNOWN, "*.example.com", "a:443"]}),
        ("WarmPool", {"snapshot": UNKNOWN, "pool": UNKNOWN}),
        ("ApiKey", {"permissions": [UNKNOWN], "expires_at": UNKNOWN}),
        ("IdentityProvider", {**PROVIDER, "allow_any_domain": UNKNOWN}),
        ("IdentityProvider", {**PROVIDER, "email_domains": UNKNOWN}),
        ("OrganizationQuota", {"volume_quota": UNKNOWN}),
        ("OrganizationInvitation", {**INVITATION, "email": UNKNOWN, "assigned_role_ids": [UNKNOWN]}),
        ("Region", {"proxy_url": UNKNOWN}),
    ],
)
def test_unknown_values_pass_and_stay_unknown(kind: str, inputs: dict[str, Any]) -> None:
    assert (inputs, {}) == (check(definition_of(kind), inputs).inputs, failures(kind, inputs))
