"""The appraisal of an immersion by its tutor, through a link that needs no account."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from accounts.models import User
from core import clock
from core.enums import WorkState
from core.errors import DomainError, StaleState
from core.formats import daytime, shortdate
from core.models import Work
from core.services.journal import record
from core.services.work import schedule
from structures.models import Membership
from trainees.enums import ObjectivesReached
from trainees.models import Enrollment, Immersion, TutorAppraisal
from trainees.services.enrollments.identities import text_fault, tidy_text
from trainees.services.immersions.terms import check_tutor_email, long_text_fault
from trainees.services.locks import lock_open_enrollment
from trainees.tasks import send_tutor_request

VALIDITY = timedelta(days=30)
LAST_WEEK = timedelta(days=6)
ONE_DAY = timedelta(days=1)
MOST_LINKS_A_DAY = 3
CLOSED = (
    "Ce lien ne sert plus : un avis est déjà arrivé, ou le lien a été remplacé ou a dépassé ses 30 jours."
)


@transaction.atomic
def ask_tutor(*, immersion: Immersion, email: str = "", by: User) -> TutorAppraisal:
    """Send the tutor a link of 30 days; asking again withdraws the former one.

    From the last week of the immersion on: the tutor has seen something by then. `email` replaces the
    address of the convention. Refused without an address, to the trainee or to somebody of the team, after
    an answer, and beyond three links in a day.
    """
    enrollment = lock_open_enrollment(immersion.enrollment)
    immersion = _lock(immersion)
    email = email.strip() or immersion.tutor_email
    _refuse_to_ask(immersion, enrollment, email)
    if email != immersion.tutor_email:
        immersion.tutor_email = email
        immersion.save(update_fields=["tutor_email"])
    moment = clock.now()
    immersion.appraisals.filter(answered_at=None, revoked_at=None).update(revoked_at=moment)
    appraisal = TutorAppraisal.objects.create(
        immersion=immersion, email=email, asked_by=by, asked_at=moment, expires_at=moment + VALIDITY
    )
    record(
        action="trainees.immersion.tutor_asked",
        subject=appraisal,
        by=by,
        summary=f"L’avis du tuteur est demandé pour l’immersion de {enrollment.trainee} chez {immersion.host_name}",
        topic_id=enrollment.pk,
    )
    schedule(send_tutor_request, appraisal.pk)
    return appraisal


@transaction.atomic
def answer_as_tutor(
    *, appraisal: TutorAppraisal, objectives_reached: str, went_well: str, to_work_on: str, signed_as: str
) -> TutorAppraisal:
    """Record the answer of the tutor, once: it never changes. Refused through a link that is no longer open."""
    immersion = (
        Immersion.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk=appraisal.immersion_id)
        .first()
    )
    locked = (
        TutorAppraisal.objects.select_for_update(of=("self",), no_key=True)
        .open()
        .filter(pk=appraisal.pk)
        .first()
    )
    if immersion is None or locked is None:
        raise StaleState(CLOSED)
    locked.objectives_reached = objectives_reached
    locked.went_well, locked.to_work_on = went_well.strip(), to_work_on.strip()
    locked.signed_as, locked.answered_at = tidy_text(signed_as), clock.now()
    _check_answer(locked)
    locked.save()
    enrollment = Enrollment.objects.select_related("trainee").get(pk=immersion.enrollment_id)
    record(
        action="trainees.immersion.tutor_answered",
        subject=locked,
        by=None,
        summary=f"{locked.signed_as} donne son avis sur l’immersion de {enrollment.trainee} chez {immersion.host_name}",
        data={"objectives": objectives_reached},
        topic_id=enrollment.pk,
    )
    return locked


def first_day_to_ask(immersion: Immersion) -> date:
    """The first day on which the tutor may be asked."""
    return max(immersion.starts_on, immersion.ends_on - LAST_WEEK)


@dataclass(frozen=True)
class TutorStatus:
    """The answer of the tutor if it came, otherwise the state of the last link, in a sentence with its tone."""

    answer: TutorAppraisal | None = None
    sentence: str = ""
    tone: str = "quiet"


def read_tutor_status(immersion: Immersion) -> TutorStatus:
    """At most two queries."""
    rows = list(immersion.appraisals.all())
    answer = next((row for row in rows if row.answered_at), None)
    if answer or not rows:
        return TutorStatus(answer=answer)
    last = rows[0]
    if last.revoked_at:
        return TutorStatus(
            sentence="Le dernier lien est retiré, car l’adresse a changé. Demandez de nouveau.", tone="wait"
        )
    if last.expires_at <= clock.now():
        return TutorStatus(
            sentence=f"Le lien envoyé à {last.email} a expiré le {shortdate(last.expires_at)} sans réponse. "
            "Demandez de nouveau, ou téléphonez.",
            tone="wait",
        )
    if last.sent_at:
        return TutorStatus(
            sentence=f"Demandé à {last.email} le {daytime(last.sent_at)}. "
            f"Le lien vaut jusqu’au {shortdate(last.expires_at)}."
        )
    return _not_sent(last)


def _not_sent(last: TutorAppraisal) -> TutorStatus:
    work = Work.objects.filter(task=send_tutor_request.name, subject_id=last.pk).first()
    if work is None or not work.error:
        return TutorStatus(sentence=f"L’e-mail à {last.email} part dans un instant.")
    if work.state == WorkState.SET_ASIDE:
        sentence = (
            f"L’e-mail à {last.email} n’a pas pu partir ({work.error}). Vérifiez l’adresse, puis redemandez."
        )
        return TutorStatus(sentence=sentence, tone="refusal")
    sentence = f"L’e-mail à {last.email} n’est pas encore parti ({work.error}) : le site essaie de nouveau."
    return TutorStatus(sentence=sentence, tone="wait")


def _lock(immersion: Immersion) -> Immersion:
    found = Immersion.objects.select_for_update(of=("self",), no_key=True).filter(pk=immersion.pk).first()
    if found is None:
        raise StaleState("Cette immersion vient d’être annulée. Rechargez la page.")
    return found


def _refuse_to_ask(immersion: Immersion, enrollment: Enrollment, email: str) -> None:
    if immersion.appraisals.exclude(answered_at=None).exists():
        raise StaleState("Le tuteur a déjà répondu : son avis est sur la page de l’immersion.")
    if clock.today() < first_day_to_ask(immersion):
        raise DomainError(
            f"Le tuteur pourra répondre à partir du {shortdate(first_day_to_ask(immersion))}, "
            "quand l’immersion touchera à sa fin."
        )
    if not email:
        raise DomainError("L’adresse e-mail du tuteur manque. Indiquez-la.")
    check_tutor_email(email, enrollment)
    team = Membership.objects.filter(structure=enrollment.structure_id)
    if team.filter(user__email__iexact=email).exists():
        raise DomainError("Cette adresse est celle de quelqu’un de l’équipe. Donnez celle du tuteur.")
    if immersion.appraisals.filter(asked_at__gt=clock.now() - ONE_DAY).count() >= MOST_LINKS_A_DAY:
        raise DomainError(
            "Trois liens sont déjà partis depuis hier. Téléphonez au tuteur, ou attendez demain."
        )


def _check_answer(appraisal: TutorAppraisal) -> None:
    if appraisal.objectives_reached not in ObjectivesReached.values:
        raise DomainError("Dites si les objectifs sont atteints : oui, en partie ou pas encore.")
    if not appraisal.signed_as:
        raise DomainError("Signez votre avis de votre nom.")
    faults = [
        text_fault(appraisal.signed_as, name="Votre nom", most=120),
        long_text_fault(appraisal.went_well, name="Ce qui s’est bien passé", most=1000),
        long_text_fault(appraisal.to_work_on, name="Ce qui reste à travailler", most=1000),
    ]
    if fault := next(filter(None, faults), ""):
        raise DomainError(fault)
