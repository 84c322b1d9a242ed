"""The arguments that several look-ups take, and the keys that they need."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field

from pulumi_daytona.core.functions.look_up import Argument

AT_MOST = 1000

Moment = str | datetime
Port = Annotated[int, Field(ge=1, le=65535)]
Count = Annotated[int, Field(ge=1)]

ORGANIZATION = Argument(
    "organization_id", str, "The organization's id; by default the one of the stack's configuration.", None
)
SANDBOX = Argument("sandbox", str, "The sandbox's id or name.")
SANDBOX_ID = Argument("sandbox_id", str, "The sandbox's id.")
REGION_ID = Argument("region_id", str, "The region's id.")
IN_REGION = Argument("region_id", str, "Only those of this region.", None)
RUNNER_ID = Argument("runner_id", str, "The runner's id.")
PORT = Argument("port", Port, "The port inside the sandbox, 1 to 65535.")
START = Argument("start", Moment, "From when, for example ``2030-01-31T12:00:00Z``.")
END = Argument("end", Moment, "Until when.")
MOST = Argument("limit", Count, f"How many at most, {AT_MOST} by default.", AT_MOST)

USER = "a user's token (daytona:jwtToken)"
SSO = "a user's token (daytona:jwtToken) with the permission manage:sso"
ADMINISTRATOR = "an administrator's key"
SERVICE = "the key of one of Daytona's services"
PROXY = "the key of Daytona's proxy"
COLLECTOR = "the key of Daytona's telemetry collector"
RUNNER = "a runner's key"
HEALTH = "the key for health checks"
