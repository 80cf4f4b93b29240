"""The register for those who may read it, and the verification for everybody."""

from certificates.documents.credentials.jwk import published_keys
from certificates.models import RenderingPause
from certificates.services.verification import result_for_code, sign_statement
from core.enums import WorkState
from core.models import Work
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
    RenderingPause.objects.create(reason="La signature change", paused_by=world.certifier)


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
    return {"text": sign_statement(result_for_code(world.certificate.code))}


DRAWING = [
    Row("certificates:rendering", get="certifier", refused="people", given=held_and_failed),
    Row(
        "certificates:rendering_pause",
        post="certifier",
        refused="people",
        data={"reason": "La signature de la présidence change"},
    ),
    Row("certificates:rendering_resume", post="certifier", refused="people", given=held),
    Row("certificates:rendering_retry", post="certifier", refused="people", given=failed),
]

ARCHIVES = [
    Row("certificates:archive_list", get="certifier", post="certifier", refused="people", posted=422),
    Row(
        "certificates:archive_file",
        pk("archive"),
        get="certifier",
        refused="people",
        given=gathered,
        journals=True,
    ),
    Row("certificates:archive_retry", pk("archive"), post="certifier", refused="people"),
]

ROWS = [
    Row("certificates:certificate_list", get="people"),
    Row("certificates:register_csv", get="certifier", refused="people", journals=True),
    Row("certificates:certificate_detail", pk("certificate"), get=READERS),
    Row("certificates:certificate_file", pk("certificate"), get=READERS, given=drawn, journals=True),
    Row(
        "certificates:certificate_revoke",
        pk("certificate"),
        get="certifier",
        post="certifier",
        refused="team",
        data={"reason": "Fraude au dossier"},
    ),
    Row(
        "certificates:certificate_replace",
        pk("certificate"),
        get="certifier",
        post="certifier",
        refused="team",
        data=CORRECTION,
    ),
    Row(
        "certificates:certificate_duplicate",
        pk("certificate"),
        post="certifier",
        refused="team",
        posted=200,
        data={"reason": "Parchemin perdu"},
        given=drawn,
    ),
    Row("certificates:certificate_retry", pk("certificate"), post="certifier", refused="team", given=failed),
    Row("juries:session_certificates", its_session, get="certifier juror"),
    Row("certificates:verify", get="anybody", post="anybody", posted=422),
    Row("certificates:statement", a_statement, get="anybody"),
    Row("certificates:verify_code", its_code, get="anybody"),
    Row("certificates:badge", its_code, get="anybody"),
    Row("certificates:badge_status", its_year, get="anybody"),
    Row("certificates:jwks", get="anybody"),
    Row("certificates:jwk", its_key, get="anybody"),
    Row("certificates:offline", get="anybody"),
    Row("certificates:offline_download", get="anybody"),
    *DRAWING,
    *ARCHIVES,
]
