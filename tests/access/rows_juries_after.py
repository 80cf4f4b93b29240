"""After a jury: results of a session, letters and attestations, appeals."""

import hashlib

from django.core.files.base import ContentFile
from django.db import transaction

from core import clock
from evaluations.models import Dossier
from juries.enums import AppealState, LetterKind, Outcome, SessionState
from juries.models import Appeal, Decision, DecisionDomain, JurySession, Letter, Minutes, PartialAttestation
from juries.services.results.attestations import write_attestation
from juries.services.results.result_letters import with_letter_rows, write_result_letters
from juries.tasks import draw_attestation
from tests.access.table import Row, pk
from tests.access.world import World
from tests.factories import JurorFactory
from tests.factories.evaluations import FrameworkFactory


@transaction.atomic
def released(world: World) -> None:
    """The trainee is certified in part, written to, attested; the juror presided."""
    candidate, now = world.candidate, clock.now()
    words = {"reason": "Des gestes à revoir.", "recommendation": "Continuer.", "decided_by": world.juror}
    decision = Decision.objects.create(candidate=candidate, outcome=Outcome.PARTIAL, **words)
    for domain in FrameworkFactory().domains.all():
        DecisionDomain.objects.create(decision=decision, domain=domain, acquired=domain.number == 1)
    JurySession.objects.filter(pk=world.session.pk).update(
        state=SessionState.RELEASED, deliberated_at=now, released_at=clock.now(), released_by=world.certifier
    )
    Minutes.objects.create(session=world.session, content={"candidates": []}, content_sha256="0" * 64)
    attestation = write_attestation(decision=decision, by=world.certifier)
    draw_attestation.run.__wrapped__(attestation.pk)
    write_result_letters(with_letter_rows(Decision.objects.filter(pk=decision.pk)), {})


def filed(world: World) -> None:
    released(world)
    Appeal.objects.create(
        decision=Decision.objects.get(candidate=world.candidate),
        grounds="Je n’ai pas eu le temps.",
        filed_on=clock.today(),
        filed_by=world.trainee,
    )


def appeals_of(world: World):
    return Appeal.objects.filter(decision__candidate=world.candidate)


def assigned(world: World) -> None:
    """Given to the juror of the world, though they sat: only who is named matters here."""
    filed(world)
    appeals_of(world).update(state=AppealState.ASSIGNED, reviewer=world.juror.juror, assigned_at=clock.now())


def reviewed(world: World) -> None:
    assigned(world)
    appeals_of(world).update(
        state=AppealState.REVIEWED, opinion="À revoir.", favourable=True, reviewed_at=clock.now()
    )


def read_again(world: World) -> None:
    """The reviewer finds the sealed PDF."""
    dossier = world.candidate.dossier
    dossier.file.save("dossiers/essai.pdf", ContentFile(b"%PDF-1.7"), save=False)
    sha256 = hashlib.sha256(b"%PDF-1.7").hexdigest()
    Dossier.objects.filter(pk=dossier.pk).update(file=dossier.file.name, file_sha256=sha256)
    assigned(world)


def appeal(world: World) -> dict:
    return {"pk": appeals_of(world).get().pk}


def attestation(world: World) -> dict:
    return {"pk": PartialAttestation.objects.get(decision__candidate=world.candidate).pk}


def letter(world: World) -> dict:
    return {"pk": Letter.objects.get(kind=LetterKind.RESULT, session=world.session).pk}


def another_juror(world: World) -> dict:
    return {"reviewer": str(JurorFactory().pk)}


OPINION = {"favourable": "no", "opinion": "Le jury a bien vu tout le dossier."}
REASON = {"reason": "La relecture confirme la décision."}


def grounds(world: World) -> dict:
    return {"grounds": "Je n’ai pas eu le temps.", "filed_on": clock.today().isoformat()}


ROWS = [
    Row("juries:session_results", pk("session"), get="certifier", refused="juror", given=released),
    Row("juries:result_letter_file", letter, get="certifier team trainee", given=released),
    Row("juries:result_letter_send_again", letter, post="certifier", refused="team trainee", given=released),
    Row("juries:attestation_file", attestation, get="certifier team trainee", given=released, journals=True),
    Row(
        "juries:appeal_file",
        pk("candidate"),
        get="certifier team trainee",
        post="certifier team trainee",
        given=released,
        data=grounds,
    ),
    Row("juries:appeal_list", get="certifier juror", refused="people", given=assigned),
    Row("juries:appeal_detail", appeal, get="certifier team trainee juror", given=assigned),
    Row(
        "juries:appeal_assign",
        appeal,
        post="certifier",
        refused="team trainee juror",
        given=assigned,
        data=another_juror,
    ),
    Row(
        "juries:appeal_opinion",
        appeal,
        post="juror",
        refused="certifier team trainee",
        given=assigned,
        data=OPINION,
    ),
    Row(
        "juries:appeal_uphold",
        appeal,
        get="certifier",
        post="certifier",
        refused="team trainee juror",
        given=reviewed,
        posted=422,
    ),
    Row(
        "juries:appeal_reject",
        appeal,
        post="certifier",
        refused="team trainee juror",
        given=reviewed,
        data=REASON,
    ),
    Row(
        "juries:appeal_dismiss",
        appeal,
        post="certifier",
        refused="team trainee juror",
        given=filed,
        data=REASON,
        but={"POST juror": 404},
    ),
    Row("juries:appeal_withdraw", appeal, post="certifier team trainee", refused="juror", given=assigned),
    Row(
        "juries:appeal_dossier",
        appeal,
        get="certifier juror",
        refused="team trainee",
        given=read_again,
        journals=True,
    ),
]
