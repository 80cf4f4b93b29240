"""Whether a jury is composed as its rules say."""

from collections.abc import Iterable

from accounts.formats import counted, joined
from juries.enums import College
from juries.models import Candidate, CertificationSettings, JurySession, Seat
from juries.services.conflicts import Conflict, conflicts_of


def held_seats(session: JurySession) -> list[Seat]:
    return list(session.seats.held().with_people())


def candidates_of(session: JurySession) -> list[Candidate]:
    return list(
        session.candidates.select_related(
            "enrollment__trainee", "enrollment__structure", "enrollment__support"
        )
    )


def conflicts_in(seats: Iterable[Seat], candidates: Iterable[Candidate]) -> list[Conflict]:
    return conflicts_of([seat.juror for seat in seats], [row.enrollment for row in candidates])


def missing_colleges(seats: Iterable[Seat]) -> list[str]:
    """The labels of the colleges that nobody here belongs to."""
    there = {seat.juror.college for seat in seats}
    return [college.label for college in College if college not in there]


def faults_of_composition(session: JurySession, seats: list[Seat], candidates: list[Candidate]) -> list[str]:
    """What keeps this jury from being convened or opened, one sentence each, in the order of the page.

    The rules are those the session was planned under: least jurors, both colleges, share of jurors
    outside the certifier, a president, a candidate with both times, no conflict.
    """
    rules = session.rules
    faults = [*faults_of_seats(seats, rules), *faults_of_candidates(candidates)]
    return faults + [conflict.sentence for conflict in conflicts_in(seats, candidates)]


def faults_of_seats(seats: list[Seat], rules: CertificationSettings) -> list[str]:
    faults = []
    if len(seats) < rules.least_jurors:
        faults.append(
            f"Il faut {counted(rules.least_jurors, 'juré')} au moins : ce jury en compte {len(seats)}. "
            "Ajoutez un juré."
        )
    missing = missing_colleges(seats)
    if rules.both_colleges and seats and missing:
        faults.append(
            f"Les deux collèges doivent siéger : il manque le collège des {joined(missing)}. Ajoutez un juré."
        )
    outside = sum(1 for seat in seats if not seat.juror.of_certifier)
    if seats and outside * 100 < rules.outside_share * len(seats):
        faults.append(
            f"La part de jurés extérieurs au certificateur doit être d’au moins {rules.outside_share} % : "
            f"ici {counted(outside, 'juré')} sur {len(seats)}. Remplacez ou ajoutez un juré."
        )
    if not any(seat.is_president for seat in seats):
        faults.append("Personne ne préside ce jury : confiez la présidence à un juré.")
    return faults


def faults_of_candidates(candidates: list[Candidate]) -> list[str]:
    if not candidates:
        return ["Ce jury n’a pas de candidat : ajoutez un dossier accepté."]
    waiting = [
        str(row.enrollment.trainee) for row in candidates if not (row.production_at and row.interview_at)
    ]
    if waiting:
        names = joined(waiting)
        return [f"Il manque une heure d’épreuve ou d’entretien pour {names}. Donnez les deux à chacun."]
    return []
