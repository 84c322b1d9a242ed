"""Claims: a create meets its earlier self by name, and takes nobody else's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice

import httpx
import pytest
from daytona_httpx import (
    DaytonaConflictError,
    DaytonaConnectionError,
    DaytonaError,
    DaytonaServiceUnavailableError,
)
from pulumi_daytona.core import claim
from pulumi_daytona.core.claim import Claim
from pulumi_daytona.core.definition import Live
from pulumi_daytona.core.ownership import names_for
from pulumi_daytona.core.session import Session
from pulumi_daytona.core.settings import Settings

pytestmark = pytest.mark.anyio

OWNER = "acme/urn:pulumi:dev::shop::type::web"
FIRST, SECOND = islice(names_for(OWNER), 2)


@dataclass(frozen=True)
class Record:
    id: str
    name: str


@dataclass
class Api:
    """Hold records, and fail as told: before it makes one, or after."""

    records: list[Record] = field(default_factory=list)
    before: list[DaytonaError] = field(default_factory=list)
    after: list[DaytonaError] = field(default_factory=list)

    async def make(self, name: str) -> Live:
        if self.before:
            raise self.before.pop(0)
        made = Record(f"id-{len(self.records)}", name)
        self.records.append(made)
        if self.after:
            raise self.after.pop(0)
        return Live(made.id, {"made": True})

    async def find(self, name: str) -> list[Record]:
        return [record for record in self.records if record.name == name]

    async def remove(self, record: Record) -> None:
        self.records.remove(record)

    async def adopt(self, record: Record) -> Live | None:
        return None if record.id == "broken" else Live(record.id, {"made": False})

    def claim(self, *, unique: bool = True, adopts: bool = True) -> Claim[Record]:
        return Claim(self.make, self.find, self.remove, self.adopt if adopts else None, unique)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claim, "_PAUSES_S", (0, 0, 0, 0))


@pytest.fixture
def session() -> Session:
    made = Session(Settings(api_key="k"))
    made.close()
    return made


def lost() -> DaytonaError:
    return DaytonaConnectionError("the connection was closed")


def unsent() -> DaytonaError:
    error = DaytonaConnectionError("connection refused")
    error.__cause__ = httpx.ConnectError("connection refused")
    return error


def names(api: Api) -> list[str]:
    return [record.name for record in api.records]


@pytest.mark.parametrize("failure", [lost, lambda: DaytonaServiceUnavailableError("busy", status_code=503)])
@pytest.mark.parametrize("name", [None, "fixed"])
@pytest.mark.parametrize("unique", [False, True])
async def test_what_was_made_although_its_answer_was_lost_is_taken_over(
    session: Session, failure: Callable[[], DaytonaError], name: str | None, unique: bool
) -> None:
    api = Api(after=[failure()])
    live = await api.claim(unique=unique).run(session, name, OWNER)
    assert (["id-0"], False) == ([record.id for record in api.records], live.attributes["made"])
    assert "id-0" == live.id


async def test_what_was_not_made_is_asked_for_again(session: Session) -> None:
    api = Api(before=[lost(), lost()])
    assert (await api.claim().run(session, None, OWNER)).attributes["made"]
    assert [FIRST] == names(api)


async def test_an_api_that_can_not_be_reached_is_asked_once(session: Session) -> None:
    api = Api(before=[unsent(), unsent()])
    with pytest.raises(DaytonaConnectionError, match="refused"):
        await api.claim().run(session, None, OWNER)
    assert 1 == len(api.before)


async def test_who_never_answers_is_given_up(session: Session) -> None:
    api = Api(before=[lost() for _ in range(20)])
    with pytest.raises(DaytonaConnectionError, match="closed"):
        await api.claim().run(session, None, OWNER)
    assert api.before


async def test_what_shows_its_value_once_is_made_anew(session: Session) -> None:
    api = Api(after=[lost()])
    live = await api.claim(adopts=False).run(session, None, OWNER)
    assert [live.id] == [record.id for record in api.records]
    assert live.attributes["made"]


async def test_what_can_not_be_adopted_is_made_anew(session: Session) -> None:
    api = Api([Record("broken", FIRST)])
    live = await api.claim().run(session, None, OWNER)
    assert (True, [live.id]) == (live.attributes["made"], [record.id for record in api.records])


async def test_of_several_that_were_left_behind_one_stays(session: Session) -> None:
    api = Api([Record("a", FIRST), Record("b", FIRST)])
    live = await api.claim(unique=False).run(session, None, OWNER)
    assert ("a", [Record("a", FIRST)]) == (live.id, api.records)


async def test_what_the_engine_has_keeps_its_name(session: Session) -> None:
    session.in_state.add("a")
    api = Api([Record("a", FIRST)])
    await api.claim().run(session, None, OWNER)
    assert [FIRST, SECOND] == names(api)


async def test_a_fixed_name_that_somebody_has_is_an_error_and_theirs_stays(session: Session) -> None:
    api = Api([Record("theirs", "fixed")])
    with pytest.raises(DaytonaConflictError, match="the name is taken"):
        await api.claim().run(session, "fixed", OWNER)
    assert [Record("theirs", "fixed")] == api.records


async def test_a_fixed_name_that_somebody_takes_meanwhile_is_an_error_too(session: Session) -> None:
    api = Api(before=[DaytonaConflictError("it exists", status_code=409)])
    with pytest.raises(DaytonaConflictError, match="it exists"):
        await api.claim().run(session, "fixed", OWNER)


async def test_what_the_engine_has_is_never_adopted_under_a_fixed_name(session: Session) -> None:
    session.in_state.add("mine")
    api = Api([Record("mine", "fixed")])
    with pytest.raises(DaytonaConflictError, match="delete_before_replace"):
        await api.claim().run(session, "fixed", OWNER, adopt=True)
