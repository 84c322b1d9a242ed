"""The policy pack: `pulumi preview --policy-pack pack` denies what breaks a rule."""

from collections.abc import Callable, Mapping
from typing import Any

from pulumi_policy import (
    EnforcementLevel,
    PolicyPack,
    ReportViolation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
)
from rules import has_a_modest_size, stays_private, stops_by_itself

SANDBOXES = ("pulumi-python:dynamic/daytona:Sandbox", "daytona:index:Sandbox")
"""The types of Python's own sandboxes and of the native plugin's."""

Rule = Callable[[Mapping[str, Any]], str | None]


def policy(name: str, rule: Rule) -> ResourceValidationPolicy:
    """Make a policy of a rule for sandboxes."""

    def validate(args: ResourceValidationArgs, report_violation: ReportViolation) -> None:
        if args.resource_type in SANDBOXES and (fault := rule(args.props)):
            report_violation(f'sandbox "{args.name}": {fault}')

    return ResourceValidationPolicy(name, rule.__doc__ or name, validate)


PolicyPack(
    "daytona",
    [
        policy("sandbox-private", stays_private),
        policy("sandbox-auto-stop", stops_by_itself),
        policy("sandbox-size", has_a_modest_size),
    ],
    enforcement_level=EnforcementLevel.MANDATORY,
)
