"""The monthly attendance sheets: signing, reopening, reading."""

from datetime import timedelta

from core import clock
from tests.access.table import Row
from tests.access.world import World
from tests.factories import TrainingSessionFactory
from trainees.models import Attendance, MonthlySheet
from trainees.services.months import close_month
from trainees.tasks import render_sheet

PATH = {"refused": "trainee certifier"}


def last_month():
    return clock.today().replace(day=1) - timedelta(days=1)


def month(world: World) -> dict:
    return {"pk": world.enrollment.pk, "month": f"{last_month():%Y-%m}"}


def attended(world: World) -> Attendance:
    """A presence of last month that nobody signed."""
    session = TrainingSessionFactory(
        structure=world.structure, trainer=world.trainer, held_on=last_month().replace(day=9)
    )
    return Attendance.objects.create(
        session=session, enrollment=world.enrollment, place=session.place, session_minutes=180, minutes=120
    )


def signed(world: World) -> MonthlySheet:
    attended(world)
    closing = close_month(
        enrollment=world.enrollment, month=last_month(), missing_reason="Téléphone perdu", by=world.trainer
    )
    return closing.sheets.get()


def drawn(world: World) -> None:
    render_sheet.run.__wrapped__(signed(world).pk)


def sheet(world: World) -> dict:
    return {"pk": MonthlySheet.objects.get(closing__enrollment=world.enrollment).pk}


def provisional(world: World) -> dict:
    return {**month(world), "structure_pk": world.structure.pk}


ROWS = [
    Row(
        "trainees:month_close",
        month,
        post="team",
        given=attended,
        data={"missing_reason": "Téléphone perdu"},
        **PATH,
    ),
    Row(
        "trainees:month_reopen",
        month,
        post="director",
        refused="trainer counsellor trainee certifier",
        given=signed,
        data={"reason": "Une erreur"},
    ),
    Row("trainees:month_sheet", provisional, get="team certifier trainee", given=attended),
    Row(
        "trainees:month_list",
        get="team stranger",
        post="team stranger",
        refused="certifier juror trainee",
        given=attended,
    ),
    Row("trainees:sheet_progress", sheet, get="team certifier trainee", given=signed),
    Row("trainees:sheet_file", sheet, get="team certifier trainee", given=drawn, journals=True),
    Row("trainees:sheet_retry", sheet, post="team", given=signed, **PATH),
]
