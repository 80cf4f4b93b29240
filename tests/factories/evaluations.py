from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import factory

from core import clock
from core.hashing import fingerprint
from evaluations.enums import Family, FrameworkState, TestKind
from evaluations.models import (
    Competency,
    Domain,
    Dossier,
    Evaluation,
    ExperienceSheet,
    Framework,
    GridCriterion,
    JudgementLevel,
    MasteryLevel,
    Module,
)
from tests.factories.accounts import UserFactory
from tests.factories.trainees import EnrollmentFactory
from trainees.models import Enrollment


@contextmanager
def reopened(framework: Framework) -> Iterator[None]:
    """Write in a version as if it had been written before its publication: the database refuses it after."""
    rows = Framework.objects.filter(pk=framework.pk)
    was = rows.values("state", "published_at", "published_by", "retired_at").get()
    rows.update(state=FrameworkState.DRAFT, published_at=None, published_by=None, retired_at=None)
    yield
    rows.update(**was)


class FrameworkFactory(factory.django.DjangoModelFactory):
    """A small published framework: two domains (1 key, 9 professional), four levels, one criterion a test."""

    class Meta:
        model = Framework
        django_get_or_create = ("version",)
        skip_postgeneration_save = True

    version = "2026-1"
    title = "Référentiel d’essai"
    certificate_title = "CQP « Salarié polyvalent »"
    notice = "Exemple, à remplacer par le référentiel officiel."
    state = FrameworkState.PUBLISHED
    published_at = factory.LazyFunction(clock.now)
    published_by = factory.SubFactory(UserFactory)

    @factory.post_generation
    def content(framework, create, extracted, **kwargs):
        if framework.levels.exists():
            return
        with reopened(framework):
            write_small_content(framework)


def write_small_content(framework: Framework) -> None:
    for rank, name in enumerate(["Découvre", "Avec aide", "Autonome", "Sait montrer"], start=1):
        MasteryLevel.objects.create(framework=framework, rank=rank, name=name, short=name)
        JudgementLevel.objects.create(framework=framework, rank=rank, name=name)
    key = Module.objects.create(framework=framework, code="M1", name="Compétences clés", family=Family.KEY)
    trade = Module.objects.create(
        framework=framework, code="M4", name="Compétences professionnelles", family=Family.PROFESSIONAL
    )
    first = Domain.objects.create(framework=framework, module=key, number=1, name="Comportements")
    ninth = Domain.objects.create(framework=framework, module=trade, number=9, name="Tâches du métier")
    Competency.objects.create(domain=first, code="1.1", label="Être à l’heure")
    Competency.objects.create(domain=ninth, code="9.1", label="Tailler une haie")
    GridCriterion.objects.create(
        framework=framework, test=TestKind.PRODUCTION, domain=ninth, code="P1", label="Travaille proprement"
    )
    GridCriterion.objects.create(
        framework=framework, test=TestKind.INTERVIEW, domain=first, code="E1", label="Parle de son travail"
    )


class CompetencyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Competency

    domain = factory.LazyAttribute(lambda _: FrameworkFactory().domains.get(number=1))
    code = factory.Sequence(lambda n: f"1.{n + 10}")
    label = factory.Sequence(lambda n: f"Compétence {n}")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        with reopened(kwargs["domain"].framework):
            return super()._create(model_class, *args, **kwargs)


class EvaluationFactory(factory.django.DjangoModelFactory):
    """A bare fact, without the current level that the service keeps beside it."""

    class Meta:
        model = Evaluation

    enrollment = factory.SubFactory(EnrollmentFactory)
    structure = factory.SelfAttribute("enrollment.structure")
    competency = factory.SubFactory(CompetencyFactory)
    level = factory.LazyAttribute(lambda row: row.competency.domain.framework.levels.get(rank=3))
    seen_on = factory.LazyFunction(lambda: clock.today() - timedelta(days=10))
    situation = "Taille de la haie du stade"
    evaluator = factory.SubFactory(UserFactory)


class ExperienceSheetFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ExperienceSheet

    enrollment = factory.SubFactory(EnrollmentFactory)
    title = "La haie du stade"
    done_on = factory.LazyFunction(lambda: clock.today() - timedelta(days=10))
    what = "J’ai taillé la haie avec l’équipe."
    where = "Au stade"
    written_by = factory.SubFactory(UserFactory)


def seal_anyhow(enrollment: Enrollment, **fields) -> Dossier:
    """A sealed dossier whose gateway nobody checked, for what comes after it."""
    snapshot = {"identity": {"full_name": str(enrollment.trainee)}}
    return Dossier.objects.create(
        enrollment=enrollment,
        snapshot=snapshot,
        snapshot_sha256=fingerprint(snapshot),
        sealed_by=UserFactory(),
        **fields,
    )
