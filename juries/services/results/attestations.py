"""What a « partial » decision gives: an attestation of the domains acquired, and how long they are valid."""

from datetime import date

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.db import transaction

from accounts.models import User
from core import clock
from core.errors import DomainError
from core.formats import counted
from core.services.files import sealed_content
from core.services.journal import record, record_access
from core.services.work import schedule
from core.texts import whole_text
from evaluations.models import Framework
from juries.enums import Outcome
from juries.models import CertificationSettings, Decision, DecisionDomain, PartialAttestation, Seat
from juries.services.results.certificate_content import IDENTITY
from juries.tasks import draw_attestation


def valid_until(jury_date: date, rules: CertificationSettings) -> date | None:
    """The last day on which a domain acquired that day is valid; None where the rules set no limit."""
    if rules.partial_validity_months is None:
        return None
    return jury_date + relativedelta(months=rules.partial_validity_months)


def write_attestation(*, decision: Decision, by: User) -> PartialAttestation:
    """Give a « partial » decision its attestation, in the caller's transaction; its file is rendered later.

    A domain acquired before an earlier jury keeps its day and its limit; a new one has those of this jury. The
    rules are those the session was planned under. The caller took the register first: this writes in the journal.
    """
    decision = Decision.objects.select_related(
        "candidate__session__rules",
        "candidate__dossier",
        "candidate__enrollment__trainee",
        "candidate__enrollment__structure",
        "candidate__enrollment__support",
    ).get(pk=decision.pk)
    if decision.outcome != Outcome.PARTIAL or decision.closed_at:
        raise DomainError("Seule une certification partielle en vigueur donne une attestation partielle.")
    attestation = PartialAttestation.objects.create(decision=decision, **_content_of(decision))
    record(
        action="juries.attestation.written",
        subject=attestation,
        by=by,
        summary=(
            f"Attestation partielle de {attestation.full_name} : "
            f"{counted(len(attestation.acquired), 'domaine acquis,domaines acquis')}"
        ),
        data={"decision": str(decision.pk)},
        topic_id=decision.candidate.enrollment_id,
    )
    schedule(draw_attestation, attestation.pk)
    return attestation


def _content_of(decision: Decision) -> dict[str, object]:
    candidate = decision.candidate
    session, enrollment = candidate.session, candidate.enrollment
    until = valid_until(session.held_on, session.rules)
    rows = list(decision.domains.select_related("domain"))
    return {
        **{name: getattr(enrollment.trainee, name) for name in IDENTITY},
        "title": Framework.objects.get(version=enrollment.framework_version).certificate_title,
        "framework_version": enrollment.framework_version,
        "support": enrollment.support,
        "support_name": enrollment.support.name,
        "structure_name": enrollment.structure.name,
        "jury_date": session.held_on,
        "jury_place": session.city,
        "attempt": candidate.dossier.attempt,
        "acquired": [acquired_line(row, session.held_on, until) for row in rows if row.acquired],
        "remaining": [
            {"number": row.domain.number, "name": row.domain.name} for row in rows if not row.acquired
        ],
        "validity_months": session.rules.partial_validity_months,
        "valid_until": until,
        "recommendation": decision.recommendation,
        "certifier_name": settings.CERTIFIER_NAME,
        "president_name": _president(session),
        "delivered_on": clock.today(),
        "is_demo": settings.DEMO,
    }


def acquired_line(row: DecisionDomain, held_on: date, until: date | None) -> dict[str, object]:
    """One domain acquired: its number, its name, since when and until when, as ISO days."""
    since, until = (row.acquired_since, row.acquired_until) if row.acquired_since else (held_on, until)
    return {
        "number": row.domain.number,
        "name": row.domain.name,
        "since": since.isoformat(),
        "until": until.isoformat() if until else "",
    }


def _president(session) -> str:
    seat = Seat.objects.active().with_people().filter(session=session, is_president=True).first()
    return str(seat.juror) if seat else ""


def revoke_attestation(*, decision: Decision, reason: str, by: User) -> PartialAttestation | None:
    """Revoke the attestation of a decision that is no longer valid, if it has one; the row and its file stay."""
    rows = PartialAttestation.objects.select_for_update(of=("self",), no_key=True).not_revoked()
    attestation = rows.filter(decision=decision).first()
    if attestation is None:
        return None
    attestation.revoked_at, attestation.revoked_by = clock.now(), by
    attestation.revoked_reason = whole_text(reason)
    attestation.save(update_fields=["revoked_at", "revoked_by", "revoked_reason"])
    record(
        action="juries.attestation.revoked",
        subject=attestation,
        by=by,
        summary=f"Attestation partielle de {attestation.full_name} retirée",
        reason=attestation.revoked_reason,
        topic_id=decision.candidate.enrollment_id,
    )
    return attestation


@transaction.atomic
def download_attestation(*, attestation: PartialAttestation, by: User) -> bytes:
    """Write in the journal that the attestation is downloaded, and give its PDF.

    Refused while it is being rendered, when it is not what was rendered, and once it is revoked, but to the certifier.
    """
    if attestation.revoked_at and not by.is_certifier:
        raise DomainError(
            "Cette attestation ne vaut plus : la décision du jury a changé. Lisez la lettre qui le dit."
        )
    if not attestation.file:
        raise DomainError("Le PDF de l’attestation est en préparation. Revenez dans une minute.")
    pdf = sealed_content(attestation.file, attestation.file_sha256, of="de cette attestation")
    record_access(
        action="juries.attestation.downloaded",
        subject=attestation,
        by=by,
        summary=f"Attestation partielle de {attestation.full_name} téléchargée",
        data={"sha256": attestation.file_sha256},
        topic_id=attestation.decision.candidate.enrollment_id,
    )
    return pdf
