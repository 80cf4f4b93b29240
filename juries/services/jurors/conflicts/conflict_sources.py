"""The ties that the data show, rule by rule: (juror, trainee, what to name in the sentence)."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.db.models import CharField, F, Q, QuerySet, UUIDField, Value
from django.db.models.functions import Cast

from evaluations.models import Dossier, DossierSignature, Evaluation, ExperienceSheet
from juries.enums import ConflictRule
from juries.models import DeclaredLink, Juror, PastEmployer
from juries.rules.names import folded
from juries.services.jurors.conflicts.candidate_history import Paths
from structures.models import Membership
from trainees.models import Attendance, Immersion, MonthClosing

Tie = tuple[Juror, object, str]
HOUSE, LINK = "house", "link"


def ties_of_acts(jurors: dict, paths: Paths) -> Iterator[tuple[ConflictRule, Tie]]:
    """Who trained, evaluated, signed or validated something of theirs: one query over all the acts.

    A session counts for those who were there. A voided evaluation was an evaluation still.
    """
    users, rows = list(jurors), list(paths.trainee_of)
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
    for act, user, path in parts[0].union(*parts[1:]):
        yield ConflictRule(act), (jurors[user], paths.trainee_of[path], "")


def ties_of_referents(jurors: dict, paths: Paths) -> Iterator[Tie]:
    for user, trainee in paths.referents:
        if user in jurors:
            yield jurors[user], trainee, ""


def ties_of_houses_and_links(
    jurors: dict, paths: Paths, since: date | None
) -> Iterator[tuple[ConflictRule, Tie]]:
    """Who works or worked in a structure of theirs, and who declared a link: one query over the three tables.

    One works in a house by its team, by an employer told (a structure, or its name) or by the organisation of
    today. `since` leaves out what ended before that day; an employer told by years counts to the end of its last.
    """
    named = defaultdict(list)
    for structure, name in paths.names.items():
        named[folded(name)].append(structure)
    houses = {
        (user, found) for user, juror in jurors.items() for found in named.get(folded(juror.organisation), [])
    }
    for kind, user, structure, trainee, name in _teams_employers_and_links(jurors, paths, since):
        if kind == LINK:
            yield from _link(jurors[user], paths, structure, trainee)
        elif structure:
            houses.add((user, structure))
        else:
            houses.update((user, found) for found in named.get(folded(name), []))
    for user, structure in houses:
        for passed in paths.trainees_in[structure]:
            yield ConflictRule.COLLEAGUE, (jurors[user], passed, paths.names[structure])


def _teams_employers_and_links(jurors: dict, paths: Paths, since: date | None) -> QuerySet:
    """(kind, user, structure, trainee, name): teams and employers by their structure or name, then links."""
    structures, by_juror = list(paths.names), [juror.pk for juror in jurors.values()]
    no_one, nowhere = Cast(Value(None), UUIDField()), Value("", output_field=CharField())
    teams = Membership.objects.filter(user__in=list(jurors), structure__in=structures)
    told = PastEmployer.objects.filter(juror__in=by_juror).filter(
        Q(structure=None) | Q(structure__in=structures)
    )
    links = DeclaredLink.objects.filter(juror__in=by_juror)
    links = links.filter(Q(trainee__in=list(paths.candidates)) | Q(structure__in=structures))
    if since:
        teams = teams.filter(Q(ends_on=None) | Q(ends_on__gte=since))
        told = told.filter(Q(until_year=None) | Q(until_year__gte=since.year))
    parts = [
        rows.order_by().values_list(Value(kind, output_field=CharField()), *columns)
        for rows, kind, columns in (
            (teams, HOUSE, ("user_id", "structure_id", no_one, nowhere)),
            (told, HOUSE, ("juror__user_id", "structure_id", no_one, "name")),
            (links, LINK, ("juror__user_id", "structure_id", "trainee_id", nowhere)),
        )
    ]
    return parts[0].union(*parts[1:])


def _link(juror: Juror, paths: Paths, structure, trainee) -> Iterator[tuple[ConflictRule, Tie]]:
    if trainee:
        yield ConflictRule.LINK, (juror, trainee, str(paths.candidates[trainee][0].trainee))
    else:
        for passed in paths.trainees_in[structure]:
            yield ConflictRule.LINK, (juror, passed, paths.names[structure])


def ties_of_tutors(jurors: dict, paths: Paths) -> Iterator[Tie]:
    """Who was the tutor of an immersion: by their e-mail address, or by their name in their own organisation."""
    by_email = {juror.user.email.lower(): juror for juror in jurors.values()}
    by_name = {(folded(str(juror)), folded(juror.organisation)): juror for juror in jurors.values()}
    rows = Immersion.objects.filter(enrollment__in=list(paths.trainee_of)).order_by()
    columns = ("enrollment_id", "host_name", "tutor_name", "tutor_email", "appraisals__email")
    for path, host, name, *addresses in rows.values_list(*columns):
        found = [by_email.get(address.lower()) for address in addresses if address]
        found.append(by_name.get((folded(name), folded(host))))
        for juror in filter(None, found):
            yield juror, paths.trainee_of[path], host
