"""The body of a create request: complete, without what is unset, and the parameters left alone."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from daytona_httpx import (
    CreateSandboxFromImageParams,
    CreateSandboxFromSnapshotParams,
    DaytonaValidationError,
    GpuType,
    Image,
    Resources,
    VolumeMount,
)
from daytona_httpx.params import LANGUAGE_LABEL, CreateParams, create_body
from pydantic import ValidationError


def body(target: str | None = None, **fields: Any) -> dict[str, Any]:
    return create_body(CreateSandboxFromSnapshotParams(**fields), target)


def test_the_default_body_is_the_official_client_s() -> None:
    expected = {"env": {}, "labels": {LANGUAGE_LABEL: "python"}, "target": "us", "volumes": []}
    assert expected == body(target="us")


def test_every_field_has_its_name_on_the_wire() -> None:
    made = body(
        name="n", language="typescript", os_user="u", env_vars={"A": "1"}, labels={"l": "m"}, public=True,
        auto_stop_interval=0, auto_archive_interval=3, auto_delete_interval=-1, ttl_minutes=9,
        queue_timeout=5, volumes=[VolumeMount("v", "/m"), VolumeMount("w", "/n", "sub")],
        secrets={"TOKEN": "vault-name"}, network_block_all=False, kvm=True, network_allow_list="10.0.0.0/8",
        domain_allow_list="a.test", outbound_proxy_url="http://p", otel_endpoint_override="http://o",
        spot=True, linked_sandbox="other", target="eu", snapshot="snap",
    )  # fmt: skip
    assert made == {
        "name": "n", "user": "u", "env": {"A": "1"}, "labels": {LANGUAGE_LABEL: "typescript", "l": "m"},
        "public": True, "autoStopInterval": 0, "autoArchiveInterval": 3, "autoDeleteInterval": -1,
        "ttlMinutes": 9, "queueTimeout": 5,
        "volumes": [
            {"volumeId": "v", "mountPath": "/m"},
            {"volumeId": "w", "mountPath": "/n", "subpath": "sub"},
        ],
        "secrets": [{"TOKEN": "vault-name"}], "networkBlockAll": False, "kvm": True,
        "networkAllowList": "10.0.0.0/8", "domainAllowList": "a.test", "outboundProxyUrl": "http://p",
        "otelEndpointOverride": "http://o", "spot": True, "linkedSandbox": "other", "target": "eu",
        "snapshot": "snap",
    }  # fmt: skip


@pytest.mark.parametrize("image", ["debian:13", Image.base("debian:13")])
def test_an_image_is_sent_as_a_dockerfile_with_its_sizes(image: str | Image) -> None:
    sizes = Resources(cpu=2, memory=4, disk=8, gpu=1, gpu_type="H100")
    made = create_body(CreateSandboxFromImageParams(image=image, resources=sizes), None)
    assert {"dockerfileContent": "FROM debian:13\n"} == made["buildInfo"]
    assert [2, 4, 8, 1, ["H100"]] == [made[name] for name in ("cpu", "memory", "disk", "gpu", "gpuType")]


def test_kinds_of_gpu_have_names_and_newer_ones_are_texts() -> None:
    kinds = Resources(gpu=1, gpu_type=[GpuType.RTX_PRO_6000, "NEW"])
    made = create_body(CreateSandboxFromImageParams(image="x", resources=kinds), None)
    assert '["RTX-PRO-6000", "NEW"]' == json.dumps(made["gpuType"])
    only = create_body(
        CreateSandboxFromImageParams(image="x", resources=Resources(gpu_type=GpuType.H100)), None
    )
    assert ["H100"] == only["gpuType"]


def test_a_text_that_copies_local_files_is_refused_before_any_request() -> None:
    image = Image.from_text("FROM x\nCOPY app.py /")
    with pytest.raises(DaytonaValidationError, match=r"copies local files \(app\.py\)"):
        create_body(CreateSandboxFromImageParams(image=image), None)


def test_the_parameters_stay_as_they_are() -> None:
    labels, env = {"a": "b"}, {"K": "v"}
    params: CreateParams = CreateSandboxFromSnapshotParams(labels=labels, env_vars=env)
    before = copy.deepcopy(params)
    create_body(params, "us")["labels"]["more"] = "x"
    assert before == params
    assert ({"a": "b"}, {"K": "v"}) == (labels, env)


def test_a_label_of_the_caller_wins_over_the_one_added() -> None:
    assert body(labels={LANGUAGE_LABEL: "javascript"})["labels"] == {LANGUAGE_LABEL: "javascript"}


def test_ephemeral_means_deleted_at_stop() -> None:
    assert body(ephemeral=True)["autoDeleteInterval"] == 0
    assert "autoDeleteInterval" not in body(ephemeral=False)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"auto_stop_interval": -1}, "auto_stop_interval"),
        ({"auto_archive_interval": -1}, "auto_archive_interval"),
        ({"auto_pause_interval": -1}, "auto_pause_interval"),
        ({"ttl_minutes": -1}, "ttl_minutes"),
        ({"queue_timeout": 0}, "queue_timeout"),
        ({"auto_stop_interval": 1, "auto_pause_interval": 1}, "at most one"),
        ({"auto_pause_interval": 1, "ephemeral": True}, "can't pause"),
        ({"language": "cobol"}, "python, typescript or javascript"),
    ],
)
def test_what_contradicts_the_rules_is_refused(fields: dict[str, Any], words: str) -> None:
    with pytest.raises(DaytonaValidationError, match=words):
        body(**fields)


def test_a_misspelt_parameter_is_refused() -> None:
    with pytest.raises(ValidationError, match="auto_stop"):
        body(auto_stop=5)


def test_the_environment_is_not_shown() -> None:
    assert "hidden" not in repr(CreateSandboxFromSnapshotParams(env_vars={"K": "hidden"}))
