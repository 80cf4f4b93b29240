"""Who may do what with juries and decisions."""

from juries.enums import AppealState, SessionState
from juries.models import Appeal, Candidate, JurySession, Seat
from trainees.models import Enrollment


def can_plan_juries(user) -> bool:
    return user.is_certifier


def is_seated(user, session: JurySession) -> bool:
    return Seat.objects.filter(session=session, juror__user=user, withdrawn_at=None).exists()


def presides(user, session: JurySession) -> bool:
    return Seat.objects.filter(
        session=session, juror__user=user, is_president=True, withdrawn_at=None
    ).exists()


def can_appraise(user, candidate: Candidate) -> bool:
    """A seated juror, while the session is open."""
    return candidate.session.state == SessionState.OPEN and is_seated(user, candidate.session)


def can_open_session(user, session: JurySession) -> bool:
    return user.is_certifier or presides(user, session)


def can_give_access(user, session: JurySession) -> bool:
    """Who gives, prints and revokes the accesses of the day."""
    return user.is_certifier or presides(user, session)


def can_record_day(user, session: JurySession) -> bool:
    """Who writes down late arrivals, absences and incidents."""
    return user.is_certifier or presides(user, session)


def can_decide(user, session: JurySession) -> bool:
    """The president leads the deliberation, records the decisions and closes."""
    return presides(user, session)


def can_release(user, session: JurySession) -> bool:
    return user.is_certifier


def can_check_certificates(user, session: JurySession) -> bool:
    """The certificates to come are checked by the certifier and by the president."""
    return user.is_certifier or presides(user, session)


def can_answer_appeals(user) -> bool:
    return user.is_certifier


def can_review(user, appeal: Appeal) -> bool:
    """Who was given the appeal to read again, while their opinion is awaited."""
    return (
        appeal.state == AppealState.ASSIGNED
        and appeal.reviewer is not None
        and appeal.reviewer.user_id == user.pk
    )


def can_withdraw_appeal(user, appeal: Appeal) -> bool:
    """The certifier, and whoever sees the enrollment: never the reviewer."""
    enrollment = appeal.decision.candidate.enrollment
    return user.is_certifier or Enrollment.objects.visible_to(user).filter(pk=enrollment.pk).exists()
