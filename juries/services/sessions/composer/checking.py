"""Every rule checked on a composition, on the page of the composer and when the session is created."""

from collections.abc import Iterable, Sequence
from datetime import date

from core import clock
from core.formats import counted, joined, longdate, shortdate
from evaluations.models import Dossier
from juries.models import CertificationSettings, JurySession, Seat
from juries.services.jurors.availability import DateConflict
from juries.services.jurors.conflicts import Conflict
from juries.services.sessions.composition import Check, checks_of_seats
from juries.services.sessions.planning import notice_warning

DAY_MINUTES = 8 * 60


def capacity(rules: CertificationSettings) -> int:
    """How many candidates a day of eight hours hears, each pair of jurors taking one at a time."""
    each = rules.production_minutes + rules.interview_minutes + 2 * rules.break_minutes
    return max(DAY_MINUTES // each, 1) * rules.parallel_panels


def checks_of(
    *,
    held_on: date,
    rules: CertificationSettings,
    seats: list[Seat],
    dossiers: Sequence[Dossier],
    conflicts: Iterable[Conflict],
    date_conflicts: Iterable[DateConflict],
) -> list[Check]:
    """Date, candidates, jury, conflicts, availability: each rule once, passed or not, with its sentence."""
    return [
        _date(held_on, rules),
        *_candidates(dossiers, held_on, rules),
        *checks_of_seats(seats, rules),
        _conflicts(conflicts),
        _availability(date_conflicts),
    ]


def _date(held_on: date, rules: CertificationSettings) -> Check:
    today = clock.today()
    if held_on < today:
        return Check("Date", False, f"Le {longdate(held_on)} est passé : choisissez un jour à venir.")
    warning = notice_warning(JurySession(held_on=held_on, rules=rules), today)
    days = counted((held_on - today).days, "jour")
    return Check(
        "Délai de convocation",
        not warning,
        warning or f"Dans {days} : plus des {rules.notice_days} jours de la règle.",
        warns=True,
    )


def _candidates(dossiers: Sequence[Dossier], held_on: date, rules: CertificationSettings) -> list[Check]:
    if not dossiers:
        return [
            Check("Candidats", False, "Aucun candidat n’est coché : un jury entend au moins une personne.")
        ]
    limit = capacity(rules)
    count = counted(len(dossiers), "candidat")
    fits = len(dossiers) <= limit
    checks = [
        Check(
            "Candidats",
            fits,
            f"{count}, pour {limit} au plus en une journée."
            if fits
            else f"{count} : avec ces durées et {counted(rules.parallel_panels, 'binôme')} de jurés, "
            f"une journée en entend {limit}. Ajoutez un binôme, ou prévoyez une autre date.",
            warns=True,
        )
    ]
    early = [row.enrollment for row in dossiers if row.enrollment.contract_end < held_on]
    if early:
        names = joined(f"{row.trainee} (le {shortdate(row.contract_end)})" for row in early)
        checks.append(
            Check(
                "Fin de contrat",
                False,
                f"Contrat fini avant le jury pour {names} : voyez avec la structure s’il peut être prolongé "
                "pour achever la formation.",
                warns=True,
            )
        )
    return checks


def _conflicts(conflicts: Iterable[Conflict]) -> Check:
    sentences = list(dict.fromkeys(row.sentence for row in conflicts))
    return Check(
        "Conflits d’intérêts",
        not sentences,
        " ".join(sentences) or "Aucun lien connu entre ces jurés et ces candidats.",
    )


def _availability(date_conflicts: Iterable[DateConflict]) -> Check:
    sentences = [row.sentence for row in date_conflicts]
    return Check("Disponibilité", not sentences, " ".join(sentences) or "Ces jurés sont libres ce jour-là.")
