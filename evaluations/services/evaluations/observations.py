"""The observations that a page or a phone sends, and the checks of each."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from dateutil.relativedelta import relativedelta
from django.db.models import Exists, OuterRef

from accounts.models import User
from core.formats import shortdate
from evaluations.enums import FrameworkState
from evaluations.models import Competency, Evaluation, Framework, MasteryLevel
from structures.enums import EVALUATING_ROLES
from structures.models import Membership
from trainees.models import Enrollment

OLDEST = relativedelta(years=1)
LONGEST_SITUATION, LONGEST_COMMENT = 160, 1000


@dataclass(frozen=True)
class Observation:
    """One competency of one enrolment seen at one level; `id` is made where it is typed.

    `rank` is the level's place in the scale of the enrolment's framework, `own_rank` the trainee's own view.
    """

    id: UUID
    enrollment_id: UUID
    competency_id: UUID
    rank: int
    seen_on: date
    situation: str
    comment: str = ""
    own_rank: int | None = None


def day_refusal(day: date, today: date) -> str:
    """The French sentence that refuses a day to come or over a year ago, for instance of a phone with a wrong clock."""
    if day > today:
        return (
            f"Le {shortdate(day)} n’est pas encore passé : nous sommes le {shortdate(today)}. "
            "Vérifiez le jour de cette saisie, et la date du téléphone."
        )
    if day < today - OLDEST:
        return (
            f"Le {shortdate(day)} remonte à plus d’un an : nous sommes le {shortdate(today)}, et une saisie se "
            "note dans l’année. Vérifiez son jour, et la date du téléphone."
        )
    return ""


@dataclass
class Outcome:
    """The ids that are in the database, and the French reason of each refusal."""

    accepted: list[UUID] = field(default_factory=list)
    refused: dict[UUID, str] = field(default_factory=dict)
    new: int = 0


class BatchContext:
    """Everything that the checks of a batch need, read in four queries whatever its size.

    The enrolments are locked by `no_key`, so that a row which merely names one of them may be committed meanwhile: on
    PostgreSQL it would otherwise wait for us while we wait for the end of the journal that it holds.
    """

    def __init__(self, observations: Iterable[Observation], by: User, today: date) -> None:
        self.by, self.today = by, today
        team = Membership.objects.current().filter(
            user=by, role__in=EVALUATING_ROLES, structure=OuterRef("structure")
        )
        self.enrollments = {
            enrollment.pk: enrollment
            for enrollment in Enrollment.objects.visible_to(by)
            .filter(pk__in={observation.enrollment_id for observation in observations})
            .annotate(is_evaluated_by_them=Exists(team))
            .select_for_update(of=("self",), no_key=True)
            .order_by("pk")
        }
        self.competencies = {
            competency.pk: competency
            for competency in Competency.objects.filter(
                pk__in={observation.competency_id for observation in observations}
            ).select_related("domain__framework")
        }
        versions = {enrollment.framework_version for enrollment in self.enrollments.values()}
        self.levels: dict[tuple[str, int | None], MasteryLevel] = {
            (level.framework.version, level.rank): level
            for level in MasteryLevel.objects.filter(framework__version__in=versions).select_related(
                "framework"
            )
        }
        self.known = {
            evaluation.pk: evaluation
            for evaluation in Evaluation.objects.filter(
                pk__in={observation.id for observation in observations}
            ).select_related("level", "own_level")
        }

    def level(self, observation: Observation) -> MasteryLevel | None:
        return self._level(observation, observation.rank)

    def own_level(self, observation: Observation) -> MasteryLevel | None:
        return self._level(observation, observation.own_rank)

    def _level(self, observation: Observation, rank: int | None) -> MasteryLevel | None:
        return self.levels.get((self.enrollments[observation.enrollment_id].framework_version, rank))

    def matches(self, observation: Observation) -> bool:
        """Whether the fact of that id is this very observation, by the same person."""
        known = self.known[observation.id]
        return known.evaluator_id == self.by.pk and observation == Observation(
            id=known.pk,
            enrollment_id=known.enrollment_id,
            competency_id=known.competency_id,
            rank=known.level.rank,
            seen_on=known.seen_on,
            situation=known.situation,
            comment=known.comment,
            own_rank=known.own_level.rank if known.own_level else None,
        )

    def refusal(self, observation: Observation) -> str:
        """The French sentence that refuses an observation, or nothing."""
        enrollment = self.enrollments.get(observation.enrollment_id)
        if enrollment is None:
            return (
                "Cette personne n’est pas, ou n’est plus, dans une de vos équipes. Rechargez la page : sa "
                "nouvelle équipe note désormais ses évaluations."
            )
        if not enrollment.is_evaluated_by_them:
            return (
                "Seules les personnes qui encadrent ou accompagnent dans la structure évaluent ses salariés. "
                "Demandez à la direction de vous ajouter à l’équipe."
            )
        if not enrollment.is_open:
            return (
                f"Ce parcours est terminé ({enrollment.get_state_display()}) : on n’y ajoute plus d’évaluation. "
                "Retirez cette saisie."
            )
        return (
            self._refusal_of_content(observation, enrollment)
            or self._refusal_of_date(observation, enrollment)
            or self._refusal_of_words(observation)
        )

    def _refusal_of_content(self, observation: Observation, enrollment: Enrollment) -> str:
        competency = self.competencies.get(observation.competency_id)
        if competency is None:
            return "Cette compétence n’existe pas dans le référentiel. Rechargez la page, puis refaites la saisie."
        if competency.domain.framework.version != enrollment.framework_version:
            return _other_version(competency.domain.framework, enrollment)
        if competency.support_id not in (None, enrollment.support_id):
            return (
                "Cette compétence est d’un autre support de production que ce parcours. Rechargez la page, puis "
                "refaites la saisie."
            )
        if self.level(observation) is None or (
            observation.own_rank is not None and self.own_level(observation) is None
        ):
            return (
                "Ce niveau n’existe pas dans l’échelle du référentiel de ce parcours. Choisissez-en un autre."
            )
        return ""

    def _refusal_of_date(self, observation: Observation, enrollment: Enrollment) -> str:
        if sentence := day_refusal(observation.seen_on, self.today):
            return sentence
        if observation.seen_on < enrollment.enrolled_on:
            return (
                f"Le {shortdate(observation.seen_on)} précède l’inscription, le {shortdate(enrollment.enrolled_on)}. "
                "Vérifiez le jour."
            )
        return ""

    def _refusal_of_words(self, observation: Observation) -> str:
        if not observation.situation:
            return "Dites dans quelle situation la compétence a été vue."
        if len(observation.situation) > LONGEST_SITUATION:
            return f"La situation se dit en {LONGEST_SITUATION} caractères au plus."
        if len(observation.comment) > LONGEST_COMMENT:
            return f"Le commentaire tient en {LONGEST_COMMENT} caractères au plus."
        if "\x00" in observation.situation + observation.comment:
            return "Le texte contient un caractère qui ne s’écrit pas."
        return ""


def _other_version(framework: Framework, enrollment: Enrollment) -> str:
    retired = ", retirée depuis" if framework.state == FrameworkState.RETIRED else ""
    return (
        f"Le référentiel de ce parcours a changé : cette compétence est de la version {framework.version}{retired}, "
        f"le parcours suit la version {enrollment.framework_version}. Rechargez la page, puis refaites la saisie."
    )
