"""The appraisal of one candidate by one juror in one test."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from accounts.models import User
from core import clock
from core.errors import DomainError, StaleState
from core.formats import counted, joined, timeofday
from core.services.journal import record
from core.texts import LONGEST_EXPLANATION, whole_text
from evaluations.enums import TestKind
from evaluations.models import GridCriterion, JudgementLevel
from juries.enums import Presence, SessionState
from juries.models import Appraisal, Candidate, Juror, Mark, Seat
from juries.queries.results.acquired_domains import acquired_domains_of, holds_attestation
from juries.services.locks import lock_candidate

"""Length of the remarks of one appraisal."""


def grid_of(candidate: Candidate, test: str) -> list[GridCriterion]:
    """The criteria of a test in the framework of the enrollment, without those of domains acquired before."""
    version = candidate.enrollment.framework_version
    criteria = list(
        GridCriterion.objects.filter(framework__version=version, test=test)
        .select_related("domain")
        .annotate(before=holds_attestation(candidate.enrollment.trainee_id))
    )
    acquired = acquired_domains_of(candidate).valid if any(row.before for row in criteria) else {}
    return [criterion for criterion in criteria if criterion.domain_id not in acquired]


def judgements_of(candidate: Candidate) -> list[JudgementLevel]:
    """The scale by which jurors judge, in the framework of the candidate's enrollment."""
    return list(JudgementLevel.objects.filter(framework__version=candidate.enrollment.framework_version))


class LostUpdate(StaleState):
    """Another page of the same juror saved first: nothing was written over it. `saved` is what that page saved."""

    def __init__(self, saved: Appraisal) -> None:
        super().__init__(
            f"Cette grille a été enregistrée dans une autre page, à {timeofday(saved.saved_at)} : "
            "rien n’a été remplacé. Comparez les deux, puis gardez celle qui est juste."
        )
        self.saved = saved


@transaction.atomic
def save_appraisal(
    *,
    candidate: Candidate,
    juror: Juror,
    test: str,
    marks: Mapping[object, int],
    validated: bool | None,
    comment: str = "",
    revision: int | None = None,
    page: UUID | None = None,
    by: User,
) -> Appraisal:
    """Save a draft: `marks` (criterion id → rank) replace those of the draft, and may be incomplete.

    `revision` is the one that the writer had before their eyes, `page` names the page they write in. When the row
    has moved on since, in another page, nothing is written and `LostUpdate` carries what was saved; a page whose
    own answer got lost goes on. Without a revision (a program alone with the row) the draft is replaced.
    The same content again changes nothing.

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
    comment = whole_text(comment, name="Le texte de vos remarques", most=LONGEST_EXPLANATION)
    known = dict(appraisal.marks.values_list("criterion_id", "rank")) if appraisal.revision else {}
    if appraisal.revision and (known, appraisal.validated, appraisal.comment) == (given, validated, comment):
        return appraisal
    moved_on = revision is not None and revision != appraisal.revision
    if moved_on and (page is None or page != appraisal.saved_in):
        raise LostUpdate(appraisal)
    appraisal.validated, appraisal.comment = validated, comment
    appraisal.saved_at, appraisal.saved_in = clock.now(), page
    appraisal.revision += 1
    appraisal.save()
    _write_marks(appraisal, known, given)
    return appraisal


def _write_marks(appraisal: Appraisal, known: dict, given: dict) -> None:
    if known.keys() - given.keys():
        appraisal.marks.exclude(criterion__in=given).delete()
    changed = [(criterion, rank) for criterion, rank in given.items() if known.get(criterion) != rank]
    if changed:
        Mark.objects.bulk_create(
            [Mark(appraisal=appraisal, criterion_id=criterion, rank=rank) for criterion, rank in changed],
            update_conflicts=True,
            unique_fields=["appraisal", "criterion"],
            update_fields=["rank"],
        )


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
        topic_id=candidate.session_id,
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
    if not Seat.objects.active().filter(session=session, juror=juror).exists():
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
