"""What the president or the certifier records of the day: late arrivals, absences, incidents."""

from dataclasses import dataclass
from datetime import datetime, time

from django.db import transaction

from accounts.models import User
from core import clock
from core.errors import DomainError, StaleState
from core.formats import timeofday
from core.services.journal import record
from core.texts import required_reason, whole_text
from juries.enums import IncidentKind, Presence, SessionState
from juries.models import Appraisal, Candidate, Incident, Juror, JurySession
from juries.services.locks import lock_candidate, lock_session


@dataclass(frozen=True)
class IncidentSummary:
    """One incident of the day as the minutes list it. `who` is empty for the whole session."""

    id: str
    kind: str
    label: str
    happened_at: time
    who: str
    note: str
    recorded_by: str
    recorded_at: datetime

    @property
    def sentence(self) -> str:
        """« À 9 h 20, retard (Samira DUPONT) : bus en panne. »"""
        whose = f" ({self.who})" if self.who else ""
        note = f" : {self.note.rstrip('.')}" if self.note else ""
        return f"À {timeofday(self.happened_at)}, {self.label}{whose}{note}."


def incidents_of(session: JurySession) -> list[IncidentSummary]:
    """The incidents that were not struck out, in the order they happened; one query. The minutes copy them."""
    rows = session.incidents.not_struck().select_related(
        "candidate__enrollment__trainee", "juror__user", "recorded_by"
    )
    return [
        IncidentSummary(
            id=str(row.pk),
            kind=row.kind,
            label=row.get_kind_display(),
            happened_at=row.happened_at,
            who=_name_of(row),
            note=row.note,
            recorded_by=str(row.recorded_by),
            recorded_at=row.recorded_at,
        )
        for row in rows
    ]


def _name_of(row: Incident) -> str:
    if row.candidate:
        return str(row.candidate.enrollment.trainee)
    return str(row.juror) if row.juror else ""


@transaction.atomic
def record_incident(
    *,
    session: JurySession,
    kind: str,
    happened_at: time,
    candidate: Candidate | None = None,
    juror: Juror | None = None,
    note: str = "",
    by: User,
) -> Incident:
    """Record one incident of the day. Who comes late is there from then on; who is absent is not.

    Refused: but while the session is open; a late arrival or an absence of nobody; an incident without a word; a
    person of another session; the absence of a candidate who was already appraised.
    """
    session = lock_session(session, SessionState.OPEN, act="ce qui se note le jour même")
    incident = Incident(
        session=session,
        kind=kind,
        candidate=candidate,
        juror=juror,
        happened_at=happened_at,
        note=whole_text(note, name="Le récit"),
        recorded_by=by,
    )
    _refuse_nonsense(incident)
    if candidate:
        _mark_candidate(session, candidate, kind)
    if juror:
        _mark_juror(session, juror, kind)
    incident.save()
    record(
        action=f"juries.day.{kind}",
        subject=incident,
        by=by,
        summary=f"{session} : {incident.get_kind_display()} {_name_of(incident)}".strip(),
        reason=incident.note,
        data={"at": happened_at.strftime("%H:%M")},
        topic_id=session.pk,
    )
    return incident


@transaction.atomic
def strike_incident(*, incident: Incident, reason: str, by: User) -> Incident:
    """Strike out an incident recorded by mistake: it leaves the minutes, and stays in the journal with the reason.

    Who was marked there or absent by it stays so: « Refaire l’appel » mends it.
    """
    lock_session(incident.session, SessionState.OPEN, act="la rature")
    incident = Incident.objects.select_for_update(of=("self",), no_key=True).get(pk=incident.pk)
    if incident.struck_at:
        raise StaleState("Ce fait est déjà rayé.")
    incident.struck_reason = required_reason(reason, missing="Dites pourquoi ce fait est rayé.")
    incident.struck_at = clock.now()
    incident.save(update_fields=["struck_at", "struck_reason"])
    record(
        action="juries.day.struck",
        subject=incident,
        by=by,
        summary=f"{incident.session} : fait rayé, {incident.get_kind_display()} {_name_of(incident)}".strip(),
        reason=incident.struck_reason,
        topic_id=incident.session_id,
    )
    return incident


def _refuse_nonsense(incident: Incident) -> None:
    if incident.kind not in IncidentKind.values:
        raise DomainError("Choisissez un retard, une absence ou un incident.")
    if incident.candidate and incident.juror:
        raise DomainError("Un fait concerne une seule personne, ou toute la session : écrivez-en deux.")
    if incident.kind == IncidentKind.INCIDENT:
        if not incident.note:
            raise DomainError("Dites en quelques mots ce qui s’est passé : le procès-verbal le reprend.")
    elif not (incident.candidate or incident.juror):
        raise DomainError(f"Dites de qui vous notez « {incident.get_kind_display()} ».")


def _mark_candidate(session: JurySession, candidate: Candidate, kind: str) -> None:
    row = lock_candidate(candidate)
    if row.session_id != session.pk:
        raise DomainError("Cette personne n’est pas de cette session. Rechargez la page.")
    if kind == IncidentKind.ABSENCE:
        if Appraisal.objects.submitted().filter(candidate=row).exists():
            raise DomainError(
                f"{row.enrollment.trainee} a déjà été apprécié par un juré : notez un incident, pas une absence."
            )
        row.presence = Presence.ABSENT
    elif kind == IncidentKind.LATE:
        row.presence = Presence.PRESENT
    row.save(update_fields=["presence"])


def _mark_juror(session: JurySession, juror: Juror, kind: str) -> None:
    seats = session.seats.active().filter(juror=juror)
    if not seats.exists():
        raise DomainError(f"{juror} ne siège pas dans cette session. Rechargez la page.")
    if kind != IncidentKind.INCIDENT:
        seats.update(is_present=kind == IncidentKind.LATE)
