from dataclasses import dataclass
from datetime import timedelta

from dateutil.relativedelta import relativedelta
from django.db.models import F, Q

from core import clock
from core.enums import WorkState
from core.models import Work
from cqp.dashboard import queries
from cqp.dashboard.models import Objective
from cqp.dashboard.services import current_objective
from evaluations.enums import DossierState
from evaluations.models import Dossier
from juries.enums import SessionState
from juries.models import Appeal, JurySession
from juries.services.convocations.deadlines import sessions_to_convene, sessions_with_unsent_letters
from structures.enums import StructureState
from structures.models import Structure

VISIT_SOON = timedelta(days=30)


@dataclass(frozen=True)
class CertifierDay:
    figures: queries.Figures
    objective: Objective | None
    blockers: list[queries.Blocker]
    dossiers_to_examine: int
    sessions: list[JurySession]
    visits_due: list[Structure]
    candidates_structures: int
    work_set_aside: int
    to_convene: list[tuple[JurySession, str]]
    unsent_letters: list[tuple[JurySession, int]]
    appeals: int


def certifier_day() -> CertifierDay:
    """The national figures, what keeps people from a jury, and what waits for an act of the certifier."""
    today = clock.today()
    going = [SessionState.PLANNED, SessionState.CONVENED, SessionState.OPEN, SessionState.DELIBERATED]
    unvisited = Q(visited_on=None) | Q(visited_on__lt=F("accredited_from"))
    visits = Structure.objects.filter(
        unvisited,
        state=StructureState.ACCREDITED,
        accredited_from__lte=today + VISIT_SOON - relativedelta(months=6),
    )
    return CertifierDay(
        figures=queries.figures(today),
        objective=current_objective(),
        blockers=queries.blockers(today),
        dossiers_to_examine=Dossier.objects.filter(state=DossierState.SEALED).count(),
        sessions=list(JurySession.objects.filter(state__in=going).order_by("held_on")[:8]),
        visits_due=list(visits.order_by("accredited_from")[:8]),
        candidates_structures=Structure.objects.filter(state=StructureState.INTERESTED).count(),
        to_convene=sessions_to_convene(),
        unsent_letters=sessions_with_unsent_letters(),
        appeals=Appeal.objects.open().count(),
        work_set_aside=Work.objects.filter(state=WorkState.SET_ASIDE).count(),
    )
