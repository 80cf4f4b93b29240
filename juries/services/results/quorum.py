"""Whether the jury may decide now: who is present, who presides, who has still to appraise."""

from accounts.models import User
from core.errors import DomainError
from core.formats import counted, joined
from evaluations.enums import TestKind
from juries.models import Appraisal, Candidate, JurySession, Seat
from juries.services.sessions.composition import missing_colleges
from juries.services.sessions.timetable import Hearing


def present_seats(session: JurySession) -> list[Seat]:
    return list(session.seats.active().with_people().filter(is_present=True))


def refuse_but_president(session: JurySession, seats: list[Seat], by: User, act: str) -> None:
    """Only the president, there in person, leads the deliberation."""
    president = next((seat for seat in seats if seat.is_president), None)
    if president is None:
        raise DomainError(
            f"La présidence du jury n’est pas notée présente : faites l’appel, puis reprenez {act}."
        )
    if president.juror.user_id != by.pk:
        raise DomainError(f"{president.juror} préside ce jury : {act} lui revient.")


def faults_of_quorum(session: JurySession, seats: list[Seat]) -> list[str]:
    """What the jurors present lack to deliberate, one sentence each."""
    rules, faults = session.rules, []
    if len(seats) < rules.quorum:
        faults.append(
            f"Le quorum est de {counted(rules.quorum, 'juré')} : {len(seats)} noté présent. "
            "Complétez l’appel, ou annulez la session."
        )
    missing = missing_colleges(seats)
    if rules.both_colleges and seats and missing:
        faults.append(f"Le collège des {joined(missing)} n’est pas là : les deux collèges doivent délibérer.")
    return faults


def refuse_without_quorum(session: JurySession, seats: list[Seat]) -> None:
    faults = faults_of_quorum(session, seats)
    if faults:
        raise DomainError(" ".join(faults))


def missing_appraisals(candidate: Candidate, seats: list[Seat]) -> list[str]:
    """The names of the jurors present who owe an appraisal of this candidate, by the tests that they heard."""
    return missing_appraisals_of(candidate.session, [candidate], seats)[candidate.pk]


def missing_appraisals_of(session: JurySession, candidates: list[Candidate], seats: list[Seat]) -> dict:
    """The same by candidate of one session, in a constant number of queries."""
    rows = Appraisal.objects.submitted().filter(candidate__in=candidates)
    submitted = set(rows.values_list("candidate_id", "juror_id", "test"))
    hearing, missing = Hearing(session.pk, seats), {}
    for candidate in candidates:
        owing = {
            seat.pk
            for test in TestKind
            for seat in hearing.jurors(candidate, test)
            if (candidate.pk, seat.juror_id, test) not in submitted
        }
        missing[candidate.pk] = [str(seat.juror) for seat in seats if seat.pk in owing]
    return missing
