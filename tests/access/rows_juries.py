"""Sessions and deliberations, then certificates and their verification."""

import hashlib

from django.core.files.base import ContentFile

from core import clock
from evaluations.enums import TestKind
from evaluations.models import Dossier
from juries.enums import Outcome, SessionState
from juries.models import Decision, JurySession, Minutes
from tests.access.rows_certificates import ROWS as CERTIFICATES
from tests.access.rows_juries_after import ROWS as AFTER
from tests.access.rows_juries_convocations import ROWS as LETTERS
from tests.access.rows_juries_pool import ROWS as POOL_FACTS
from tests.access.rows_layouts import ROWS as LAYOUTS
from tests.access.table import Row, pk
from tests.access.world import World


def own_juror(world: World) -> dict:
    return {"pk": world.juror.juror.pk}


def deliberated(world: World) -> None:
    """The jury has deliberated, and its minutes wait for the one juror present."""
    rows = JurySession.objects.filter(pk=world.session.pk)
    rows.update(state=SessionState.DELIBERATED, deliberated_at=clock.now())
    juror = world.juror.juror
    content = {
        "certifier": "CHANTIER école",
        "session": {"held_on": "2026-03-02", "deliberated_at": "2026-03-02T16:00:00+00:00"},
        "rules": {"version": 1, "source": "Exemple", "quorum": 2, "appeal_days": 90},
        "jurors": [
            {"id": str(juror.pk), "name": str(juror), "quality": "présidence", "college": "", "present": True}
        ],
        "candidates": [],
    }
    Minutes.objects.create(session=world.session, content=content, content_sha256="0" * 64)


def minutes_drawn(world: World) -> None:
    deliberated(world)
    minutes: Minutes = world.session.minutes
    minutes.file.save("minutes/essai.pdf", ContentFile(b"%PDF-1.7"), save=False)
    sha256 = hashlib.sha256(b"%PDF-1.7").hexdigest()
    Minutes.objects.filter(pk=minutes.pk).update(file=minutes.file.name, file_sha256=sha256)


def dossier_drawn(world: World) -> None:
    dossier: Dossier = world.candidate.dossier
    dossier.file.save("dossiers/essai.pdf", ContentFile(b"%PDF-1.7"), save=False)
    sha256 = hashlib.sha256(b"%PDF-1.7").hexdigest()
    Dossier.objects.filter(pk=dossier.pk).update(file=dossier.file.name, file_sha256=sha256)


def released(world: World) -> None:
    candidate, now = world.candidate, clock.now()
    facts = {"reason": "Absent.", "recommendation": "Revenir.", "decided_by": world.juror}
    Decision.objects.create(candidate=candidate, outcome=Outcome.ADJOURNED, **facts)
    JurySession.objects.filter(pk=world.session.pk).update(
        state=SessionState.RELEASED, deliberated_at=now, released_at=now, released_by=world.certifier
    )


JUROR = {"college": "employer", "organisation": "Paysages du Lez", "region": "76"}
PLACE = {"venue": "Lycée de la Mer", "postcode": "34200", "city": "Sète"}
RULES = {
    "least_jurors": 2,
    "outside_share": 50,
    "quorum": 2,
    "notice_days": 15,
    "reminder_days": 7,
    "production_minutes": 90,
    "interview_minutes": 30,
    "break_minutes": 10,
    "parallel_panels": 1,
    "mask_below": 5,
    "release_mode": "by_certifier",
    "appeal_days": 90,
    "signatory_name": "Dominique Signataire",
    "signatory_quality": "Délégation nationale",
    "layout_version": "2026-1",
    "source": "Comité du 3 mars",
}

POOL = [
    Row("juries:juror_list", get="certifier", refused="people"),
    Row(
        "juries:juror_create",
        get="certifier",
        post="certifier",
        refused="people",
        data=JUROR | {"email": "neuve@essai.example", "first_name": "Ines", "last_name": "Neuve"},
    ),
    Row("juries:juror_detail", own_juror, get="certifier juror"),
    Row("juries:juror_edit", own_juror, get="certifier", post="certifier", refused="juror", data=JUROR),
    Row(
        "juries:juror_link_add",
        own_juror,
        get="certifier juror",
        post="certifier juror",
        data=lambda world: {"structure": str(world.structure.pk), "nature": "Ancienne salariée"},
    ),
    Row("juries:calibration", get="certifier", refused="people"),
    Row("juries:settings", get="certifier", post="certifier", refused="people", data=RULES),
]

COMPOSITION = [
    Row("juries:session_list", get="certifier juror", refused="people"),
    Row(
        "juries:session_plan",
        get="certifier",
        post="certifier",
        refused="people",
        given=lambda world: world.settings,
        data=lambda world: PLACE | {"held_on": clock.today().isoformat()},
    ),
    Row("juries:session_detail", pk("session"), get="certifier juror"),
    Row("juries:session_convene", pk("session"), post="certifier", refused="juror", posted=409),
    Row(
        "juries:session_cancel", pk("session"), post="certifier", refused="juror", data={"reason": "Tempête"}
    ),
    Row("juries:session_open", pk("session"), post="certifier juror", posted=409),
    Row("juries:presence", pk("session"), get="certifier juror", post="certifier juror"),
    Row("juries:seat_add", pk("session"), get="certifier", post="certifier", refused="juror", posted=422),
    Row("juries:seat_withdraw", pk("seat"), post="certifier", refused="juror", posted=409),
    Row("juries:seat_preside", pk("seat"), post="certifier", refused="juror"),
    Row(
        "juries:candidate_add", pk("session"), get="certifier", post="certifier", refused="juror", posted=422
    ),
    Row(
        "juries:candidate_times",
        pk("candidate"),
        get="certifier",
        post="certifier",
        refused="juror",
        posted=422,
    ),
    Row("juries:candidate_remove", pk("candidate"), post="certifier", refused="juror", posted=409),
]

TIMETABLE = [
    Row("juries:timetable", pk("session"), get="certifier juror"),
    Row(
        "juries:timetable_edit", pk("session"), get="certifier", post="certifier", refused="juror", posted=422
    ),
    Row("juries:timetable_propose", pk("session"), post="certifier", refused="juror", posted=422),
    Row("juries:panels_edit", pk("session"), get="certifier", post="certifier", refused="juror", posted=422),
    Row("juries:pause_add", pk("session"), post="certifier", refused="juror", posted=422),
    Row("juries:pause_remove", pk("pause"), post="certifier", refused="juror", posted=409),
]

DELIBERATION = [
    Row("juries:candidate_detail", pk("candidate"), get="certifier juror", journals=True),
    Row(
        "juries:candidate_dossier",
        pk("candidate"),
        get="certifier juror",
        given=dossier_drawn,
        journals=True,
    ),
    Row(
        "juries:appraise",
        lambda world: {"pk": world.candidate.pk, "test": TestKind.PRODUCTION},
        get="juror",
        post="juror",
        refused="certifier",
        journals=True,
    ),
    Row("juries:minutes_preview", pk("session"), get="juror", refused="certifier"),
    Row("juries:deliberation", pk("session"), get="juror", refused="certifier"),
    Row("juries:decide", pk("candidate"), get="juror", post="juror", refused="certifier", posted=422),
    Row("juries:follow_unanimous", pk("session"), post="juror", refused="certifier", posted=409),
    Row("juries:session_close", pk("session"), post="juror", refused="certifier", posted=409),
    Row("juries:minutes", pk("session"), get="certifier juror", given=deliberated),
    Row("juries:minutes_sign", pk("session"), post="juror", refused="certifier", given=deliberated),
    Row("juries:minutes_file", pk("session"), get="certifier juror", given=minutes_drawn, journals=True),
    Row("juries:session_release", pk("session"), post="certifier", refused="juror", posted=409),
]

ROWS = POOL + POOL_FACTS + COMPOSITION + TIMETABLE + DELIBERATION + AFTER + CERTIFICATES + LAYOUTS + LETTERS
