"""The wire model of the access to the object store."""

from __future__ import annotations

from pydantic import Field

from daytona_httpx.models.base import WireModel


class StorageAccess(WireModel):
    """Hold where the files of images are sent to, and with which passing keys."""

    access_key: str
    secret: str = Field(repr=False)
    session_token: str = Field(default="", repr=False)
    storage_url: str
    organization_id: str
    bucket: str
    region: str = "us-east-1"
