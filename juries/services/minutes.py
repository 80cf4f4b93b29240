"""The procès-verbal: composed at the closing, signed by each juror present, the president last."""

import hashlib
import json

from django.conf import settings
from django.db import transaction

from accounts import clock
from accounts.errors import DomainError, StaleState
from accounts.formats import joined
from accounts.models import User
from accounts.services.journal import record
from accounts.services.work import schedule
from evaluations.enums import TestKind
from juries.enums import Outcome, ReleaseMode, SessionState
from juries.models import Appraisal, Candidate, Decision, Juror, JurySession, Minutes, MinutesSignature, Seat
from juries.services.composition import held_seats
from juries.services.locks import lock_candidates, lock_session, move_session
from juries.services.quorum import (
    missing_appraisals,
    present_seats,
    refuse_but_president,
    refuse_without_quorum,
)
from juries.services.results import deliver_results, record_release
from juries.services.verdicts import NOT_HEARD, fault_of_presence
from juries.tasks import draw_minutes

TAMPERED = (
    "Le fichier de ce procès-verbal ne correspond plus à son empreinte : il n’est pas montré. "
    "Prévenez la personne qui administre le site."
)


@transaction.atomic
def close_deliberation(*, session: JurySession, by: User) -> Minutes:
    """Close the deliberation: nothing moves afterwards, and the minutes are composed from the rows.

    Only the president, with the quorum there; refused while a candidate has no decision, or one that no
    longer agrees with the roll call. A second closing is refused: the first one stands.
    """
    session = move_session(session, SessionState.DELIBERATED, act="la clôture")
    lock_candidates(session)
    seats = present_seats(session)
    refuse_but_president(session, seats, by, "la clôture")
    refuse_without_quorum(session, seats)
    candidates = list(
        session.candidates.select_related(
            "enrollment__trainee", "enrollment__structure", "enrollment__support", "dossier"
        )
    )
    decisions = _decisions_of(session)
    _refuse_undecided(candidates, decisions, seats)
    session.deliberated_at = clock.now()
    session.save(update_fields=["state", "deliberated_at"])
    content = _compose(session, candidates, decisions)
    minutes = Minutes.objects.create(session=session, content=content, content_sha256=fingerprint(content))
    record(
        action="juries.session.deliberated",
        subject=session,
        by=by,
        summary=f"{session} : délibération close, procès-verbal composé",
        data={"sha256": minutes.content_sha256},
        thread=session.pk,
    )
    return minutes


@transaction.atomic
def sign_minutes(*, minutes: Minutes, juror: Juror, by: User) -> MinutesSignature:
    """Sign as a juror who was present, once; the president signs last.

    The last signature releases the results at once when the rules of the session say so. Should a
    certificate be refused then, the signature stands and the certifier releases once it is put right.
    """
    act = "la signature du procès-verbal"
    session = lock_session(minutes.session, SessionState.DELIBERATED, SessionState.RELEASED, act=act)
    seats = present_seats(session)
    signed = set(minutes.signatures.values_list("juror_id", flat=True))
    _refuse_signature(juror, by, seats, signed)
    session = lock_session(session, SessionState.DELIBERATED, act=act)
    signature = MinutesSignature.objects.create(minutes=minutes, juror=juror)
    complete = {seat.juror_id for seat in seats} <= signed | {juror.pk}
    held_back, released = "", None
    if complete and session.rules.release_mode == ReleaseMode.AT_LAST_SIGNATURE:
        try:
            with transaction.atomic():
                released = deliver_results(session, by=by)
        except DomainError as error:
            held_back = error.message
    record(
        action="juries.minutes.signed",
        subject=session,
        by=by,
        summary=f"{session} : procès-verbal signé par {juror}",
        reason=held_back,
        data={"sha256": minutes.content_sha256, "last": complete},
        thread=session.pk,
    )
    if released is not None:
        record_release(session, released, by=by)
    if complete:
        schedule(draw_minutes, session.pk)
    return signature


def missing_signatures(minutes: Minutes) -> list[Seat]:
    """The seats of the jurors present who have not signed, the president at the end."""
    signed = set(minutes.signatures.values_list("juror_id", flat=True))
    waiting = [seat for seat in present_seats(minutes.session) if seat.juror_id not in signed]
    return sorted(waiting, key=lambda seat: seat.is_president)


def fingerprint(content: dict) -> str:
    """SHA-256 of the content of the minutes, whatever order a database gives its keys back in."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def hand_over_minutes(*, minutes: Minutes, by: User) -> bytes:
    """Write in the journal that the minutes are downloaded, and give their PDF.

    Refused while it is being drawn, and when it is not what was drawn.
    """
    if not minutes.file:
        raise DomainError("Le PDF du procès-verbal est en préparation. Revenez dans une minute.")
    try:
        with minutes.file.open("rb") as file:
            pdf = file.read()
    except OSError as error:
        raise DomainError(TAMPERED) from error
    if hashlib.sha256(pdf).hexdigest() != minutes.file_sha256:
        raise DomainError(TAMPERED)
    record(
        action="juries.minutes.downloaded",
        subject=minutes.session,
        by=by,
        summary=f"{minutes.session} : procès-verbal téléchargé",
        data={"sha256": minutes.file_sha256},
        thread=minutes.session_id,
    )
    return pdf


def _decisions_of(session: JurySession) -> dict:
    rows = Decision.objects.in_force().filter(candidate__session=session)
    return {
        row.candidate_id: row for row in rows.select_related("decided_by").prefetch_related("domains__domain")
    }


def _refuse_undecided(candidates: list[Candidate], decisions: dict, seats: list[Seat]) -> None:
    undecided = [str(row.enrollment.trainee) for row in candidates if row.pk not in decisions]
    if undecided:
        raise DomainError(f"Il manque la décision pour {joined(undecided)} : enregistrez-la avant de clore.")
    for row in candidates:
        decision = decisions[row.pk]
        fault = fault_of_presence(row, decision.outcome)
        if fault:
            raise DomainError(fault)
        missing = missing_appraisals(row, seats) if decision.outcome not in NOT_HEARD else []
        if missing:
            raise DomainError(
                f"Il manque une appréciation de {row.enrollment.trainee}, par {joined(missing)} : "
                "complétez-la ou corrigez l’appel avant de clore."
            )


def _refuse_signature(juror: Juror, by: User, seats: list[Seat], signed: set) -> None:
    seat = next((seat for seat in seats if seat.juror_id == juror.pk), None)
    if seat is None:
        raise DomainError(
            f"{juror} n’était pas présent à cette session : le procès-verbal n’attend pas sa signature."
        )
    if juror.user_id != by.pk:
        raise DomainError("Une signature est personnelle : chaque juré signe avec son propre compte.")
    if juror.pk in signed:
        raise StaleState("Vous avez déjà signé ce procès-verbal.")
    others = [str(row.juror) for row in seats if not row.is_president and row.juror_id not in signed]
    if seat.is_president and others:
        raise DomainError(f"La présidence signe en dernier : il manque la signature de {joined(others)}.")


def _compose(session: JurySession, candidates: list[Candidate], decisions: dict) -> dict:
    """Everything the minutes say, copied: later changes of a name or of a rule leave them as they were."""
    rules = session.rules
    opinions = _opinions_of(session)
    return {
        "certifier": settings.CERTIFIER_NAME,
        "session": {
            "id": str(session.pk),
            "held_on": session.held_on.isoformat(),
            "venue": session.venue,
            "address": session.address,
            "postcode": session.postcode,
            "city": session.city,
            "opened_at": session.opened_at.isoformat() if session.opened_at else "",
            "deliberated_at": session.deliberated_at.isoformat(),
        },
        "rules": {
            "version": rules.version,
            "source": rules.source,
            "least_jurors": rules.least_jurors,
            "both_colleges": rules.both_colleges,
            "outside_share": rules.outside_share,
            "quorum": rules.quorum,
            "appeal_days": rules.appeal_days,
        },
        "jurors": [
            {
                "id": str(seat.juror_id),
                "name": str(seat.juror),
                "college": seat.juror.get_college_display(),
                "organisation": seat.juror.organisation,
                "quality": "présidence" if seat.is_president else "juré",
                "present": seat.is_present,
            }
            for seat in held_seats(session)
        ],
        "candidates": [_line_of(row, decisions[row.pk], opinions.get(row.pk, {})) for row in candidates],
    }


def _opinions_of(session: JurySession) -> dict:
    """By candidate and test, how many jurors validated and how many did not."""
    found: dict = {}
    rows = Appraisal.objects.submitted().filter(candidate__session=session)
    for candidate, test, validated in rows.values_list("candidate_id", "test", "validated"):
        counts = found.setdefault(candidate, {}).setdefault(test, {"for": 0, "against": 0})
        counts["for" if validated else "against"] += 1
    return found


def _line_of(candidate: Candidate, decision: Decision, opinions: dict) -> dict:
    enrollment, nobody = candidate.enrollment, {"for": 0, "against": 0}
    return {
        "id": str(candidate.pk),
        "name": str(enrollment.trainee),
        "birth_date": enrollment.trainee.birth_date.isoformat(),
        "structure": enrollment.structure.name,
        "support": enrollment.support.name,
        "framework": enrollment.framework_version,
        "attempt": candidate.dossier.attempt,
        "dossier_sha256": candidate.dossier.snapshot_sha256,
        "presence": candidate.get_presence_display(),
        "opinions": {test: opinions.get(test, nobody) for test in TestKind.values},
        "outcome": decision.outcome,
        "outcome_label": Outcome(decision.outcome).label,
        "production_validated": decision.production_validated,
        "interview_validated": decision.interview_validated,
        "domains": [
            {"number": row.domain.number, "name": row.domain.name, "acquired": row.acquired}
            for row in decision.domains.all()
        ],
        "motive": decision.motive,
        "recommendation": decision.recommendation,
        "casting_vote": decision.casting_vote,
        "decided_at": decision.decided_at.isoformat(),
        "decided_by": str(decision.decided_by),
    }
