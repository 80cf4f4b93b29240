"""The jurors of the demonstration: two colleges, a few regions, their former employers."""

from dataclasses import dataclass
from datetime import date, timedelta

from accounts.models import User
from cqp.demo import people
from cqp.demo.structures import open_account
from juries.enums import College
from juries.models import Juror
from juries.services.jurors.availability import note_unavailability
from juries.services.jurors.employers import declare_employer
from juries.services.jurors.jurors import add_juror


@dataclass(frozen=True)
class JurorFixture:
    """One juror; `employer` is where they worked before, with its years."""

    account: people.Account
    college: College
    organisation: str
    trade: str = ""
    region: str = "27"
    trained: bool = True
    employer: tuple[str, int, int] | None = None


def _account(n: int, first: str, last: str) -> people.Account:
    return people.Account(f"jure{n}@cqp.example", first, last, "")


FIXTURES = (
    JurorFixture(
        people.PRESIDENT, College.EMPLOYER, "Entreprises d’insertion associées", "direction de chantiers"
    ),
    JurorFixture(
        people.JUROR,
        College.EMPLOYEE,
        "Union des salariés de l’insertion",
        "maraîchage",
        employer=("La Serre aux Fleurs", 2008, 2016),
    ),
    JurorFixture(
        _account(0, "Odile", "Lhermitte"),
        College.EMPLOYER,
        "Fédération des entreprises du paysage",
        "espaces verts",
        region="76",
    ),
    JurorFixture(
        _account(1, "Marc", "Fontanel"),
        College.EMPLOYEE,
        "Union syndicale des espaces verts",
        "espaces verts",
        region="76",
        employer=("Paysages du Littoral", 2001, 2012),
    ),
    JurorFixture(
        _account(2, "Samia", "Rahmani"), College.EMPLOYER, "Groupement des maraîchers", "maraîchage", "52"
    ),
    JurorFixture(
        _account(3, "Denis", "Kerboul"),
        College.EMPLOYEE,
        "Syndicat des salariés agricoles",
        "maraîchage",
        "52",
    ),
    JurorFixture(
        _account(4, "Chantal", "Wattel"),
        College.EMPLOYER,
        "Chambre des métiers du second œuvre",
        "peinture",
        "32",
    ),
    JurorFixture(
        _account(5, "Paulo", "Mendes"), College.EMPLOYEE, "Union des ouvriers du bâtiment", "maçonnerie", "32"
    ),
    JurorFixture(
        _account(6, "Sylvie", "Arnoux"),
        College.EMPLOYEE,
        "Union des métiers de la propreté",
        "nettoyage de locaux",
        trained=False,
    ),
    JurorFixture(_account(7, "Hugues", "Delorme"), College.EMPLOYER, "Restaurateurs de la Nièvre", "cuisine"),
)


def add_jurors(certifier: User, hashed: str, today: date) -> list[Juror]:
    """The jurors in the order of FIXTURES, each trained a week before `today` or waiting for the training."""
    jurors = []
    for fixture in FIXTURES:
        open_account(fixture.account, hashed)
        juror = add_juror(
            email=fixture.account.email,
            first_name=fixture.account.first_name,
            last_name=fixture.account.last_name,
            college=fixture.college,
            organisation=fixture.organisation,
            trade=fixture.trade,
            region=fixture.region,
            trained_on=today - timedelta(days=7) if fixture.trained else None,
            training_title="Siéger dans un jury du CQP, une journée" if fixture.trained else "",
            by=certifier,
        )
        if fixture.employer:
            name, first, last = fixture.employer
            declare_employer(juror=juror, name=name, from_year=first, until_year=last, by=juror.user)
        jurors.append(juror)
    return jurors


def note_unavailabilities(jurors: list[Juror], today: date) -> None:
    """One is unavailable for a week, another for a fortnight, next month."""
    for rank, first, days in ((1, 18, 6), (9, 25, 13)):
        starts_on = today + timedelta(days=first)
        note_unavailability(
            juror=jurors[rank],
            starts_on=starts_on,
            ends_on=starts_on + timedelta(days=days),
            by=jurors[rank].user,
        )
