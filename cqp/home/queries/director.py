from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.models import User
from core import clock
from evaluations.enums import DossierState, SheetState
from evaluations.models import Dossier, ExperienceSheet
from juries.enums import LetterKind
from juries.models import Letter
from structures.enums import Role
from structures.models import Structure
from trainees.enums import EnrollmentStep
from trainees.models import Enrollment
from trainees.models.enrollments.enrollment import SOON

MOST_LINES = 12


@dataclass(frozen=True)
class DirectorDay:
    structures: list[Structure]
    contracts_ending: list[Enrollment]
    hours_done: list[Enrollment]
    without_plan: list[Enrollment]
    returned: list[Dossier]
    sheets_to_validate: int
    convocations: list[Letter]

    @property
    def waits(self) -> bool:
        """Whether anything asks for the director today."""
        lists = (self.convocations, self.contracts_ending, self.hours_done, self.without_plan, self.returned)
        return any(lists) or self.sheets_to_validate > 0


def day_of(user: User) -> DirectorDay:
    """What waits for a director: contracts that end before a jury, enrolments that could go on, dossiers sent back."""
    memberships = user.memberships.current().filter(role=Role.DIRECTOR)
    structures = list(Structure.objects.filter(memberships__in=memberships).distinct())
    enrollments = Enrollment.objects.open().filter(structure__in=structures).with_people()
    ending = enrollments.ending_by(clock.today() + SOON).order_by("contract_end")
    sheets = ExperienceSheet.objects.filter(enrollment__structure__in=structures, state=SheetState.SUBMITTED)
    return DirectorDay(
        structures=structures,
        contracts_ending=list(ending[:MOST_LINES]),
        hours_done=list(enrollments.with_hours_done()[:MOST_LINES]),
        without_plan=list(enrollments.filter(step=EnrollmentStep.ENROLLED)[:MOST_LINES]),
        returned=list(_returned(structures)[:MOST_LINES]),
        sheets_to_validate=sheets.count(),
        convocations=_convocations(user),
    )


def _convocations(user: User) -> list[Letter]:
    """What one is written about juries to come, where one's candidates go."""
    rows = Letter.objects.visible_to(user).filter(recipient=user, kind=LetterKind.STRUCTURE)
    to_come = rows.filter(session__held_on__gte=clock.today()).exclude(content={})
    return list(to_come.select_related("session").order_by("session__held_on")[:MOST_LINES])


def _returned(structures: list[Structure]) -> QuerySet:
    """Dossiers sent back whose enrolment still waits to seal a new one."""
    dossiers = Dossier.objects.filter(state=DossierState.RETURNED, enrollment__structure__in=structures)
    waiting = dossiers.filter(enrollment__step=EnrollmentStep.DOSSIER)
    return waiting.select_related("enrollment__trainee").order_by("-examined_at")
