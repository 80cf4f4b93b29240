"""The undoing of an enrolment, or of a whole import, made by mistake."""

from django.db import transaction

from accounts.models import User
from core.errors import DomainError
from core.formats import joined
from core.models.leaning import leaning_on
from core.services.journal import record
from trainees.models import Enrollment, Trainee


@transaction.atomic
def withdraw_enrollment(*, enrollment: Enrollment, whole_import: bool = False, by: User) -> int:
    """Delete an enrolment on which nothing leans yet, or all those of its import; returns how many.

    A person known by this enrolment alone goes with it. Refused, whole, as soon as a row of any kind points to
    one of them; a departure ends such an enrolment. The journal keeps both lines.
    """
    rows = (
        Enrollment.objects.select_for_update(of=("self",), no_key=True).with_people().filter(pk=enrollment.pk)
    )
    if whole_import and enrollment.import_id:
        rows = Enrollment.objects.select_for_update(of=("self",), no_key=True).with_people()
        rows = rows.filter(import_id=enrollment.import_id)
    withdrawn = list(rows)
    if refusals := [sentence for row in withdrawn if (sentence := _refusal(row))]:
        raise DomainError("\n".join(refusals))
    for row in withdrawn:
        record(
            action="trainees.enrollment.withdrawn",
            subject=row,
            by=by,
            summary=f"L’inscription de {row.trainee} est retirée : {row.structure}, {row.support}",
            topic_id=row.pk,
        )
        row.delete()
        trainee = Trainee.objects.get(pk=row.trainee_id)
        if trainee.user_id is None and not leaning_on(trainee):
            trainee.delete()
    return len(withdrawn)


def _refusal(enrollment: Enrollment) -> str:
    if leaning := leaning_on(enrollment):
        return (
            f"L’inscription de {enrollment.trainee} ne se retire plus, car elle porte déjà : {joined(leaning)}. "
            "Enregistrez plutôt une sortie."
        )
    return ""
