"""Declare the sandbox of a pull request."""

import pulumi
from reviews import declare_review

declare_review(pulumi.Config().get_int("number") or 1)
