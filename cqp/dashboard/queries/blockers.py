from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from evaluations.enums import DossierState
from evaluations.models import Dossier
from juries.models import Candidate
from trainees.enums import EnrollmentStep
from trainees.models import Enrollment
from trainees.models.enrollments.enrollment import SOON


@dataclass(frozen=True)
class Blocker:
    """What keeps people from a jury: a sentence, how many, and the page where it can be acted upon."""

    label: str
    count: int
    url_name: str
    query: str = ""


def blockers(day: date) -> list[Blocker]:
    """What keeps people from a jury today, the most frequent first; only what concerns somebody."""
    candidacy = Candidate.objects.filter(dossier=OuterRef("pk"))
    waiting_for_jury = Dossier.objects.filter(state=DossierState.ACCEPTED).exclude(Exists(candidacy))
    to_examine = Dossier.objects.filter(state=DossierState.SEALED)
    ready, ending = Enrollment.objects.with_hours_done(), Enrollment.objects.ending_by(day + SOON)
    without_plan = Enrollment.objects.open().filter(step=EnrollmentStep.ENROLLED)
    found = [
        Blocker(
            "avec 200 heures faites et pas encore de dossier scellé",
            ready.count(),
            "trainees:list",
            "watch=hours",
        ),
        Blocker("avec un dossier scellé, à examiner", to_examine.count(), "evaluations:dossier_list"),
        Blocker(
            "avec un dossier accepté, en attente d’une date de jury",
            waiting_for_jury.count(),
            "juries:composer",
        ),
        Blocker(
            "dont le contrat finit dans les 60 jours, sans jury",
            ending.count(),
            "trainees:list",
            "watch=ending",
        ),
        Blocker("sans plan de formation", without_plan.count(), "trainees:list", "step=enrolled"),
    ]
    return sorted((row for row in found if row.count), key=lambda row: -row.count)
