"""Signatures drawn on the trainer's phone, checked one by one and stored once."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core import clock
from core.formats import counted, daytime, hours, shortdate
from core.hashing import fingerprint
from core.services.journal import record
from structures.models import Membership
from trainees.enums import HalfDay, SessionState
from trainees.models import Attendance, MonthClosing, Signature, TrainingSession
from trainees.rules.sessions.strokes import stroke_fault

CLOCK_TOLERANCE = timedelta(days=1)
OTHER_CONTENT = "Une autre signature est déjà enregistrée sous cet identifiant. Faites signer de nouveau."
NO_MOMENT = "Le moment de cette signature ne se lit pas. Réglez l’horloge du téléphone, puis faites signer de nouveau."
TWO_CONTENTS = (
    "Cet identifiant désigne deux signatures différentes dans le même envoi. Faites signer de nouveau."
)
UNKNOWN_SESSION = (
    "La séance de cette signature n’existe pas, a été retirée, ou n’est pas d’une de vos équipes. "
    "Envoyez d’abord la séance, ou retirez cette signature du téléphone."
)
NOT_HELD = "L’appel de cette séance n’est pas fait : envoyez-le, et la signature partira ensuite."


@dataclass(frozen=True)
class SignatureIn:
    """One signature as a phone sends it; without `enrollment_id` it is the trainer's.

    `minutes` is what is signed for: the presence of the trainee, or the length of the session for its trainer.
    `signed_at` is the ISO text of a moment with its zone; `strokes` as trainees.rules.sessions.strokes.
    """

    id: UUID
    session_id: UUID
    enrollment_id: UUID | None
    half: str
    minutes: int
    signed_at: str
    strokes: list


@dataclass
class Received:
    """The ids that are in the database, and the French sentence that refuses each of the others."""

    accepted: list[UUID] = field(default_factory=list)
    refused: dict[UUID, str] = field(default_factory=dict)


def sha256_of_signature(signature: SignatureIn | Signature) -> str:
    """SHA-256 of the compact JSON [id, session, enrolment or "", half, minutes, signed_at, strokes].

    `signed_at` is written in UTC to the millisecond, « 2026-11-02T09:12:33.120Z », as JavaScript's
    `toISOString` does: the hash can be computed again from the row.
    """
    if isinstance(signature, Signature):
        enrollment, moment = signature.attendance and signature.attendance.enrollment_id, signature.signed_at
    else:
        enrollment, moment = signature.enrollment_id, _moment(signature.signed_at)
    text = moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    content = [
        str(signature.id),
        str(signature.session_id),
        str(enrollment or ""),
        str(signature.half),
        signature.minutes,
        text,
        signature.strokes,
    ]
    return fingerprint(content)


@transaction.atomic
def receive_signatures(*, signatures: Iterable[SignatureIn], by: User) -> Received:
    """Store the signatures of a batch, each checked on its own, in a constant number of queries.

    Refused: a session that is unknown, not of a team of `by` or not held; somebody who was not noted there,
    or as absent; a half-day that the session does not cover; minutes other than the presence's; a half-day
    already signed; a signed month; a moment that only a wrong clock gives; strokes that are none; an id already
    used for another content. The same signature sent again is accepted and changes nothing. One journal line a
    batch. At most 12 queries for any batch that fits in one INSERT (90 rows on SQLite).
    """
    received = Received()
    context = _BatchContext(_distinct(signatures, received), by)
    new = [row for row in context.batch if _is_new(row, context, received)]
    if new:
        _store(new, context)
    received.accepted.extend(row.id for row in new)
    return received


def _distinct(signatures: Iterable[SignatureIn], received: Received) -> list[SignatureIn]:
    """Each id once, without those sent with two contents or with no valid `signed_at`."""
    batch: dict[UUID, SignatureIn] = {}
    for row in signatures:
        if batch.setdefault(row.id, row) != row:
            received.refused[row.id] = TWO_CONTENTS
        elif not _has_moment(row):
            received.refused[row.id] = NO_MOMENT
    return [row for row in batch.values() if row.id not in received.refused]


class _BatchContext:
    """The rows that a batch is checked against, read and locked in five queries whatever its size."""

    def __init__(self, batch: list[SignatureIn], by: User) -> None:
        self.batch, self.by, self.now = batch, by, clock.now()
        teams = Membership.objects.current().filter(user=by).values_list("structure_id", flat=True)
        sessions = TrainingSession.objects.select_for_update(of=("self",), no_key=True).select_related(
            "trainer"
        )
        self.sessions = {
            session.pk: session
            for session in sessions.filter(
                pk__in={row.session_id for row in batch}, structure__in=set(teams)
            ).order_by("pk")
        }
        self.attendances: dict[tuple[UUID, UUID | None], Attendance] = {
            (row.session_id, row.enrollment_id): row
            for row in Attendance.objects.filter(session__in=self.sessions)
            .select_related("enrollment__trainee")
            .select_for_update(of=("self", "enrollment"), no_key=True)
            .order_by("enrollment_id", "pk")
        }
        self.closed_months = set(
            MonthClosing.objects.filter(
                enrollment__in={enrollment for _, enrollment in self.attendances}, reopened_at=None
            ).values_list("enrollment_id", "month")
        )
        known = Signature.objects.filter(pk__in={row.id for row in batch}) | Signature.objects.filter(
            session__in=self.sessions
        )
        self.hashes, self.signed = {}, set()
        for pk, sha256, *key in known.values_list("pk", "sha256", "session", "attendance", "half", "minutes"):
            self.hashes[pk] = sha256
            self.signed.add(self._key(*key))

    @staticmethod
    def _key(session, attendance, half, minutes) -> tuple:
        """What is signed once: a half-day of a presence as it is, or of the session for its trainer."""
        return (session, attendance, half, minutes if attendance else None)

    def attendance(self, row: SignatureIn) -> Attendance | None:
        return self.attendances.get((row.session_id, row.enrollment_id))

    def key(self, row: SignatureIn) -> tuple:
        attendance = self.attendance(row)
        return self._key(row.session_id, attendance and attendance.pk, row.half, row.minutes)

    def refusal(self, row: SignatureIn) -> str:
        """The French sentence that refuses a signature, or nothing."""
        session = self.sessions.get(row.session_id)
        if session is None:
            return UNKNOWN_SESSION
        if session.state != SessionState.HELD:
            return NOT_HELD
        return (
            self._refusal_of_presence(row, session)
            or self._refusal_of_half_day(row, session)
            or self._refusal_of_clock(row, session)
            or stroke_fault(row.strokes)
        )

    def _refusal_of_presence(self, row: SignatureIn, session: TrainingSession) -> str:
        first = session.held_on.replace(day=1)
        if row.enrollment_id is None:
            present = [
                key[1] for key, noted in self.attendances.items() if key[0] == session.pk and noted.minutes
            ]
            if present and all((enrollment, first) in self.closed_months for enrollment in present):
                return "Les feuilles de ce mois sont signées : rien ne s’y ajoute. La direction peut les rouvrir."
            whom, minutes = f"La séance de {session.trainer}", session.length_minutes
        else:
            attendance = self.attendance(row)
            if attendance is None:
                return "Cette personne n’est pas notée à cette séance : elle n’a rien à y signer."
            trainee = attendance.enrollment.trainee
            if not attendance.minutes:
                return f"{trainee} est noté absent à cette séance : on ne signe que pour une présence."
            if (row.enrollment_id, first) in self.closed_months:
                return (
                    f"La feuille de ce mois est signée pour {trainee} : rien ne s’y ajoute. "
                    "La direction peut la rouvrir, avec un motif."
                )
            whom, minutes = f"La présence de {trainee}", attendance.minutes
        if row.minutes != minutes:
            return (
                f"{whom} est de {hours(minutes)}, et la signature dit {hours(row.minutes)} : "
                "faites signer de nouveau."
            )
        return ""

    def _refusal_of_half_day(self, row: SignatureIn, session: TrainingSession) -> str:
        if row.half not in HalfDay.values or row.half not in session.halves:
            halves = " et ".join(half.label for half in session.halves)
            return f"Cette séance se signe pour une autre demi-journée ({halves})."
        if self.key(row) in self.signed:
            return "Cette demi-journée est déjà signée : retirez cette signature du téléphone."
        return ""

    def _refusal_of_clock(self, row: SignatureIn, session: TrainingSession) -> str:
        moment = _moment(row.signed_at)
        mend = "Réglez l’horloge du téléphone, puis faites signer de nouveau."
        if moment > self.now + CLOCK_TOLERANCE:
            return f"Le téléphone date cette signature du {daytime(moment)}, qui est à venir. {mend}"
        start = timezone.make_aware(datetime.combine(session.held_on, session.starts_at))
        if moment < start - CLOCK_TOLERANCE:
            return f"Le téléphone date cette signature du {daytime(moment)}, avant la séance. {mend}"
        return ""


def _is_new(row: SignatureIn, context: _BatchContext, received: Received) -> bool:
    if row.id in context.hashes:
        if context.hashes[row.id] == sha256_of_signature(row):
            received.accepted.append(row.id)
        else:
            received.refused[row.id] = OTHER_CONTENT
        return False
    if sentence := context.refusal(row):
        received.refused[row.id] = sentence
        return False
    context.signed.add(context.key(row))
    return True


def _store(new: list[SignatureIn], context: _BatchContext) -> None:
    hashes = {row.id: sha256_of_signature(row) for row in new}
    Signature.objects.bulk_create(
        Signature(
            id=row.id,
            session_id=row.session_id,
            attendance=context.attendance(row),
            half=row.half,
            minutes=row.minutes,
            strokes=row.strokes,
            sha256=hashes[row.id],
            signed_at=_moment(row.signed_at),
            received_at=context.now,
            recorded_by=context.by,
        )
        for row in new
    )
    sessions = {row.session_id: context.sessions[row.session_id] for row in new}
    first = next(iter(sessions.values()))
    about = f"« {first.theme} » du {shortdate(first.held_on)}"
    if len(sessions) > 1:
        about = counted(len(sessions), "séance")
    enrollments = {row.enrollment_id for row in new}
    record(
        action="trainees.signature.received",
        subject=first,
        by=context.by,
        summary=f"{counted(len(new), 'signature recueillie,signatures recueillies')} pour {about}",
        data={"signatures": {str(pk): sha256 for pk, sha256 in hashes.items()}},
        topic_id=enrollments.pop() if len(enrollments) == 1 else None,
    )


def _has_moment(row: SignatureIn) -> bool:
    """Whether the moment can be read, and written in any time zone."""
    try:
        moment = datetime.fromisoformat(row.signed_at)
    except (TypeError, ValueError):
        return False
    return moment.utcoffset() is not None and 1 < moment.year < 9999


def _moment(text: str) -> datetime:
    """The moment of an ISO text, to the millisecond."""
    moment = datetime.fromisoformat(text)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)
