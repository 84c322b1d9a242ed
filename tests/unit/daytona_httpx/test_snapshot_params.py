"""What is sent to make a snapshot."""

from __future__ import annotations

import copy

import pytest
from daytona_httpx import CreateSnapshotParams, DaytonaValidationError, Image, Resources
from daytona_httpx.snapshot_params import snapshot_body
from pydantic import ValidationError


def test_an_image_by_name_is_sent_by_name() -> None:
    params = CreateSnapshotParams(name="n", image="debian:13", entrypoint=["sleep", "1"])
    expected = {"name": "n", "imageName": "debian:13", "entrypoint": ["sleep", "1"], "regionId": "eu"}
    assert expected == snapshot_body(params, "eu")


def test_an_image_to_build_has_the_entry_point_in_its_dockerfile_and_stays_as_it_is() -> None:
    params = CreateSnapshotParams(name="n", image=Image.base("x"), entrypoint=["a", "b"])
    before = copy.deepcopy(params)
    expected = {"name": "n", "buildInfo": {"dockerfileContent": 'FROM x\nENTRYPOINT ["a", "b"]\n'}}
    assert expected == snapshot_body(params, None) == snapshot_body(params, None)
    assert isinstance(before.image, Image)
    assert isinstance(params.image, Image)
    assert before.image.dockerfile() == params.image.dockerfile()


def test_sizes_place_and_class_are_sent_where_they_are_given() -> None:
    params = CreateSnapshotParams(
        name="n",
        image="debian:13",
        resources=Resources(cpu=1, memory=2, disk=3, gpu=4, gpu_type="H100"),
        region_id="us",
        sandbox_class="container",
    )
    body = snapshot_body(params, "eu")
    assert [1, 2, 3, 4, ["H100"]] == [body[name] for name in ("cpu", "memory", "disk", "gpu", "gpuType")]
    assert ("us", "container") == (body["regionId"], body["sandboxClass"])


def test_what_can_t_be_is_refused() -> None:
    with pytest.raises(DaytonaValidationError, match="copies local files"):
        snapshot_body(CreateSnapshotParams(name="n", image=Image.from_text("FROM x\nCOPY a /")), None)
    with pytest.raises(ValidationError, match="region"):
        CreateSnapshotParams.model_validate({"name": "n", "image": "x", "region": "eu"})
