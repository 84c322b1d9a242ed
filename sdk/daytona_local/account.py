"""What is around the sandboxes: who may do what, where, how much of it, and what was done."""

from __future__ import annotations

from dataclasses import dataclass

from daytona_local.api_keys import Keys
from daytona_local.audit import AuditLog
from daytona_local.identity_providers import IdentityProviders
from daytona_local.invitations import Invitations
from daytona_local.job_log import JobLog
from daytona_local.lifecycle import Lifecycle
from daytona_local.members import Members
from daytona_local.organizations import Organizations
from daytona_local.quotas import Quotas
from daytona_local.records import Sandbox
from daytona_local.regions import Regions
from daytona_local.registries import Registries
from daytona_local.roles import Roles
from daytona_local.runners import Runners
from daytona_local.settings import Settings
from daytona_local.store import Store
from daytona_local.tables import Table
from daytona_local.users import Users
from daytona_local.vault import Secrets


@dataclass
class Account:
    """Hold the parts around the sandboxes of one server."""

    users: Users
    keys: Keys
    organizations: Organizations
    members: Members
    roles: Roles
    invitations: Invitations
    identity_providers: IdentityProviders
    quotas: Quotas
    regions: Regions
    runners: Runners
    registries: Registries
    secrets: Secrets
    jobs: JobLog
    audit: AuditLog

    def clear(self) -> None:
        """Begin anew: the own user, organization, region and runner stay."""
        for part in vars(self).values():
            part.clear()


def open_account(
    store: Store, settings: Settings, sandboxes: Table[Sandbox], lifecycle: Lifecycle
) -> Account:
    """Return the parts around the sandboxes; the quotas and secrets have their say from then on.

    Args:
        store: Where their records are.
        settings: The server's.
        sandboxes: What counts against the quotas.
        lifecycle: Where sandboxes are made and change.

    Raises:
        StoreError: The database can't be used.
    """
    clock = settings.clock
    users, members, organizations = Users(store, clock), Members(store, clock), Organizations(store, clock)
    quotas = Quotas(store, clock, organizations, sandboxes)
    secrets = Secrets(store, clock, organizations)
    lifecycle.admissions.append(quotas.admit)
    lifecycle.transitions.variables_of.append(lambda sandbox: secrets.values(sandbox.secrets))
    return Account(
        users=users,
        keys=Keys(store, clock, settings),
        organizations=organizations,
        members=members,
        roles=Roles(store, clock),
        invitations=Invitations(store, clock, users, members),
        identity_providers=IdentityProviders(store, clock),
        quotas=quotas,
        regions=Regions(store, clock),
        runners=Runners(store, clock, settings.data_dir),
        registries=Registries(store, clock),
        secrets=secrets,
        jobs=JobLog(lifecycle.transitions, clock),
        audit=AuditLog(),
    )
