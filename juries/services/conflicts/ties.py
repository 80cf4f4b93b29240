"""The ties that the data show, rule by rule: (juror, trainee, what to name in the sentence)."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.db.models import F, Q, Value

from evaluations.models import Dossier, DossierSignature, Evaluation, ExperienceSheet
from juries.enums import ConflictRule
from juries.models import DeclaredLink, Juror, PastEmployer
from juries.services.conflicts.names import folded
from juries.services.conflicts.paths import Paths
from structures.models import Membership
from trainees.models import Attendance, Immersion, MonthClosing

Tie = tuple[Juror, object, str]


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


def ties_of_houses(jurors: dict, paths: Paths, since: date | None) -> Iterator[Tie]:
    """Who works or worked in a structure of theirs: in its team, as an employer told, or as the organisation.

    `since` leaves out what ended before that day; an employer told by years counts to the end of its last.
    """
    houses = set()
    teams = Membership.objects.filter(user__in=list(jurors), structure__in=list(paths.names)).order_by()
    if since:
        teams = teams.filter(Q(ends_on=None) | Q(ends_on__gte=since))
    for user, structure in teams.values_list("user_id", "structure_id"):
        houses.add((user, structure))
    named = defaultdict(list)
    for structure, name in paths.names.items():
        named[folded(name)].append(structure)
    for user, structure, name in employers_of(jurors, since):
        if structure in paths.names:
            houses.add((user, structure))
        houses.update((user, found) for found in named.get(name, []))
    for user, structure in houses:
        for trainee in paths.trainees_in[structure]:
            yield jurors[user], trainee, paths.names[structure]


def employers_of(jurors: dict, since: date | None) -> list[tuple]:
    """(user, structure or None, folded name or empty) of each employer, today's organisation included."""
    told = PastEmployer.objects.filter(juror__in=[juror.pk for juror in jurors.values()]).order_by()
    if since:
        told = told.filter(Q(until_year=None) | Q(until_year__gte=since.year))
    found = [
        (user, structure, folded(name))
        for user, structure, name in told.values_list("juror__user_id", "structure_id", "name")
    ]
    return found + [(user, None, folded(juror.organisation)) for user, juror in jurors.items()]


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


def ties_of_links(jurors: dict, paths: Paths) -> Iterator[Tie]:
    """Who declared a link with a candidate, or with a structure they went through."""
    by_pk = {juror.pk: juror for juror in jurors.values()}
    links = DeclaredLink.objects.filter(juror__in=list(by_pk)).order_by()
    links = links.filter(Q(trainee__in=list(paths.candidates)) | Q(structure__in=list(paths.names)))
    for juror, trainee, structure in links.values_list("juror_id", "trainee_id", "structure_id"):
        if trainee:
            yield by_pk[juror], trainee, str(paths.candidates[trainee][0].trainee)
        else:
            for passed in paths.trainees_in[structure]:
                yield by_pk[juror], passed, paths.names[structure]
