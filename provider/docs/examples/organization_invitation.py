"""Invite an owner; an owner needs no roles."""

from pulumi_daytona import OrganizationInvitation

OrganizationInvitation("ada", email="ada@example.com", role="owner", assigned_role_ids=[])
