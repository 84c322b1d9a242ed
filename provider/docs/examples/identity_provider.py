"""Let the people of a company sign in with its own identity provider."""

import pulumi
from pulumi_daytona import IdentityProvider

IdentityProvider(
    "company",
    issuer_url="https://id.example.com",
    client_id="daytona",
    client_secret=pulumi.Config().require_secret("clientSecret"),
    email_domains=["example.com"],
)
