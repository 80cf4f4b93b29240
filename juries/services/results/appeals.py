"""Appeals against released decisions: filed in time, read again by somebody who did not sit, answered with a reason."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from accounts.models import User
from core import clock
from core.errors import DomainError, StaleState
from core.formats import shortdate
from core.services.journal import record
from core.texts import LONGEST_EXPLANATION, required_reason
from juries.enums import APPEAL_ANSWERED, APPEAL_MOVES, AppealState, SessionState
from juries.models import Appeal, Appraisal, Candidate, Decision, Juror, Seat
from juries.queries.results.appeal_deadlines import appeal_until, day_known
from juries.services.jurors.conflicts import colleagues_since, conflicts_of
from juries.services.locks import lock_candidate, lock_session
from juries.services.results.result_letters import with_letter_rows, write_appeal_letter, write_review_letter
from juries.services.results.reversal import reverse_decision

ACCEPTED = "Recours accepté : "
"""Before the answer to an appeal, where it says why the decision contested is closed."""


@transaction.atomic
def file_appeal(*, candidate: Candidate, grounds: str, filed_on: date | None = None, by: User) -> Appeal:
    """Contest the released decision in force, within the delay of the rules; once for a decision.

    By the trainee, by their structure in their name, or by the certifier for what came on paper (`filed_on`
    is then the day of the letter). Refused without grounds, before the results, too late, while another
    one waits, and once one was answered.
    """
    lock_session(candidate.session, SessionState.RELEASED, act="un recours")
    candidate = lock_candidate(candidate)
    decision = candidate.decisions.in_force().select_related("candidate__session__rules").get()
    day = filed_on or clock.today()
    grounds = grounds.strip()
    if not grounds:
        raise DomainError("Dites ce qui ne va pas dans cette décision : la personne qui relit en a besoin.")
    _refuse_day(decision, day)
    _refuse_second(decision)
    appeal = Appeal.objects.create(
        decision=decision, grounds=grounds, filed_on=day, on_paper=filed_on is not None, filed_by=by
    )
    _record(appeal, "filed", f"Recours de {candidate.enrollment.trainee} déposé", by=by)
    return appeal


def appeal_refusal(decision: Decision) -> str:
    """Why nobody may contest this decision today, or an empty string; it comes with its session and rules."""
    try:
        _refuse_day(decision, clock.today())
        _refuse_second(decision)
    except DomainError as refusal:
        return refusal.message
    return ""


def _refuse_day(decision: Decision, day: date) -> None:
    last = appeal_until(decision)
    if day > clock.today():
        raise DomainError("La date du recours est à venir : écrivez le jour où la lettre est arrivée.")
    if day < day_known(decision):
        raise DomainError(
            f"La décision est connue depuis le {shortdate(day_known(decision))} : un recours ne la précède pas."
        )
    if day > last:
        days = decision.candidate.session.rules.appeal_days
        raise DomainError(
            f"Le délai de recours est de {days} jours : il a pris fin le {shortdate(last)}. "
            "La décision ne peut plus être contestée ici."
        )


def _refuse_second(decision: Decision) -> None:
    before = decision.appeals.exclude(state=AppealState.WITHDRAWN).first()
    if before and before.is_open:
        raise StaleState(
            f"Un recours est déjà en cours sur cette décision, depuis le {shortdate(before.filed_on)}."
        )
    if before:
        raise StaleState(
            "Un recours contre cette décision a déjà reçu sa réponse : il ne s’en fait pas un second."
        )


@transaction.atomic
def assign_reviewer(*, appeal: Appeal, reviewer: Juror, by: User) -> Appeal:
    """Give an appeal to a juror who reads it again, by the certifier; to another one until the opinion is written.

    Refused: a juror who sat in that session, has a conflict with the candidate, or left the pool.
    """
    _refuse_but_certifier(by, "Confier un recours")
    appeal = _lock(appeal, AppealState.ASSIGNED)
    refusal = reviewer_refusals(appeal, [reviewer])[reviewer.pk]
    if refusal:
        raise DomainError(refusal)
    appeal.reviewer, appeal.assigned_at = reviewer, clock.now()
    appeal.save(update_fields=["state", "reviewer", "assigned_at"])
    write_review_letter(appeal, reviewer)
    _record(appeal, "assigned", f"{_name(appeal)} confié à {reviewer}", by=by)
    return appeal


def possible_reviewers(appeal: Appeal) -> list[Juror]:
    """Which jurors may read it again: did not sit, has no conflict. A constant number of queries."""
    pool = list(Juror.objects.filter(is_active=True).select_related("user"))
    refused = reviewer_refusals(appeal, pool)
    return [juror for juror in pool if not refused[juror.pk]]


def reviewer_refusals(appeal: Appeal, jurors: Iterable[Juror]) -> dict:
    """By juror, why they cannot read this appeal again, or an empty string."""
    jurors = list(jurors)
    candidate = appeal.decision.candidate
    session = candidate.session
    sat = set(Seat.objects.active().filter(session=session).values_list("juror_id", flat=True))
    since = colleagues_since(session.rules, clock.today())
    tied: dict = {}
    for conflict in conflicts_of(jurors, [candidate.enrollment], since=since):
        tied.setdefault(conflict.juror.pk, conflict.sentence)
    return {juror.pk: _refusal_of(juror, sat, tied) for juror in jurors}


def _refusal_of(juror: Juror, sat: set, tied: dict) -> str:
    if not juror.is_active:
        return f"{juror} n’est plus dans le vivier : choisissez une autre personne."
    if juror.pk in sat:
        return f"{juror} a siégé dans ce jury : un recours est relu par quelqu’un qui n’y était pas."
    return tied.get(juror.pk, "")


def appraisals_to_review(appeal: Appeal) -> list[Appraisal]:
    """The appraisals of the jurors, for the reviewer and for the certifier; the view checks who asks."""
    rows = Appraisal.objects.submitted().filter(candidate=appeal.decision.candidate_id)
    return list(
        rows.select_related("juror__user")
        .prefetch_related("marks__criterion")
        .order_by("test", "juror__user__folded")
    )


@transaction.atomic
def give_opinion(*, appeal: Appeal, opinion: str, favourable: bool, by: User) -> Appeal:
    """Write the opinion of the reviewer, who alone may, once."""
    appeal = _lock(appeal, AppealState.REVIEWED)
    if appeal.reviewer is None or appeal.reviewer.user_id != by.pk:
        raise DomainError("L’avis est écrit par la personne à qui le recours est confié.")
    opinion = opinion.strip()
    if not opinion:
        raise DomainError("Écrivez votre avis : le certificateur répond au candidat à partir de lui.")
    appeal.opinion, appeal.favourable, appeal.reviewed_at = opinion, favourable, clock.now()
    appeal.save(update_fields=["state", "opinion", "favourable", "reviewed_at"])
    word = "favorable" if favourable else "défavorable"
    _record(appeal, "reviewed", f"{_name(appeal)} : avis {word} de {appeal.reviewer}", by=by)
    return appeal


@transaction.atomic
def uphold_appeal(*, appeal: Appeal, closed_reason: str, by: User, **draft) -> Decision:
    """Accept an appeal: the decision is reversed, with what follows from it; `draft` is that of `reverse_decision`.

    By the certifier, once the opinion is written. `closed_reason` answers the appeal and closes the old decision.
    """
    _refuse_but_certifier(by, "Répondre à un recours")
    appeal = _answer(_lock(appeal, AppealState.UPHELD), closed_reason, by)
    decision = reverse_decision(
        appeal=appeal,
        closed_reason=f"{ACCEPTED}{appeal.reason}",
        by=by,
        **draft,
    )
    _record(appeal, "upheld", f"{_name(appeal)} accepté", by=by)
    return decision


@transaction.atomic
def reject_appeal(*, appeal: Appeal, reason: str, by: User) -> Appeal:
    """Leave the decision as it is, with a reason that the candidate reads; once the opinion is written."""
    return _close(appeal, AppealState.REJECTED, reason, by)


@transaction.atomic
def dismiss_appeal(*, appeal: Appeal, reason: str, by: User) -> Appeal:
    """Say why an appeal cannot be examined, before it is given to anybody."""
    return _close(appeal, AppealState.INADMISSIBLE, reason, by)


@transaction.atomic
def withdraw_appeal(*, appeal: Appeal, by: User) -> Appeal:
    """Withdraw an appeal before it is answered; another one may be filed within the delay."""
    appeal = _lock(appeal, AppealState.WITHDRAWN)
    appeal.save(update_fields=["state"])
    _record(appeal, "withdrawn", f"{_name(appeal)} retiré", by=by)
    return appeal


def _close(appeal: Appeal, state: str, reason: str, by: User) -> Appeal:
    _refuse_but_certifier(by, "Répondre à un recours")
    appeal = _answer(_lock(appeal, state), reason, by)
    (decision,) = with_letter_rows(Decision.objects.filter(pk=appeal.decision_id))
    write_appeal_letter(appeal, decision)
    _record(appeal, state, f"{_name(appeal)} : {appeal.get_state_display()}", by=by)
    return appeal


def _lock(appeal: Appeal, state: str) -> Appeal:
    """The appeal in its next state, not yet saved, session and candidate locked first; refused when it may not move."""
    lock_session(appeal.decision.candidate.session, SessionState.RELEASED, act="un recours")
    lock_candidate(appeal.decision.candidate)
    Appeal.objects.select_for_update(of=("self",), no_key=True).get(pk=appeal.pk)
    appeal = Appeal.objects.with_people().get(pk=appeal.pk)
    if state not in APPEAL_MOVES[appeal.state]:
        raise StaleState(_forbidden(appeal))
    appeal.state = state
    return appeal


def _forbidden(appeal: Appeal) -> str:
    if appeal.state in APPEAL_ANSWERED:
        return f"Ce recours est {appeal.get_state_display()} : sa réponse est donnée et ne change plus."
    if appeal.state == AppealState.WITHDRAWN:
        return "Ce recours est retiré : il n’y a plus rien à y faire."
    wanted: dict[str, str] = {
        AppealState.FILED: "confiez-le d’abord à une personne qui n’a pas siégé",
        AppealState.ASSIGNED: f"il attend l’avis de {appeal.reviewer}",
        AppealState.REVIEWED: "l’avis est rendu, il reste à répondre",
    }
    return f"Ce recours est « {appeal.get_state_display()} » : {wanted[appeal.state]}. Rechargez la page."


def _answer(appeal: Appeal, reason: str, by: User) -> Appeal:
    appeal.reason = required_reason(
        reason, missing="Écrivez le motif de la réponse : le candidat le lira.", most=LONGEST_EXPLANATION
    )
    appeal.decided_at, appeal.decided_by = clock.now(), by
    appeal.save(update_fields=["state", "reason", "decided_at", "decided_by"])
    return appeal


def _refuse_but_certifier(by: User, act: str) -> None:
    if not by.is_certifier:
        raise DomainError(f"{act} revient au certificateur.")


def _name(appeal: Appeal) -> str:
    return f"Recours de {appeal.decision.candidate.enrollment.trainee}"


def _record(appeal: Appeal, act: str, summary: str, *, by: User) -> None:
    candidate = appeal.decision.candidate
    record(
        action=f"juries.appeal.{act}",
        subject=appeal,
        by=by,
        summary=summary,
        reason=appeal.reason,
        data={"enrollment": str(candidate.enrollment_id), "decision": str(appeal.decision_id)},
        topic_id=candidate.session_id,
    )
