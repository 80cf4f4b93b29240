"""The jurors of the demonstration: two colleges, a few regions, what they say of themselves."""

from dataclasses import dataclass
from datetime import date, timedelta

from accounts.models import User
from cqp.demo import cast
from cqp.demo.country import open_account
from juries.enums import College
from juries.models import Juror
from juries.services.jurors.availability import note_unavailability
from juries.services.jurors.employers import declare_employer
from juries.services.jurors.jurors import add_juror


@dataclass(frozen=True)
class Entry:
    """One juror; `employer` is where they worked before, with its years."""

    account: cast.Account
    college: College
    organisation: str
    trade: str = ""
    region: str = "27"
    trained: bool = True
    employer: tuple[str, int, int] | None = None


def _panel(n: int, first: str, last: str) -> cast.Account:
    return cast.Account(f"jure{n}@cqp.example", first, last, "")


ENTRIES = (
    Entry(cast.PRESIDENT, College.EMPLOYER, "Entreprises d’insertion associées", "direction de chantiers"),
    Entry(
        cast.JUROR,
        College.EMPLOYEE,
        "Union des salariés de l’insertion",
        "maraîchage",
        employer=("La Serre aux Fleurs", 2008, 2016),
    ),
    Entry(
        _panel(0, "Odile", "Lhermitte"),
        College.EMPLOYER,
        "Fédération des entreprises du paysage",
        "espaces verts",
        region="76",
    ),
    Entry(
        _panel(1, "Marc", "Fontanel"),
        College.EMPLOYEE,
        "Union syndicale des espaces verts",
        "espaces verts",
        region="76",
        employer=("Paysages du Littoral", 2001, 2012),
    ),
    Entry(_panel(2, "Samia", "Rahmani"), College.EMPLOYER, "Groupement des maraîchers", "maraîchage", "52"),
    Entry(
        _panel(3, "Denis", "Kerboul"), College.EMPLOYEE, "Syndicat des salariés agricoles", "maraîchage", "52"
    ),
    Entry(
        _panel(4, "Chantal", "Wattel"),
        College.EMPLOYER,
        "Chambre des métiers du second œuvre",
        "peinture",
        "32",
    ),
    Entry(
        _panel(5, "Paulo", "Mendes"), College.EMPLOYEE, "Union des ouvriers du bâtiment", "maçonnerie", "32"
    ),
    Entry(
        _panel(6, "Sylvie", "Arnoux"),
        College.EMPLOYEE,
        "Union des métiers de la propreté",
        "nettoyage de locaux",
        trained=False,
    ),
    Entry(_panel(7, "Hugues", "Delorme"), College.EMPLOYER, "Restaurateurs de la Nièvre", "cuisine"),
)


def enlist_pool(certifier: User, hashed: str, today: date) -> list[Juror]:
    """The pool in its order, each trained the week before it opened unless they wait for it."""
    jurors = []
    for entry in ENTRIES:
        open_account(entry.account, hashed)
        juror = add_juror(
            email=entry.account.email,
            first_name=entry.account.first_name,
            last_name=entry.account.last_name,
            college=entry.college,
            organisation=entry.organisation,
            trade=entry.trade,
            region=entry.region,
            trained_on=today - timedelta(days=7) if entry.trained else None,
            training_title="Siéger dans un jury du CQP, une journée" if entry.trained else "",
            by=certifier,
        )
        if entry.employer:
            name, first, last = entry.employer
            declare_employer(juror=juror, name=name, from_year=first, until_year=last, by=juror.user)
        jurors.append(juror)
    return jurors


def take_days(jurors: list[Juror], today: date) -> None:
    """A week away for one, a fortnight for another, in the month that comes."""
    for place, first, days in ((1, 18, 6), (9, 25, 13)):
        starts_on = today + timedelta(days=first)
        note_unavailability(
            juror=jurors[place],
            starts_on=starts_on,
            ends_on=starts_on + timedelta(days=days),
            by=jurors[place].user,
        )
