"""The session, its seats and its candidates, in one act."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.models import User
from core.errors import DomainError, StaleState
from core.formats import counted
from core.services.journal import record
from evaluations.models import Dossier
from juries.models import Candidate, Juror, JurySession, Seat
from juries.services.jurors.availability import date_conflicts_on
from juries.services.jurors.conflicts import colleagues_since, conflicts_of
from juries.services.locks import lock_enrollments, lock_jurors
from juries.services.sessions.composer.checking import checks_of
from juries.services.sessions.dossiers import read_dossiers, refusal_of
from juries.services.sessions.planning import draft_session
from trainees.enums import EnrollmentStep
from trainees.models import Enrollment


@transaction.atomic
def compose_session(
    *,
    held_on: date,
    jurors: Iterable[UUID],
    president: UUID,
    dossiers: Iterable[UUID],
    by: User,
    **place: str,
) -> JurySession:
    """Plan a session with its jury and its candidates, in one act and a constant number of queries.

    `jurors` and `president` are ids of jurors, `dossiers` those of accepted dossiers. Locks the jurors and
    the enrolments, checks every rule again, writes all or nothing, and records one journal entry.
    Refused, with every reason, on a rule that stops; those that only warn stop nothing. The times of the
    candidates come with the timetable.
    """
    session, dossiers = draft_session(held_on=held_on, by=by, **place), set(dossiers)
    found = _lock_jurors(set(jurors))
    lock_enrollments(Dossier.objects.filter(pk__in=dossiers).values("enrollment"))
    ready = _ready(dossiers)
    seats = [Seat(session=session, juror=row, is_president=row.pk == president) for row in found]
    enrollments = [dossier.enrollment for dossier in ready]
    checks = checks_of(
        held_on=held_on,
        rules=session.rules,
        seats=seats,
        dossiers=ready,
        conflicts=conflicts_of(found, enrollments, since=colleagues_since(session.rules, held_on)),
        date_conflicts=date_conflicts_on([held_on], found),
    )
    stops = [check.sentence for check in checks if check.stops]
    if stops:
        raise DomainError(" ".join(stops))
    _write(session, seats, ready)
    record(
        action="juries.session.composed",
        subject=session,
        by=by,
        summary=f"{session} : session composée, {counted(len(seats), 'juré')}, "
        f"{counted(len(ready), 'candidat')}",
        data={
            "rules": session.rules.version,
            "jurors": [str(seat.juror) for seat in seats],
            "president": next((str(seat.juror) for seat in seats if seat.is_president), ""),
            "enrollments": [str(row.pk) for row in enrollments],
            "warnings": [check.sentence for check in checks if check.warns and not check.passed],
        },
        topic_id=session.pk,
    )
    return session


def _lock_jurors(pks: set[UUID]) -> list[Juror]:
    found = lock_jurors(pks)
    gone = [str(juror) for juror in found if not juror.is_active]
    if gone or len(found) < len(pks):
        who = " et ".join(gone) or "Un des jurés cochés"
        raise StaleState(f"{who} n’est plus dans le vivier : choisissez une autre personne.")
    return found


def _ready(pks: set[UUID]) -> Sequence[Dossier]:
    found = read_dossiers(pks)
    if len(found) < len(pks):
        raise StaleState("Un des dossiers cochés n’existe plus. Rechargez la page.")
    refusals = [refusal.message for dossier in found if (refusal := refusal_of(dossier))]
    if refusals:
        raise StaleState(" ".join(refusals))
    return found


def _write(session: JurySession, seats: list[Seat], dossiers: Sequence[Dossier]) -> None:
    candidates = [
        Candidate(session=session, dossier=dossier, enrollment=dossier.enrollment) for dossier in dossiers
    ]
    try:
        session.save(force_insert=True)
        Seat.objects.bulk_create(seats)
        Candidate.objects.bulk_create(candidates)
    except IntegrityError as error:
        raise StaleState(
            "Quelqu’un vient de composer un jury avec l’une de ces personnes. Rechargez la page."
        ) from error
    moved = [row.enrollment_id for row in dossiers if row.enrollment.step != EnrollmentStep.JURY]
    if moved:
        Enrollment.objects.filter(pk__in=moved).update(step=EnrollmentStep.JURY)
