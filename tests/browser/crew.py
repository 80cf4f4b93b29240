"""A crew on a site, as the tests of the entry page find it: eight people, six of them with a history."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from playwright.sync_api import Locator, Page

from accounts.models import User
from core import clock
from evaluations.models import Activity, Competency, Evaluation
from evaluations.services.evaluations import Observation, record_evaluations
from evaluations.services.frameworks import load_example, publish
from structures.models import ProductionSupport, Structure
from tests.factories import EnrollmentFactory
from trainees.models import Enrollment

NAMES = (
    ("Aïcha", "Benali"),
    ("Bruno", "Castel"),
    ("Chantal", "Diop"),
    ("David", "Evrard"),
    ("Élodie", "Fabre"),
    ("Farid", "Guerin"),
    ("Gisèle", "Haddad"),
    ("Hugo", "Imbert"),
    ("Inès", "Jacob"),
    ("Jean-Christophe", "Kowalski"),
    ("Karim", "Lopez"),
    ("Lucie", "Martin"),
)
ACTIVITY = "Tailler des haies et des arbustes"
HISTORY = (2, 2, 3, 1, 4, 3)
"""The rank last seen of the first six people, in every competency of the activity."""


@dataclass
class Crew:
    trainer: User
    enrollments: list[Enrollment]
    competencies: list[Competency]
    activity: Activity

    @property
    def names(self) -> list[str]:
        return [str(enrollment.trainee) for enrollment in self.enrollments]


def gather(structure: Structure, trainer: User, certifier: User, size: int = 8) -> Crew:
    """`size` people of « Espaces verts » whom the trainer refers; the first six were seen a month ago."""
    framework = publish(framework=load_example(version="2026-1", by=certifier), by=certifier)
    support = ProductionSupport.objects.get(code="espaces-verts")
    enrollments = [
        EnrollmentFactory(
            structure=structure,
            support=support,
            referent=trainer,
            trainee__first_names=first,
            trainee__birth_name=name,
        )
        for first, name in NAMES[:size]
    ]
    activity = framework.activities.get(name=ACTIVITY)
    competencies = list(activity.competencies.all())
    seen(enrollments, HISTORY, competencies, trainer)
    return Crew(trainer, enrollments, competencies, activity)


def seen(enrollments, ranks, competencies, trainer) -> None:
    outcome = record_evaluations(
        observations=[
            Observation(
                id=uuid4(),
                enrollment_id=enrollment.pk,
                competency_id=competency.pk,
                rank=rank,
                seen_on=clock.today() - timedelta(days=30),
                situation="Haie de la mairie",
            )
            for enrollment, rank in zip(enrollments, ranks, strict=False)
            for competency in competencies
        ],
        by=trainer,
    )
    assert not outcome.refused, outcome.refused


class EntryPage:
    """The page of the day as a trainer works it, each tap counted."""

    def __init__(self, page: Page, crew: Crew, *, touch: bool = False) -> None:
        self.page, self.crew, self.touch, self.taps = page, crew, touch, 0

    def tap(self, target: Locator) -> None:
        self.taps += 1
        target.tap() if self.touch else target.click()

    def choose(self, activity: str = ACTIVITY) -> None:
        self.tap(self.page.locator("label.chip", has_text=activity))

    def cell(self, person: int, competency: int) -> Locator:
        key = f"{self.crew.enrollments[person].pk} {self.crew.competencies[competency].code}"
        return self.page.locator(f'[data-key="{key}"]')

    def whole(self, competency: int) -> Locator:
        return self.page.locator(f'[data-column="{self.crew.competencies[competency].code}"]')

    def save(self) -> None:
        self.tap(self.page.get_by_role("button", name="Enregistrer"))

    @property
    def announced(self) -> Locator:
        return self.page.locator("#annonces")

    @property
    def notice(self) -> Locator:
        return self.page.locator(".save-notice")

    @property
    def marked(self) -> Locator:
        return self.page.locator(".cell.is-marked")


def ranks_of(crew: Crew) -> dict[tuple[int, int], int]:
    """The rank noted today, by person and competency as the crew numbers them."""
    places = {enrollment.pk: place for place, enrollment in enumerate(crew.enrollments)}
    columns = {competency.pk: place for place, competency in enumerate(crew.competencies)}
    facts = Evaluation.objects.filter(seen_on=clock.today()).select_related("level")
    return {(places[fact.enrollment_id], columns[fact.competency_id]): fact.level.rank for fact in facts}
