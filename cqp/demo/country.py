"""The structures of the demonstration, their accreditation and their teams."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from accounts.models import User
from cqp.demo import cast
from cqp.demo.places import ACCREDITED_PLACES, ACTIVE_PLACES, HOME_PLACE, INTERESTED_PLACES, Place, siret
from cqp.demo.story import Story, working_day
from structures.enums import Role
from structures.models import ProductionSupport, Structure
from structures.services.structures import accredit, record_visit, register_structure
from structures.services.team import add_member


@dataclass
class Team:
    """A structure on the scene, with the people who act in it."""

    place: Place
    accredited_on: date
    structure: Structure = field(init=False)
    director: User = field(init=False)
    trainers: list[User] = field(default_factory=list)


class Country:
    """Sixty-three structures show their will; twenty-five of them train."""

    def __init__(self, *, today: date, launch: date, certifier: User, hashed: str) -> None:
        self.today, self.launch, self.certifier, self.hashed = today, launch, certifier, hashed
        self.random = Random(93)  # noqa: S311 - the same country at each rebuilding
        self.teams = [
            Team(place, launch + timedelta(days=8 + 5 * n)) for n, place in enumerate(ACTIVE_PLACES)
        ]

    def plan(self, story: Story) -> None:
        for n, team in enumerate(self.teams):
            story.at(working_day(team.accredited_on - timedelta(days=5)), 9, self._registering(team, n))
            story.at(team.accredited_on, 10, self._accrediting(team))
            if team.accredited_on + timedelta(days=90) < self.today:
                story.at(team.accredited_on + timedelta(days=90), 16, self._visiting(team))
        later = (*ACCREDITED_PLACES, *INTERESTED_PLACES)
        for n, place in enumerate(later, start=len(self.teams)):
            day = working_day(self.launch + timedelta(days=5 * (n - len(self.teams)) + 10))
            story.at(day, 11, self._showing_interest(place, n))
            if place in ACCREDITED_PLACES:
                story.at(self.today - timedelta(days=6), 11, self._accrediting_later(n))

    def _register(self, place: Place, n: int) -> Structure:
        return register_structure(
            name=place.name,
            siret=siret(n),
            postcode=place.postcode,
            city=place.city,
            email=f"contact{n}@aci.example",
            training_body_number=f"27{place.postcode[:2]}{10000 + n}{10 + n}",
            member_number=f"ICO-{204500 + n}",
            supports=list(ProductionSupport.objects.filter(code__in=place.supports)),
            by=self.certifier,
        )

    def _registering(self, team: Team, n: int):
        def act() -> None:
            team.structure = self._register(team.place, n)

        return act

    def _showing_interest(self, place: Place, n: int):
        return lambda: self._register(place, n)

    def _accrediting(self, team: Team):
        def act() -> None:
            accredit(
                structure=team.structure,
                starts_on=team.accredited_on,
                ends_on=team.accredited_on + timedelta(days=3 * 365),
                by=self.certifier,
            )
            team.structure.refresh_from_db()
            self._gather(team)

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

    def _gather(self, team: Team) -> None:
        known = team.place == HOME_PLACE
        team.director = self._join(team, Role.DIRECTOR, cast.DIRECTOR if known else None)
        team.trainers = [self._join(team, Role.TRAINER, cast.TRAINER if known else None)]
        team.trainers.append(self._join(team, Role.TRAINER))
        self._join(team, Role.COUNSELLOR)

    def _join(self, team: Team, role: str, account: cast.Account | None = None) -> User:
        if account is None:
            n = User.objects.count()
            first = self.random.choice(cast.WOMEN + cast.MEN)
            last = self.random.choice(cast.NAMES).replace("-", " ").title()
            account = cast.Account(f"equipe{n}@aci.example", first, last, "")
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


def open_account(account: cast.Account, hashed: str, **fields) -> User:
    """An account whose password nobody knows yet, hashed once for all of them."""
    return User.objects.create(
        email=account.email,
        first_name=account.first_name,
        last_name=account.last_name,
        password=hashed,
        **fields,
    )
