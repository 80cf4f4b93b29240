"""Who comes before the jury, and when."""

from datetime import time

from django.db import transaction

from accounts.models import User
from core.errors import DomainError, StaleState
from core.formats import timeofday
from core.services.journal import record
from core.texts import required_reason
from evaluations.models import Dossier
from juries.enums import BEFORE_THE_DAY
from juries.models import Candidate, JurySession
from juries.services.convocations import sync_convocations
from juries.services.jurors.conflicts import colleagues_since, conflicts_of
from juries.services.locks import lock_enrollments, lock_session
from juries.services.sessions.composition import active_seats, candidates_of
from juries.services.sessions.dossiers import read_dossiers, refusal_of
from juries.services.sessions.timetable import refuse_overlaps
from trainees.enums import EnrollmentStep
from trainees.models import Enrollment


@transaction.atomic
def add_candidate(
    *,
    session: JurySession,
    dossier: Dossier,
    production_at: time | None = None,
    interview_at: time | None = None,
    by: User,
) -> Candidate:
    """Enter a candidate by their accepted dossier, with a time for each test.

    Refused: a dossier that is not the accepted one of the latest attempt, or was judged already; an enrolment
    not under way; a candidacy open elsewhere; a conflict with a seated juror; a time at which somebody would be in two
    places at once.
    """
    session = lock_session(session, *BEFORE_THE_DAY, act="l’ajout d’un candidat")
    lock_enrollments([dossier.enrollment_id])
    (dossier,) = read_dossiers([dossier.pk])
    enrollment, refusal = dossier.enrollment, refusal_of(dossier)
    if refusal:
        raise refusal
    _refuse_conflicts(enrollment, session)
    candidate = Candidate(
        session=session,
        dossier=dossier,
        enrollment=enrollment,
        production_at=production_at,
        interview_at=interview_at,
    )
    _refuse_times(candidate, session)
    candidate.save()
    if enrollment.step != EnrollmentStep.JURY:
        enrollment.step = EnrollmentStep.JURY
        enrollment.save(update_fields=["step"])
    sync_convocations(session)
    record(
        action="juries.candidate.added",
        subject=candidate,
        by=by,
        summary=f"{session} : {enrollment.trainee} est candidat",
        data={"enrollment": str(enrollment.pk), "dossier": str(dossier.pk)},
        topic_id=session.pk,
    )
    return candidate


@transaction.atomic
def set_times(*, candidate: Candidate, production_at: time, interview_at: time, by: User) -> Candidate:
    """Move the two times of a candidate, until the session opens."""
    session = lock_session(candidate.session, *BEFORE_THE_DAY, act="un changement d’heure")
    current = Candidate.objects.select_related("enrollment__trainee").filter(pk=candidate.pk).first()
    if current is None:
        raise StaleState("Ce candidat vient d’être retiré de la session : rechargez la page.")
    current.production_at, current.interview_at = production_at, interview_at
    _refuse_times(current, session)
    current.save(update_fields=["production_at", "interview_at"])
    sync_convocations(session)
    record(
        action="juries.candidate.timed",
        subject=current,
        by=by,
        summary=(
            f"{session} : {current.enrollment.trainee} passe à {timeofday(production_at)} "
            f"et {timeofday(interview_at)}"
        ),
        topic_id=session.pk,
    )
    return current


@transaction.atomic
def remove_candidate(*, candidate: Candidate, reason: str, by: User) -> None:
    """Take a candidate off the list, with the reason, until the session opens; they are free for another."""
    session = lock_session(candidate.session, *BEFORE_THE_DAY, act="le retrait d’un candidat")
    current = Candidate.objects.select_related("enrollment__trainee").filter(pk=candidate.pk).first()
    if current is None:
        raise StaleState("Ce candidat est déjà retiré de la session.")
    reason = required_reason(reason, missing="Dites pourquoi ce candidat est retiré de la session.")
    name, enrollment_id = str(current.enrollment.trainee), current.enrollment_id
    current.delete()
    sync_convocations(session)
    record(
        action="juries.candidate.removed",
        subject=candidate,
        by=by,
        summary=f"{session} : {name} n’est plus candidat",
        reason=reason,
        data={"enrollment": str(enrollment_id)},
        topic_id=session.pk,
    )


def _refuse_conflicts(enrollment: Enrollment, session: JurySession) -> None:
    since = colleagues_since(session.rules, session.held_on)
    conflicts = conflicts_of([seat.juror for seat in active_seats(session)], [enrollment], since=since)
    if conflicts:
        sentences = " ".join(dict.fromkeys(conflict.sentence for conflict in conflicts))
        raise DomainError(f"{sentences} Remplacez ce juré ou choisissez une autre session.")


def _refuse_times(candidate: Candidate, session: JurySession) -> None:
    if candidate.production_at and candidate.production_at == candidate.interview_at:
        raise DomainError(
            "L’épreuve et l’entretien d’un candidat n’ont pas lieu à la même heure : décalez l’un des deux."
        )
    others = [row for row in candidates_of(session) if row.pk != candidate.pk]
    refuse_overlaps(session, [*others, candidate])
