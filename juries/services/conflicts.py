"""What keeps a juror from judging a candidate, read from the data of the house."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from evaluations.models import DossierSignature, Evaluation, ExperienceSheet
from juries.enums import ConflictRule
from juries.models import DeclaredLink, Juror
from structures.models import Membership
from trainees.models import Attendance, Enrollment


@dataclass(frozen=True)
class Conflict:
    """One juror, one candidate, the rule between them, and the sentence that says it."""

    juror: Juror
    enrollment: Enrollment
    rule: ConflictRule
    sentence: str


def conflicts_of(jurors: Iterable[Juror], enrollments: Iterable[Enrollment]) -> list[Conflict]:
    """Every conflict between these jurors and these candidates, whatever their number in eight queries.

    A juror is refused who trained, evaluated, signed for or is the referent of a candidate, works or
    worked in their structure, declared a link with either, or is the candidate. All the paths of a
    person count, not only the one that comes before the jury. Jurors come with `user`, enrolments with
    `trainee` and `structure`.
    """
    jurors, enrollments = list(jurors), list(enrollments)
    if not jurors or not enrollments:
        return []
    users = [juror.user_id for juror in jurors]
    trainees = {enrollment.trainee_id for enrollment in enrollments}
    of_person = _ties_of_people(users, trainees)
    of_structure = _ties_of_structures(users, {enrollment.structure_id for enrollment in enrollments})
    links_of_people, links_of_structures = _declared(jurors)
    found = []
    for juror in jurors:
        for enrollment in enrollments:
            person = (juror.user_id, enrollment.trainee_id)
            house = (juror.user_id, enrollment.structure_id)
            rules = [rule for rule, pairs in of_person.items() if person in pairs]
            if enrollment.trainee.user_id == juror.user_id:
                rules.insert(0, ConflictRule.SELF)
            if house in of_structure:
                rules.append(ConflictRule.COLLEAGUE)
            found += [_conflict(juror, enrollment, rule) for rule in rules]
            if (juror.pk, enrollment.trainee_id) in links_of_people:
                found.append(_conflict(juror, enrollment, ConflictRule.LINK, str(enrollment.trainee)))
            elif (juror.pk, enrollment.structure_id) in links_of_structures:
                found.append(_conflict(juror, enrollment, ConflictRule.LINK, str(enrollment.structure)))
    return found


def _ties_of_people(users: list, trainees: set) -> dict[ConflictRule, set[tuple]]:
    """For each rule, the (user, trainee) pairs that it holds apart."""
    attended = Attendance.objects.filter(session__trainer__in=users, enrollment__trainee__in=trainees)
    evaluated = Evaluation.objects.filter(evaluator__in=users, enrollment__trainee__in=trainees)
    signed = DossierSignature.objects.filter(signed_by__in=users, enrollment__trainee__in=trainees)
    validated = ExperienceSheet.objects.filter(validated_by__in=users, enrollment__trainee__in=trainees)
    referred = Enrollment.objects.filter(referent__in=users, trainee__in=trainees)
    return {
        ConflictRule.TRAINED: _pairs(attended, "session__trainer_id", "enrollment__trainee_id"),
        ConflictRule.EVALUATED: _pairs(evaluated, "evaluator_id", "enrollment__trainee_id"),
        ConflictRule.SIGNED: _pairs(signed, "signed_by_id", "enrollment__trainee_id")
        | _pairs(validated, "validated_by_id", "enrollment__trainee_id"),
        ConflictRule.REFERENT: _pairs(referred, "referent_id", "trainee_id"),
    }


def _pairs(rows, *columns: str) -> set[tuple]:
    return set(rows.order_by().values_list(*columns).distinct())


def _ties_of_structures(users: list, structures: set) -> set[tuple]:
    """(user, structure) pairs of those who work or once worked there."""
    return _pairs(
        Membership.objects.filter(user__in=users, structure__in=structures), "user_id", "structure_id"
    )


def _declared(jurors: list[Juror]) -> tuple[set[tuple], set[tuple]]:
    links = list(
        DeclaredLink.objects.filter(juror__in=jurors).filter(
            Q(trainee__isnull=False) | Q(structure__isnull=False)
        )
    )
    return {(link.juror_id, link.trainee_id) for link in links if link.trainee_id}, {
        (link.juror_id, link.structure_id) for link in links if link.structure_id
    }


SENTENCES = {
    ConflictRule.SELF: "{juror} est {candidate} : on ne se juge pas soi-même.",
    ConflictRule.TRAINED: "{juror} a animé une séance de formation de {candidate}.",
    ConflictRule.EVALUATED: "{juror} a évalué {candidate} pendant son parcours.",
    ConflictRule.SIGNED: "{juror} a signé ou validé une pièce du dossier de {candidate}.",
    ConflictRule.REFERENT: "{juror} est référent du parcours de {candidate}.",
    ConflictRule.COLLEAGUE: "{juror} travaille ou a travaillé dans la structure de {candidate}, {structure}.",
    ConflictRule.LINK: "{juror} a déclaré un lien avec {other} ({candidate}).",
}


def _conflict(juror: Juror, enrollment: Enrollment, rule: ConflictRule, other: str = "") -> Conflict:
    sentence = SENTENCES[rule].format(
        juror=juror, candidate=enrollment.trainee, structure=enrollment.structure, other=other
    )
    return Conflict(juror, enrollment, rule, sentence)
