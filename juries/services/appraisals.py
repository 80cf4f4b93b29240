"""What one juror thinks, alone, of one candidate in one test."""

from collections.abc import Mapping

from django.db import transaction

from accounts import clock
from accounts.errors import DomainError, StaleState
from accounts.formats import counted, joined
from accounts.models import User
from accounts.services.journal import record
from evaluations.enums import TestKind
from evaluations.models import GridCriterion, JudgementLevel
from juries.enums import Presence, SessionState
from juries.models import Appraisal, Candidate, Juror, Mark, Seat
from juries.services.locks import lock_candidate


def grid_of(candidate: Candidate, test: str) -> list[GridCriterion]:
    """The criteria of a test in the framework of the candidate's path."""
    version = candidate.enrollment.framework_version
    return list(GridCriterion.objects.filter(framework__version=version, test=test).select_related("domain"))


def judgements_of(candidate: Candidate) -> list[JudgementLevel]:
    """The scale by which jurors judge, in the framework of the candidate's path."""
    return list(JudgementLevel.objects.filter(framework__version=candidate.enrollment.framework_version))


@transaction.atomic
def save_appraisal(
    *,
    candidate: Candidate,
    juror: Juror,
    test: str,
    marks: Mapping[object, int],
    validated: bool | None,
    comment: str = "",
    by: User,
) -> Appraisal:
    """Keep a draft: `marks` (criterion id → rank) replace those of the draft, and may be incomplete.

    Refused: to anyone but the juror, seated in this session while it is open; for an absent candidate;
    once submitted; a criterion or a rank that is not of the candidate's framework.
    """
    candidate = lock_candidate(candidate)
    _refuse_outsider(candidate, juror, by)
    if candidate.presence == Presence.ABSENT:
        raise DomainError(f"{candidate.enrollment.trainee} est absent : il n’y a rien à apprécier.")
    given = _read_marks(candidate, test, marks)
    appraisal = Appraisal.objects.filter(candidate=candidate, juror=juror, test=test).first()
    if appraisal is None:
        appraisal = Appraisal(candidate=candidate, juror=juror, test=test)
    _refuse_submitted(appraisal)
    appraisal.validated = validated
    appraisal.comment = comment.strip()[:2000]
    appraisal.saved_at = clock.now()
    appraisal.save()
    appraisal.marks.exclude(criterion__in=given).delete()
    Mark.objects.bulk_create(
        [Mark(appraisal=appraisal, criterion_id=criterion, rank=rank) for criterion, rank in given.items()],
        update_conflicts=True,
        unique_fields=["appraisal", "criterion"],
        update_fields=["rank"],
    )
    return appraisal


@transaction.atomic
def submit_appraisal(*, appraisal: Appraisal, by: User) -> Appraisal:
    """Hand in an appraisal: complete, with an opinion on the test; it is frozen from then on."""
    candidate = lock_candidate(appraisal.candidate)
    appraisal = Appraisal.objects.select_related("juror__user").get(pk=appraisal.pk)
    _refuse_outsider(candidate, appraisal.juror, by)
    _refuse_submitted(appraisal)
    if candidate.presence == Presence.ABSENT:
        raise DomainError(f"{candidate.enrollment.trainee} est absent : il n’y a rien à apprécier.")
    marked = set(appraisal.marks.values_list("criterion_id", flat=True))
    missing = [
        criterion.code for criterion in grid_of(candidate, appraisal.test) if criterion.pk not in marked
    ]
    if missing:
        raise DomainError(
            f"Il reste {counted(len(missing), 'critère')} à apprécier : {joined(missing)}. "
            "Votre brouillon est gardé."
        )
    if appraisal.validated is None:
        raise DomainError(
            "Dites si vous validez cette épreuve, puis rendez votre appréciation. Votre brouillon est gardé."
        )
    appraisal.submitted_at = clock.now()
    appraisal.save(update_fields=["submitted_at"])
    record(
        action="juries.appraisal.submitted",
        subject=appraisal,
        by=by,
        summary=f"{appraisal.juror} rend son appréciation de "
        f"{candidate.enrollment.trainee}, {appraisal.get_test_display()}",
        thread=candidate.session_id,
    )
    return appraisal


def appraisals_visible_to(user: User, candidate: Candidate, test: str) -> list[Appraisal]:
    """What this person may read now of the appraisals of one test (see `Appraisal.objects.visible_to`)."""
    rows = Appraisal.objects.visible_to(user).filter(candidate=candidate, test=test)
    return list(rows.select_related("juror__user").prefetch_related("marks"))


def _refuse_outsider(candidate: Candidate, juror: Juror, by: User) -> None:
    session = candidate.session
    if session.state != SessionState.OPEN:
        raise StaleState(
            f"Cette session est « {session.get_state_display()} » : on "
            "n’apprécie que pendant une session ouverte."
        )
    if juror.user_id != by.pk:
        raise DomainError("Une appréciation est personnelle : seul son juré l’écrit.")
    if not Seat.objects.held().filter(session=session, juror=juror).exists():
        raise DomainError(
            "Vous ne siégez pas dans cette session : vous ne pouvez pas apprécier ses candidats."
        )


def _refuse_submitted(appraisal: Appraisal) -> None:
    if appraisal.submitted_at:
        raise StaleState("Cette appréciation est rendue : elle ne change plus.")


def _read_marks(candidate: Candidate, test: str, marks: Mapping[object, int]) -> dict:
    """The marks by criterion, checked against the grid and the scale of the framework."""
    if test not in TestKind.values:
        raise DomainError("Cette épreuve n’existe pas.")
    criteria = {str(criterion.pk): criterion.pk for criterion in grid_of(candidate, test)}
    ranks = {level.rank for level in judgements_of(candidate)}
    given = {}
    for criterion, rank in marks.items():
        if str(criterion) not in criteria:
            raise DomainError("Un de ces critères n’est pas de la grille de ce candidat. Rechargez la page.")
        if rank not in ranks:
            raise DomainError(
                f"Le niveau {rank} n’existe pas dans l’échelle du jury. Choisissez un niveau proposé."
            )
        given[criteria[str(criterion)]] = rank
    return given
