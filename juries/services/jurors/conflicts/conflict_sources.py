"""The sources of conflict found in the data, rule by rule: (juror, trainee, name for the sentence)."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.db.models import CharField, F, Q, QuerySet, UUIDField, Value
from django.db.models.functions import Cast

from core.text_folding import folded
from evaluations.models import Dossier, DossierSignature, Evaluation, ExperienceSheet
from juries.enums import ConflictRule
from juries.models import DeclaredLink, Juror, PastEmployer
from juries.services.jurors.conflicts.candidate_history import CandidateHistory
from structures.models import Membership
from trainees.models import Attendance, Immersion, MonthClosing

ConflictSource = tuple[Juror, object, str]
STRUCTURE, LINK = "structure", "link"


def sources_in_acts(jurors: dict, history: CandidateHistory) -> Iterator[tuple[ConflictRule, ConflictSource]]:
    """Who trained, evaluated, signed or validated something of theirs: one query over all the acts.

    A session counts for those who were there. A voided evaluation was an evaluation still.
    """
    users, rows = list(jurors), list(history.trainee_of)
    acts = [
        (ConflictRule.TRAINED, Attendance.objects.filter(minutes__gt=0), "session__trainer_id"),
        (ConflictRule.EVALUATED, Evaluation.objects.all(), "evaluator_id"),
        (ConflictRule.SIGNED, DossierSignature.objects.all(), "signed_by_id"),
        (ConflictRule.SIGNED, ExperienceSheet.objects.all(), "validated_by_id"),
        (ConflictRule.SIGNED, MonthClosing.objects.all(), "closed_by_id"),
        (ConflictRule.SIGNED, Dossier.objects.all(), "sealed_by_id"),
    ]
    parts = [
        query.filter(**{f"{who}__in": users, "enrollment__in": rows})
        .order_by()
        .annotate(act=Value(rule.value), who=F(who))
        .values_list("act", "who", "enrollment_id")
        for rule, query, who in acts
    ]
    for act, user, enrollment in parts[0].union(*parts[1:]):
        yield ConflictRule(act), (jurors[user], history.trainee_of[enrollment], "")


def sources_in_referents(jurors: dict, history: CandidateHistory) -> Iterator[ConflictSource]:
    for user, trainee in history.referents:
        if user in jurors:
            yield jurors[user], trainee, ""


def sources_in_structures_and_links(
    jurors: dict, history: CandidateHistory, since: date | None
) -> Iterator[tuple[ConflictRule, ConflictSource]]:
    """Who works or worked in a structure of theirs, and who declared a link: one query over the three tables.

    Working in a structure is known by its team, by a declared employer (a structure, or its name) or by the present
    organisation. `since` leaves out what ended before that day; an employer counts to the end of its last year.
    """
    named = defaultdict(list)
    for structure, name in history.names.items():
        named[_known_as(name)].append(structure)
    workplaces = {
        (user, found)
        for user, juror in jurors.items()
        for found in named.get(_known_as(juror.organisation), [])
    }
    for kind, user, structure, trainee, name in _teams_employers_and_links(jurors, history, since):
        if kind == LINK:
            yield from _link(jurors[user], history, structure, trainee)
        elif structure:
            workplaces.add((user, structure))
        else:
            workplaces.update((user, found) for found in named.get(_known_as(name), []))
    for user, structure in workplaces:
        for passed in history.trainees_in[structure]:
            yield ConflictRule.COLLEAGUE, (jurors[user], passed, history.names[structure])


def _teams_employers_and_links(jurors: dict, history: CandidateHistory, since: date | None) -> QuerySet:
    """(kind, user, structure, trainee, name): teams and employers by their structure or name, then links."""
    structures, by_juror = list(history.names), [juror.pk for juror in jurors.values()]
    no_one, nowhere = Cast(Value(None), UUIDField()), Value("", output_field=CharField())
    teams = Membership.objects.filter(user__in=list(jurors), structure__in=structures)
    employers = PastEmployer.objects.filter(juror__in=by_juror).filter(
        Q(structure=None) | Q(structure__in=structures)
    )
    links = DeclaredLink.objects.filter(juror__in=by_juror)
    links = links.filter(Q(trainee__in=list(history.candidates)) | Q(structure__in=structures))
    if since:
        teams = teams.filter(Q(ends_on=None) | Q(ends_on__gte=since))
        employers = employers.filter(Q(until_year=None) | Q(until_year__gte=since.year))
    parts = [
        rows.order_by().values_list(Value(kind, output_field=CharField()), *columns)
        for rows, kind, columns in (
            (teams, STRUCTURE, ("user_id", "structure_id", no_one, nowhere)),
            (employers, STRUCTURE, ("juror__user_id", "structure_id", no_one, "name")),
            (links, LINK, ("juror__user_id", "structure_id", "trainee_id", nowhere)),
        )
    ]
    return parts[0].union(*parts[1:])


def _link(
    juror: Juror, history: CandidateHistory, structure, trainee
) -> Iterator[tuple[ConflictRule, ConflictSource]]:
    if trainee:
        yield ConflictRule.LINK, (juror, trainee, str(history.candidates[trainee][0].trainee))
    else:
        for passed in history.trainees_in[structure]:
            yield ConflictRule.LINK, (juror, passed, history.names[structure])


def sources_in_immersions(jurors: dict, history: CandidateHistory) -> Iterator[ConflictSource]:
    """Who was the tutor of an immersion: by their e-mail address, or by their name in their own organisation."""
    by_email = {juror.user.email.lower(): juror for juror in jurors.values()}
    by_name = {(_known_as(str(juror)), _known_as(juror.organisation)): juror for juror in jurors.values()}
    rows = Immersion.objects.filter(enrollment__in=list(history.trainee_of)).order_by()
    columns = ("enrollment_id", "host_name", "tutor_name", "tutor_email", "appraisals__email")
    for enrollment, host, name, *addresses in rows.values_list(*columns):
        found = [by_email.get(address.lower()) for address in addresses if address]
        found.append(by_name.get((_known_as(name), _known_as(host))))
        for juror in filter(None, found):
            yield juror, history.trainee_of[enrollment], host


def _known_as(name: str) -> str:
    """A folded name without its spaces, which some leave out: « GRETA-CFA », « GretaCFA »."""
    return folded(name).replace(" ", "")
