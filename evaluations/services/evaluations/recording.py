from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace

from django.db import transaction

from accounts.models import User
from core import clock
from core.formats import counted
from core.services.journal import record
from evaluations.models import CurrentLevel, Evaluation, EvaluationTally
from evaluations.services.evaluations.levels import recency
from evaluations.services.evaluations.observations import BatchContext, Observation, Outcome

MOST_AT_ONCE = 500
TWO_CONTENTS = "Cet identifiant désigne deux observations différentes dans le même envoi."
OTHER_CONTENT = (
    "Cette évaluation est déjà enregistrée avec un autre contenu. Pour la corriger, annulez-la depuis son "
    "historique."
)
TOO_MANY = f"Un envoi compte {MOST_AT_ONCE} observations au plus : envoyez celle-ci dans l’envoi suivant."


@transaction.atomic
def record_evaluations(*, observations: Iterable[Observation], by: User) -> Outcome:
    """Record a batch of observations, each checked on its own: the others are recorded when one is refused.

    Refused: an unknown or invisible enrolment, an enrolment that ended, a person who does not train there, a competency
    or level foreign to the enrolment's framework, a day in the future, before the enrolment or over a year ago, no
    situation, an id already used for something else, and all beyond `MOST_AT_ONCE`. The same observation sent
    again is accepted and changes nothing. The current level follows the latest day seen, then the latest
    recorded. At most 15 queries for any batch that fits in one INSERT (99 rows on SQLite), one journal line.
    """
    outcome = Outcome()
    batch = _distinct(observations, outcome)
    context = BatchContext(batch, by, clock.today())
    new = [observation for observation in batch if _is_new(observation, context, outcome)]
    if new:
        evaluations = _write_facts(new, context)
        _write_levels(evaluations)
        _write_tallies(evaluations)
        _record(evaluations, context)
    outcome.accepted.extend(observation.id for observation in new)
    outcome.new = len(new)
    return outcome


def _distinct(observations: Iterable[Observation], outcome: Outcome) -> list[Observation]:
    """The batch, trimmed, each id once."""
    batch: dict = {}
    for place, raw in enumerate(observations):
        observation = replace(raw, situation=raw.situation.strip(), comment=raw.comment.strip())
        known = batch.setdefault(observation.id, observation)
        if place >= MOST_AT_ONCE:
            outcome.refused[observation.id] = TOO_MANY
        elif known != observation:
            outcome.refused[observation.id] = TWO_CONTENTS
    return [observation for observation in batch.values() if observation.id not in outcome.refused]


def _is_new(observation: Observation, context: BatchContext, outcome: Outcome) -> bool:
    if observation.id in context.known:
        if context.matches(observation):
            outcome.accepted.append(observation.id)
        else:
            outcome.refused[observation.id] = OTHER_CONTENT
        return False
    if sentence := context.refusal(observation):
        outcome.refused[observation.id] = sentence
        return False
    return True


def _write_facts(new: list[Observation], context: BatchContext) -> list[Evaluation]:
    now = clock.now()
    return Evaluation.objects.bulk_create(
        Evaluation(
            id=observation.id,
            enrollment=context.enrollments[observation.enrollment_id],
            structure_id=context.enrollments[observation.enrollment_id].structure_id,
            competency=context.competencies[observation.competency_id],
            level=context.level(observation),
            own_level=context.own_level(observation),
            seen_on=observation.seen_on,
            situation=observation.situation,
            comment=observation.comment,
            evaluator=context.by,
            recorded_at=now,
        )
        for observation in new
    )


def _write_levels(evaluations: list[Evaluation]) -> None:
    """Update the current levels; an evaluation of an earlier day than the latest is only counted."""
    facts = defaultdict(list)
    for evaluation in evaluations:
        facts[evaluation.enrollment_id, evaluation.competency_id].append(evaluation)
    current = {
        (level.enrollment_id, level.competency_id): level
        for level in CurrentLevel.objects.filter(
            enrollment__in={enrollment for enrollment, _ in facts},
            competency__in={competency for _, competency in facts},
        ).select_related("evaluation__level")
    }
    rows = []
    for (enrollment, competency), news in facts.items():
        known = current.get((enrollment, competency))
        latest = max([*news, *([known.evaluation] if known else [])], key=recency)
        rows.append(
            CurrentLevel(
                enrollment_id=enrollment,
                competency_id=competency,
                rank=latest.level.rank,
                seen_on=latest.seen_on,
                evaluation=latest,
                observations=len(news) + (known.observations if known else 0),
            )
        )
    CurrentLevel.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["enrollment", "competency"],
        update_fields=["rank", "seen_on", "evaluation", "observations"],
    )


def _write_tallies(evaluations: list[Evaluation]) -> None:
    counts = Counter(evaluation.structure_id for evaluation in evaluations)
    EvaluationTally.objects.bulk_create(
        EvaluationTally(structure_id=structure, day=clock.today(), count=count)
        for structure, count in counts.items()
    )


def _record(evaluations: list[Evaluation], context: BatchContext) -> None:
    """One line a batch, whose topic is the enrolment when it is about one enrolment only."""
    enrollments = {evaluation.enrollment_id for evaluation in evaluations}
    summary = f"{counted(len(evaluations), 'évaluation enregistrée,évaluations enregistrées')}"
    if len(enrollments) > 1:
        summary += f" pour {counted(len(enrollments), 'salarié')}"
    counts = Counter(str(evaluation.enrollment_id) for evaluation in evaluations)
    record(
        action="evaluations.evaluation.recorded",
        subject=evaluations[0].enrollment,
        by=context.by,
        summary=summary,
        data={"counts": dict(counts)},
        topic_id=enrollments.pop() if len(enrollments) == 1 else None,
    )
