"""The structures of the demonstration, their accreditation and their teams."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from accounts.models import User
from cqp.demo import people
from cqp.demo.schedule import Schedule, working_day
from cqp.demo.structure_fixtures import (
    ACCREDITED_STRUCTURES,
    ACTIVE_STRUCTURES,
    HOME_STRUCTURE,
    INTERESTED_STRUCTURES,
    StructureFixture,
    siret,
)
from structures.enums import Role
from structures.models import ProductionSupport, Structure
from structures.services.structures import accredit, record_visit, register_structure
from structures.services.team import add_member


@dataclass
class Team:
    """A structure that trains, with the people who work there."""

    fixture: StructureFixture
    accredited_on: date
    structure: Structure = field(init=False)
    director: User = field(init=False)
    trainers: list[User] = field(default_factory=list)


class Structures:
    """Sixty-three structures are interested; twenty-five of them train."""

    def __init__(self, *, today: date, launch: date, certifier: User, hashed: str) -> None:
        self.today, self.launch, self.certifier, self.hashed = today, launch, certifier, hashed
        self.random = Random(93)  # noqa: S311 - the same people at each rebuilding
        self.teams = [
            Team(fixture, launch + timedelta(days=8 + 5 * n)) for n, fixture in enumerate(ACTIVE_STRUCTURES)
        ]

    def plan(self, schedule: Schedule) -> None:
        for n, team in enumerate(self.teams):
            schedule.at(working_day(team.accredited_on - timedelta(days=5)), 9, self._registering(team, n))
            schedule.at(team.accredited_on, 10, self._accrediting(team))
            if team.accredited_on + timedelta(days=90) < self.today:
                schedule.at(team.accredited_on + timedelta(days=90), 16, self._visiting(team))
        later = (*ACCREDITED_STRUCTURES, *INTERESTED_STRUCTURES)
        for n, fixture in enumerate(later, start=len(self.teams)):
            day = working_day(self.launch + timedelta(days=5 * (n - len(self.teams)) + 10))
            schedule.at(day, 11, self._showing_interest(fixture, n))
            if fixture in ACCREDITED_STRUCTURES:
                schedule.at(self.today - timedelta(days=6), 11, self._accrediting_later(n))

    def _register(self, fixture: StructureFixture, n: int) -> Structure:
        return register_structure(
            name=fixture.name,
            siret=siret(n),
            postcode=fixture.postcode,
            city=fixture.city,
            email=f"contact{n}@aci.example",
            training_body_number=f"27{fixture.postcode[:2]}{10000 + n}{10 + n}",
            member_number=f"ICO-{204500 + n}",
            supports=list(ProductionSupport.objects.filter(code__in=fixture.supports)),
            by=self.certifier,
        )

    def _registering(self, team: Team, n: int):
        def act() -> None:
            team.structure = self._register(team.fixture, n)

        return act

    def _showing_interest(self, fixture: StructureFixture, n: int):
        return lambda: self._register(fixture, n)

    def _accrediting(self, team: Team):
        def act() -> None:
            accredit(
                structure=team.structure,
                starts_on=team.accredited_on,
                ends_on=team.accredited_on + timedelta(days=3 * 365),
                by=self.certifier,
            )
            team.structure.refresh_from_db()
            self._open_accounts(team)

        return act

    def _accrediting_later(self, n: int):
        def act() -> None:
            day = self.today - timedelta(days=6)
            structure = Structure.objects.get(siret=siret(n))
            accredit(
                structure=structure, starts_on=day, ends_on=day + timedelta(days=3 * 365), by=self.certifier
            )

        return act

    def _visiting(self, team: Team):
        day = team.accredited_on + timedelta(days=90)
        return lambda: record_visit(structure=team.structure, visited_on=day, by=self.certifier)

    def _open_accounts(self, team: Team) -> None:
        is_home = team.fixture == HOME_STRUCTURE
        team.director = self._join(team, Role.DIRECTOR, people.DIRECTOR if is_home else None)
        team.trainers = [self._join(team, Role.TRAINER, people.TRAINER if is_home else None)]
        team.trainers.append(self._join(team, Role.TRAINER))
        self._join(team, Role.COUNSELLOR)

    def _join(self, team: Team, role: str, account: people.Account | None = None) -> User:
        if account is None:
            n = User.objects.count()
            first = self.random.choice(people.WOMEN + people.MEN)
            last = self.random.choice(people.NAMES).replace("-", " ").title()
            account = people.Account(f"equipe{n}@aci.example", first, last, "")
        user = open_account(account, self.hashed)
        add_member(
            structure=team.structure,
            email=user.email,
            first_name=user.first_name,
            last_name=user.last_name,
            role=role,
            by=self.certifier,
        )
        return user


def open_account(account: people.Account, hashed: str, **fields) -> User:
    """An account whose password nobody knows yet, hashed once for all of them."""
    return User.objects.create(
        email=account.email,
        first_name=account.first_name,
        last_name=account.last_name,
        password=hashed,
        **fields,
    )
