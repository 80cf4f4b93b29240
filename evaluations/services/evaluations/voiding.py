from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core import clock
from core.errors import DomainError, StaleState
from core.services.journal import record
from core.texts import required_reason
from evaluations.models import Evaluation, EvaluationTally, EvaluationVoid, MasteryLevel
from evaluations.permissions import can_evaluate, can_void_evaluation
from evaluations.services.evaluations.levels import recompute_level
from trainees.models import Enrollment


@transaction.atomic
def void_evaluation(
    *, evaluation: Evaluation, reason: str, replacement_rank: int | None = None, by: User
) -> EvaluationVoid:
    """Void an evaluation: it stays readable but no longer counts; another level may replace it.

    For its author and for the director, while the enrolment is open; only somebody who evaluates there gives
    another level. Refused without a reason, twice, or for a level foreign to the scale.
    """
    enrollment = Enrollment.objects.select_for_update(of=("self",), no_key=True).get(
        pk=evaluation.enrollment_id
    )
    row = Evaluation.objects.select_related("level", "enrollment__structure").get(pk=evaluation.pk)
    _check(row, enrollment, by)
    reason = required_reason(reason, missing="Dites pourquoi vous annulez cette évaluation.")
    replacement = None
    if replacement_rank is not None:
        replacement = _replace(row, replacement_rank, by)
    void = EvaluationVoid.objects.create(
        evaluation=row, reason=reason, voided_by=by, voided_at=clock.now(), replacement=replacement
    )
    _recount(row, replacement)
    record(
        action="evaluations.evaluation.voided",
        subject=row,
        by=by,
        summary=f"Évaluation de {enrollment} annulée" + (" et remplacée" if replacement else ""),
        reason=reason,
        data={"competency": str(row.competency_id), "rank": row.level.rank, "replaced_by": replacement_rank},
        topic_id=enrollment.pk,
    )
    return void


def _check(row: Evaluation, enrollment: Enrollment, by: User) -> None:
    if not can_void_evaluation(by, row):
        raise DomainError(
            "Une évaluation s’annule par la personne qui l’a faite ou par la direction de la structure."
        )
    if EvaluationVoid.objects.filter(evaluation=row).exists():
        raise StaleState("Cette évaluation est déjà annulée.")
    if not enrollment.is_open:
        raise DomainError("Ce parcours est terminé : ses évaluations ne changent plus.")


def _replace(row: Evaluation, rank: int, by: User) -> Evaluation:
    if not can_evaluate(by, row.enrollment):
        raise DomainError(
            "Seule une personne qui encadre ou accompagne donne un autre niveau : annulez, puis demandez-lui "
            "d’évaluer à nouveau."
        )
    level = MasteryLevel.objects.filter(framework_id=row.level.framework_id, rank=rank).first()
    if level is None:
        raise DomainError("Ce niveau n’existe pas dans l’échelle du référentiel de ce parcours.")
    if level.pk == row.level_id:
        raise DomainError("Le niveau proposé est celui que vous annulez : choisissez-en un autre, ou aucun.")
    return Evaluation.objects.create(
        enrollment=row.enrollment,
        structure_id=row.enrollment.structure_id,
        competency_id=row.competency_id,
        level=level,
        own_level_id=row.own_level_id,
        seen_on=row.seen_on,
        situation=row.situation,
        comment=row.comment,
        evaluator=by,
        recorded_at=clock.now(),
    )


def _recount(row: Evaluation, replacement: Evaluation | None) -> None:
    recompute_level(enrollment_id=row.enrollment_id, competency_id=row.competency_id)
    tallies = [
        EvaluationTally(
            structure_id=row.structure_id, day=timezone.localtime(row.recorded_at).date(), count=-1
        )
    ]
    if replacement:
        tallies.append(EvaluationTally(structure_id=replacement.structure_id, day=clock.today(), count=1))
    EvaluationTally.objects.bulk_create(tallies)
