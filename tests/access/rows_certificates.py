"""The register for those who may read it, and the verification for everybody."""

from accounts.enums import WorkState
from accounts.models import Work
from juries.models import DrawingHold
from juries.proofs.keys import published_keys
from juries.services.verification import answer_for_code, statement_of
from tests.access.table import Row, pk
from tests.access.world import World

READERS = "certifier team"
CORRECTION = {
    "first_names": "Samira Inès",
    "birth_name": "DUPONT",
    "sex": "F",
    "birth_date": "1990-05-17",
    "birth_place": "Sète",
    "birth_country": "France",
    "reason": "Un prénom manquait",
}


def drawn(world: World) -> None:
    world.draw(world.certificate)


def failed(world: World) -> None:
    work = Work.objects.filter(subject_id=world.certificate.pk)
    work.update(state=WorkState.SET_ASIDE, attempts=8, error="OSError: No space left on device")


def held(world: World) -> None:
    DrawingHold.objects.create(reason="La signature change", held_by=world.certifier)


def held_and_failed(world: World) -> None:
    held(world)
    failed(world)


def gathered(world: World) -> None:
    world.draw(world.certificate)
    world.gather(world.archive)


def its_session(world: World) -> dict:
    return {"pk": world.certificate.decision.candidate.session_id}


def its_code(world: World) -> dict:
    return {"code": world.certificate.code}


def its_year(world: World) -> dict:
    return {"year": world.certificate.year}


def its_key(world: World) -> dict:
    return {"kid": published_keys()[0]["kid"]}


def a_statement(world: World) -> dict:
    return {"text": statement_of(answer_for_code(world.certificate.code))}


DRAWING = [
    Row("juries:drawing", get="certifier", refused="people", given=held_and_failed),
    Row(
        "juries:drawing_hold",
        post="certifier",
        refused="people",
        data={"reason": "La signature de la présidence change"},
    ),
    Row("juries:drawing_resume", post="certifier", refused="people", given=held),
    Row("juries:drawing_retry", post="certifier", refused="people", given=failed),
]

ARCHIVES = [
    Row("juries:archive_list", get="certifier", post="certifier", refused="people", posted=422),
    Row(
        "juries:archive_file",
        pk("archive"),
        get="certifier",
        refused="people",
        given=gathered,
        journals=True,
    ),
    Row("juries:archive_retry", pk("archive"), post="certifier", refused="people"),
]

ROWS = [
    Row("juries:certificate_list", get="people"),
    Row("juries:register_csv", get="certifier", refused="people", journals=True),
    Row("juries:certificate_detail", pk("certificate"), get=READERS),
    Row("juries:certificate_file", pk("certificate"), get=READERS, given=drawn, journals=True),
    Row(
        "juries:certificate_revoke",
        pk("certificate"),
        get="certifier",
        post="certifier",
        refused="team",
        data={"reason": "Fraude au dossier"},
    ),
    Row(
        "juries:certificate_replace",
        pk("certificate"),
        get="certifier",
        post="certifier",
        refused="team",
        data=CORRECTION,
    ),
    Row(
        "juries:certificate_duplicate",
        pk("certificate"),
        post="certifier",
        refused="team",
        posted=200,
        data={"reason": "Parchemin perdu"},
        given=drawn,
    ),
    Row("juries:certificate_retry", pk("certificate"), post="certifier", refused="team", given=failed),
    Row("juries:session_certificates", its_session, get="certifier juror"),
    Row("juries:verify", get="anybody", post="anybody", posted=422),
    Row("juries:statement", a_statement, get="anybody"),
    Row("juries:verify_code", its_code, get="anybody"),
    Row("juries:badge", its_code, get="anybody"),
    Row("juries:badge_status", its_year, get="anybody"),
    Row("juries:jwks", get="anybody"),
    Row("juries:jwk", its_key, get="anybody"),
    Row("juries:offline", get="anybody"),
    Row("juries:offline_download", get="anybody"),
    *DRAWING,
    *ARCHIVES,
]
