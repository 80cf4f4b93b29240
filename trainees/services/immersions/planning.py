from django.db import transaction

from accounts.models import User
from core import clock
from core.errors import DomainError, StaleState
from core.formats import daterange
from core.services.journal import record
from core.texts import required_reason, whole_text
from trainees.models import Enrollment, Immersion
from trainees.services.immersions.limits import check_against_others, check_dates
from trainees.services.immersions.terms import Terms, check_words, with_planned_minutes
from trainees.services.immersions.worktime import check_work_time
from trainees.services.locks import lock_open_enrollment

COMPLETABLE = {"place", "host_siret", "tutor_role", "tutor_email", "tasks", "schedule"}
"""Fields that need no reason to be filled while they are empty: the convention still lacks them."""


@transaction.atomic
def plan_immersion(*, enrollment: Enrollment, by: User, **terms) -> Immersion:
    """Plan a period in a host company, under a convention; its hours count once it is confirmed.

    `terms` are the fields of `Terms`; the minutes come from the schedule when they are not given. Refused
    beyond one month date to date, outside the contract, over another immersion, when the tutor is the
    trainee, above 60 days or two conventions with one host in twelve months, beyond the lawful working time.
    A renewal follows an immersion at the same host, for the same purpose, once, and says why. Read
    `immersion_warnings` after it.
    """
    enrollment = lock_open_enrollment(enrollment)
    immersion = Immersion(enrollment=enrollment)
    _apply_terms(immersion, Terms(**terms).tidy())
    immersion.save(force_insert=True)
    record(
        action="trainees.immersion.planned",
        subject=immersion,
        by=by,
        summary=(
            f"{enrollment.trainee} ira chez {immersion.host_name} "
            f"{daterange(immersion.starts_on, immersion.ends_on)}"
        ),
        reason=immersion.renewal_reason,
        data={
            "minutes": immersion.planned_minutes,
            "renews": str(immersion.renews_id) if immersion.renews_id else "",
        },
        topic_id=enrollment.pk,
    )
    return immersion


@transaction.atomic
def change_immersion(*, immersion: Immersion, reason: str = "", by: User, **terms) -> Immersion:
    """Write new terms over those of an immersion that is only planned; every limit is checked again.

    What the convention still lacked is completed freely; anything else that changes needs a reason, which
    the journal keeps. Refused once the hours are confirmed or the tutor has answered. Another address of the
    tutor withdraws the link sent to the former one.
    """
    enrollment = lock_open_enrollment(immersion.enrollment)
    immersion = _lock_planned(immersion, enrollment)
    before = Terms.of(immersion)
    wanted = Terms(**{"renews": before.renews, "renewal_reason": before.renewal_reason} | terms).tidy()
    _apply_terms(immersion, wanted)
    changed = _differences(before, Terms.of(immersion))
    if not changed:
        raise DomainError("Rien n’a changé : cette immersion dit déjà cela.")
    if any(name not in COMPLETABLE or getattr(before, name) for name in changed):
        reason = required_reason(
            reason, missing="Ce qui était convenu change : dites pourquoi en quelques mots."
        )
    if "tutor_email" in changed:
        immersion.appraisals.filter(answered_at=None, revoked_at=None).update(revoked_at=clock.now())
    immersion.save()
    record(
        action="trainees.immersion.changed",
        subject=immersion,
        by=by,
        summary=(
            f"L’immersion de {enrollment.trainee} chez {immersion.host_name} change, "
            f"{daterange(immersion.starts_on, immersion.ends_on)}"
        ),
        reason=whole_text(reason),
        data={"changed": changed, "minutes": immersion.planned_minutes},
        topic_id=enrollment.pk,
    )
    return immersion


@transaction.atomic
def cancel_immersion(*, immersion: Immersion, reason: str, by: User) -> None:
    """Take away an immersion that will not take place; the journal keeps it, with the reason.

    Refused once its hours are confirmed, its tutor has answered, or another period renews it.
    """
    enrollment = lock_open_enrollment(immersion.enrollment)
    immersion = _lock_planned(immersion, enrollment)
    reason = required_reason(reason, missing="Une immersion annulée dit pourquoi. Quelques mots suffisent.")
    if Immersion.objects.filter(renews=immersion).exists():
        raise DomainError("Une autre période renouvelle celle-ci. Annulez d’abord le renouvellement.")
    pk, when = immersion.pk, daterange(immersion.starts_on, immersion.ends_on)
    immersion.delete()
    immersion.pk = pk
    record(
        action="trainees.immersion.cancelled",
        subject=immersion,
        by=by,
        summary=f"L’immersion de {enrollment.trainee} chez {immersion.host_name} {when} est annulée",
        reason=reason,
        data={"minutes": immersion.planned_minutes},
        topic_id=enrollment.pk,
    )


def _lock_planned(immersion: Immersion, enrollment: Enrollment) -> Immersion:
    """The row as it is now, locked, refused when it is no longer a plan."""
    found = Immersion.objects.select_for_update(of=("self",), no_key=True).filter(pk=immersion.pk).first()
    if found is None:
        raise StaleState("Cette immersion vient d’être annulée. Rechargez la page.")
    if found.confirmed_at:
        raise StaleState("Les heures de cette immersion sont confirmées : elle ne change plus.")
    if found.appraisals.exclude(answered_at=None).exists():
        raise StaleState(
            "Le tuteur a répondu : cette immersion a eu lieu et ne change plus. "
            "Confirmez les heures qui ont été faites."
        )
    found.enrollment = enrollment
    return found


def _apply_terms(immersion: Immersion, terms: Terms) -> None:
    """Check every limit and set the terms on a row that is not saved yet."""
    check_words(terms, immersion.enrollment)
    terms.apply_to(immersion)
    check_dates(immersion)
    with_planned_minutes(terms).apply_to(immersion)
    check_work_time(immersion)
    others = Immersion.objects.filter(enrollment__trainee=immersion.enrollment.trainee_id)
    check_against_others(immersion, list(others.exclude(pk=immersion.pk)))


def _differences(before: Terms, after: Terms) -> list[str]:
    names = Terms.__dataclass_fields__
    return sorted(name for name in names if getattr(before, name) != getattr(after, name))
