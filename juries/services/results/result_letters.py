"""The letters to each candidate about a decision or the answer to an appeal, and to a reviewer."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.db import transaction

from accounts.models import User
from core import clock
from core.errors import DomainError, StaleState
from core.services.work import schedule
from juries.enums import LetterKind, LetterState
from juries.models import Appeal, Decision, Juror, JurySession, Letter
from juries.queries.results.appeal_deadlines import appeal_until, day_known
from juries.services.convocations.resending import resend_letter
from juries.services.results.attestations import acquired_line, valid_until
from juries.tasks import send_letter
from structures.models import Structure

WAITS = (LetterState.TO_SEND, LetterState.FAILED)


def write_result_letters(decisions: Iterable[Decision], numbers: Mapping) -> None:
    """Write each candidate the letter of their result; `numbers` are those of the certificates, by decision.

    Decisions come with `with_letter_rows`. A letter that was already written about the same jury gives way to the
    new one: the database knows one that holds.
    """
    contents = [(row, _result(row, numbers.get(row.pk, ""))) for row in decisions]
    _write(LetterKind.RESULT, contents)


def write_appeal_letter(appeal: Appeal, decision: Decision) -> None:
    """Write the candidate the reasoned answer to an appeal that changes nothing."""
    content = _common(decision) | {
        "outcome": decision.outcome,
        "answer": appeal.state,
        "filed_on": appeal.filed_on.isoformat(),
        "answered_on": clock.today().isoformat(),
        "reason": appeal.reason,
    }
    _write(LetterKind.APPEAL, [(decision, content)])


def write_review_letter(appeal: Appeal, reviewer: Juror) -> None:
    """Write the reviewer where the appeal is, and stop the letter to the reviewer before."""
    session, person = appeal.decision.candidate.session, reviewer.user_id
    asked = session.letters.filter(kind=LetterKind.REVIEW)
    asked.filter(content__appeal=str(appeal.pk), state__in=WAITS).exclude(recipient=person).update(
        state=LetterState.USELESS
    )
    letter = Letter.objects.create(
        session=session,
        kind=LetterKind.REVIEW,
        recipient_id=person,
        content={"appeal": str(appeal.pk)},
        number=asked.filter(recipient=person).count(),
    )
    schedule(send_letter, letter.pk)


@transaction.atomic
def send_result_letter_again(*, letter: Letter, by: User) -> Letter:
    """Send again the e-mail of a letter to a candidate, by the certifier: it did not leave, or was not found.

    Refused while it is being sent, and once another letter replaced it.
    """
    if not by.is_certifier:
        raise DomainError("Renvoyer la lettre d’un candidat revient au certificateur.")
    letter = Letter.objects.select_for_update(of=("self",), no_key=True).get(pk=letter.pk)
    if letter.replaced_at:
        raise StaleState("Une autre lettre a pris la place de celle-ci. Rechargez la page.")
    resend_letter(
        letter,
        by=by,
        summary=f"{letter.get_kind_display().capitalize()} de {letter.name} envoyée de nouveau",
    )
    return letter


def with_letter_rows(decisions):
    """The rows that a letter reads, in a constant number of queries."""
    return decisions.select_related(
        "candidate__session__rules",
        "candidate__session__planned_by",
        "candidate__enrollment__trainee__user",
        "candidate__enrollment__structure",
        "candidate__enrollment__support",
        "candidate__enrollment__referent",
    ).prefetch_related("domains__domain")


def _write(kind: str, contents: list[tuple[Decision, dict[str, Any]]]) -> None:
    if not contents:
        return
    session = contents[0][0].candidate.session
    enrollments = [decision.candidate.enrollment_id for decision, _ in contents]
    numbers = _replace_letters(session, kind, enrollments)
    letters = [
        Letter(
            session=session,
            kind=kind,
            recipient_id=decision.candidate.enrollment.trainee.user_id,
            enrollment_id=decision.candidate.enrollment_id,
            content=content,
            number=numbers.get(decision.candidate.enrollment_id, 0),
        )
        for decision, content in contents
    ]
    Letter.objects.bulk_create(letters)
    schedule(send_letter, [letter.pk for letter in letters])


def _replace_letters(session: JurySession, kind: str, enrollments: list) -> dict:
    """Close what was written before about the same jury; by enrollment, the number of the next letter."""
    before = session.letters.select_for_update(of=("self",), no_key=True).filter(
        kind=kind, enrollment__in=enrollments
    )
    numbers: dict = {}
    for letter in before.order_by("number"):
        numbers[letter.enrollment_id] = letter.number + 1
        if letter.replaced_at is None:
            letter.replaced_at = clock.now()
            letter.state = LetterState.USELESS if letter.state in WAITS else letter.state
            letter.save(update_fields=["replaced_at", "state"])
    return numbers


def _common(decision: Decision) -> dict[str, Any]:
    enrollment, session = decision.candidate.enrollment, decision.candidate.session
    by, referent = session.planned_by, enrollment.referent
    return {
        "certifier": settings.CERTIFIER_NAME,
        "name": str(enrollment.trainee),
        "support": enrollment.support.name,
        "jury_on": session.held_on.isoformat(),
        "jury_city": session.city,
        "structure": _reach(enrollment.structure),
        "referent": {"name": str(referent), "phone": referent.phone},
        "contact": {"name": str(by), "email": by.email, "phone": by.phone},
    }


def _result(decision: Decision, number: str) -> dict[str, Any]:
    session = decision.candidate.session
    until = valid_until(session.held_on, session.rules)
    rows = list(decision.domains.all())
    return _common(decision) | {
        "outcome": decision.outcome,
        "changed": decision.decided_at > session.released_at,
        "told_on": day_known(decision).isoformat(),
        "reason": decision.reason,
        "recommendation": decision.recommendation,
        "production_validated": decision.production_validated,
        "interview_validated": decision.interview_validated,
        "acquired": [
            acquired_line(row, session.held_on, until) | {"plain": row.domain.plain}
            for row in rows
            if row.acquired
        ],
        "remaining": [
            {"number": row.domain.number, "name": row.domain.name, "plain": row.domain.plain}
            for row in rows
            if not row.acquired
        ],
        "number": number,
        "appeal_days": session.rules.appeal_days,
        "appeal_until": appeal_until(decision).isoformat(),
    }


def _reach(structure: Structure) -> dict[str, str]:
    return {"name": structure.name, "phone": structure.phone, "email": structure.email}
