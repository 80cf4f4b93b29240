"""Experience sheets, the gateway of an enrolment, sealed dossiers."""

import hashlib
from uuid import uuid4

from django.core.files.base import ContentFile

from core import clock
from core.enums import WorkState
from core.models import Work
from evaluations.enums import SheetState
from evaluations.tasks import render_dossier
from tests.access.table import Row, pk
from tests.access.world import World

READERS = "certifier team trainee"
WRITERS = "team trainee"
TRAINERS = "trainer counsellor"


def story(world: World) -> dict:
    return {
        "id": uuid4(),
        "title": "La haie",
        "done_on": clock.today(),
        "what": "J’ai taillé",
        "where": "Au stade",
        f"niveau-{world.competency.pk}": 3,
    }


def told(world: World) -> None:
    world.sheet.learnt = "La précision"
    world.sheet.save()
    world.sheet.claims.create(competency=world.competency, rank=3)


def submitted(world: World) -> None:
    world.sheet.state, world.sheet.submitted_at = SheetState.SUBMITTED, clock.now()
    world.sheet.save()


def photographed(world: World) -> None:
    photo = world.sheet.photos.create()
    photo.image.save(f"{photo.pk}.jpg", ContentFile(b"a photo"))


def its_photo(world: World) -> dict:
    return {"pk": world.sheet.photos.get().pk}


def drawn(world: World) -> None:
    pdf = b"%PDF-1.7 a dossier"
    world.sealed_dossier.file_sha256 = hashlib.sha256(pdf).hexdigest()
    world.sealed_dossier.file.save("a.pdf", ContentFile(pdf), save=False)
    world.sealed_dossier.save(update_fields=["file", "file_sha256"])


def failed(world: World) -> None:
    Work.objects.create(
        task=render_dossier.name, subject_id=world.sealed_dossier.pk, state=WorkState.SET_ASIDE, attempts=8
    )


ROWS = [
    Row("evaluations:sheet_list", pk("enrollment"), get=READERS),
    Row(
        "evaluations:sheet_create",
        pk("enrollment"),
        get=WRITERS,
        post=WRITERS,
        refused="certifier",
        data=story,
    ),
    Row("evaluations:sheet_detail", pk("sheet"), get=READERS),
    Row("evaluations:sheet_edit", pk("sheet"), get=WRITERS, post=WRITERS, refused="certifier", data=story),
    Row("evaluations:sheet_submit", pk("sheet"), post=WRITERS, refused="certifier", given=told),
    Row(
        "evaluations:sheet_validate",
        pk("sheet"),
        post=TRAINERS,
        refused="certifier director trainee",
        given=submitted,
    ),
    Row(
        "evaluations:sheet_return",
        pk("sheet"),
        post=TRAINERS,
        refused="certifier director trainee",
        given=submitted,
        data={"reason": "Dites où."},
    ),
    Row("evaluations:photo_add", pk("sheet"), post=WRITERS, refused="certifier", posted=422),
    Row("evaluations:photo", its_photo, get=READERS, given=photographed),
    Row("evaluations:photo_remove", its_photo, post=WRITERS, refused="certifier", given=photographed),
    Row("evaluations:gateway", pk("enrollment"), get=READERS),
    # The dossier of the world is far from complete: those let in are told what is missing.
    Row(
        "evaluations:sign",
        pk("enrollment"),
        post=TRAINERS,
        refused="certifier director trainee",
        posted=422,
        data={"role": "trainer", "signatory": "Claude"},
    ),
    Row(
        "evaluations:seal",
        pk("enrollment"),
        post="director",
        refused="certifier trainer counsellor trainee",
        posted=409,
    ),
    Row("evaluations:dossier_list", get="certifier", others=403),
    Row("evaluations:dossier_detail", pk("sealed_dossier"), get=READERS),
    Row("evaluations:dossier_file", pk("sealed_dossier"), get=READERS, given=drawn, journals=True),
    Row("evaluations:dossier_progress", pk("sealed_dossier"), get=READERS),
    Row(
        "evaluations:dossier_retry",
        pk("sealed_dossier"),
        post="certifier director",
        refused="trainer counsellor trainee",
        given=failed,
    ),
    Row(
        "evaluations:dossier_examine",
        pk("sealed_dossier"),
        get="certifier",
        post="certifier",
        refused="team trainee",
        data={"decision": "accept"},
    ),
]
