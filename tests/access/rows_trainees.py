"""The list and the enrolments, then what belongs to one enrolment, then sessions."""

from datetime import timedelta

from core import clock
from tests.access.table import Row, pk
from tests.access.world import World
from tests.factories import MembershipFactory, StructureFactory, TutorAppraisalFactory
from trainees.emails import tutor_token
from trainees.enums import EnrollmentState
from trainees.models import Attendance, ExitReason, Pause

STRANGERS = "juror trainee certifier"


def attended(world: World) -> Attendance:
    session, enrollment = world.training_session, world.enrollment
    world.enrollment.done_production_minutes = 120
    world.enrollment.save()
    return Attendance.objects.create(
        session=session, enrollment=enrollment, place=session.place, session_minutes=180, minutes=120
    )


def paused(world: World) -> None:
    enrollment = world.enrollment
    enrollment.state = EnrollmentState.SUSPENDED
    enrollment.save()
    Pause.objects.create(enrollment=enrollment, starts_on=clock.today() - timedelta(days=3), reason="Congé")


def leaving(world: World) -> dict:
    reason, _ = ExitReason.objects.get_or_create(code="emploi", defaults={"name": "Emploi"})
    return {"left_on": clock.today(), "reason": reason.pk}


def presence_of(world: World) -> dict:
    return {"pk": world.training_session.pk, "enrollment_pk": world.enrollment.pk}


def link_of_tutor(world: World) -> dict:
    appraisal = world.immersion.appraisals.first() or TutorAppraisalFactory(immersion=world.immersion)
    return {"token": tutor_token(appraisal)}


def host(world: World) -> None:
    MembershipFactory(structure=StructureFactory(name="L’Escale"))


PATH = {"refused": "trainee certifier"}
HOURS = {"production_minutes": "130", "classroom_minutes": "80", "immersion_minutes": "35"}

ROWS = [
    Row("trainees:list", get="certifier team stranger", refused="juror trainee"),
    Row(
        "trainees:enrol",
        get="director stranger",
        post="director stranger",
        refused=f"trainer counsellor {STRANGERS}",
        posted=422,
        data={"birth_name": "MARTIN"},
    ),
    Row(
        "trainees:import",
        get="director stranger",
        post="director stranger",
        refused=f"trainer counsellor {STRANGERS}",
        posted=422,
        data={"content": "nothing"},
    ),
    Row("trainees:import_model", get="director stranger", refused=f"trainer counsellor {STRANGERS}"),
    Row(
        "trainees:identity",
        pk("enrollment"),
        get="team certifier",
        post="director",
        refused="trainee",
        data={
            "birth_name": "DUPONT",
            "first_names": "Samira",
            "sex": "F",
            "birth_date": "17/05/1990",
            "birth_country": "France",
        },
    ),
    Row(
        "trainees:contract",
        pk("enrollment"),
        get="director",
        post="director",
        refused="trainer counsellor trainee certifier",
        posted=422,
    ),
    Row(
        "trainees:referent",
        pk("enrollment"),
        get="director",
        post="director",
        refused="trainer counsellor trainee certifier",
        data=lambda world: {"referent": world.counsellor.pk},
    ),
    Row("trainees:account", pk("enrollment"), get="team", post="team", posted=409, **PATH),
    Row(
        "trainees:plan",
        pk("enrollment"),
        get="team certifier",
        post="director",
        refused="trainee",
        data=HOURS,
    ),
    Row("trainees:hours", pk("enrollment"), get="team certifier trainee", given=attended),
    Row(
        "trainees:pause",
        pk("enrollment"),
        get="director",
        post="director",
        refused="trainer counsellor trainee certifier",
        data=lambda world: {"starts_on": clock.today(), "reason": "Congé"},
    ),
    Row(
        "trainees:resume",
        pk("enrollment"),
        get="director",
        post="director",
        refused="trainer counsellor trainee certifier",
        given=paused,
        data=lambda world: {"ends_on": clock.today()},
    ),
    Row(
        "trainees:withdraw",
        pk("enrollment"),
        get="director",
        post="director",
        refused="trainer counsellor trainee certifier",
    ),
    Row(
        "trainees:leave",
        pk("enrollment"),
        get="director",
        post="director",
        refused="trainer counsellor trainee certifier",
        data=leaving,
    ),
    Row(
        "trainees:transfer",
        pk("enrollment"),
        get="certifier",
        post="certifier",
        refused="team trainee",
        given=host,
        posted=200,
    ),
    Row("trainees:immersion_add", pk("enrollment"), get="team", post="team", posted=422, **PATH),
    Row("trainees:immersion_detail", pk("immersion"), get="certifier team trainee"),
    Row("trainees:immersion_edit", pk("immersion"), get="team", post="team", posted=422, **PATH),
    Row(
        "trainees:immersion_cancel",
        pk("immersion"),
        post="team",
        data={"reason": "L’entreprise ferme"},
        **PATH,
    ),
    Row(
        "trainees:immersion_confirm",
        pk("immersion"),
        get="team",
        post="team",
        data={"done_minutes": "30"},
        **PATH,
    ),
    Row("trainees:immersion_convention", pk("immersion"), get="team", **PATH),
    Row(
        "trainees:tutor_ask",
        pk("immersion"),
        get="team",
        post="team",
        data={"email": "tuteur@entreprise.example"},
        **PATH,
    ),
    Row(
        "trainees:tutor_appraise",
        link_of_tutor,
        get="anybody",
        post="anybody",
        data={"objectives_reached": "yes", "signed_as": "Paul Tuteur"},
    ),
    Row("trainees:session_list", get="certifier team stranger", refused="juror trainee"),
    Row(
        "trainees:session_log",
        get="trainer counsellor",
        post="trainer counsellor",
        refused=f"director stranger {STRANGERS}",
        posted=422,
        data={"theme": "Taille"},
    ),
    Row(
        "trainees:session_plan",
        get="trainer counsellor",
        post="trainer counsellor",
        refused=f"director stranger {STRANGERS}",
        given=lambda world: world.enrollment,
        posted=422,
        data={"theme": "Taille"},
    ),
    Row("trainees:session_detail", pk("training_session"), get="certifier team", given=attended),
    Row(
        "trainees:session_hold",
        pk("planned_session"),
        get="trainer counsellor",
        post="trainer counsellor",
        refused="director certifier",
        posted=422,
        data={"theme": "Taille"},
    ),
    Row(
        "trainees:session_change",
        pk("planned_session"),
        get="team",
        post="team",
        refused="certifier",
        posted=422,
        data={"theme": "Taille"},
    ),
    Row(
        "trainees:session_cancel",
        pk("planned_session"),
        post="team",
        refused="certifier",
        data={"reason": "Gel"},
    ),
    Row(
        "trainees:session_withdraw",
        pk("training_session"),
        post="team",
        refused="certifier",
        given=attended,
        data={"reason": "Doublon"},
    ),
    Row(
        "trainees:attendance_correct",
        presence_of,
        get="team",
        post="team",
        refused="certifier",
        given=attended,
        data={"minutes": "1 h", "reason": "Départ plus tôt"},
    ),
]
