"""Certificates, dossiers and letters, each state against each move: what the tables do not hold is refused.

Sessions are in test_session_moves.py.
"""

from copy import deepcopy
from datetime import timedelta

import pytest

from certificates.enums import CERTIFICATE_MOVES, CertificateState
from certificates.models import Certificate
from certificates.services.register.lines import replace_certificate, revoke_certificate
from certificates.tasks import render_certificate
from core import clock
from core.errors import DomainError, Postponed, StaleState
from evaluations.enums import DOSSIER_MOVES, DossierState, Piece
from evaluations.models import Dossier
from evaluations.services.dossiers import accept_dossier, return_dossier, seal_dossier
from juries.enums import LETTER_MOVES, LetterKind, LetterState
from juries.models import Letter
from juries.services.convocations.delivery_log import send_again
from juries.services.sessions import cancel_session
from juries.services.sessions.convocation_replies import record_reply
from juries.tasks import send_letter
from tests.factories import EnrollmentFactory, UserFactory, seal_anyhow
from tests.factories.register import certificate_of
from tests.juries import builders, mailboxes
from tests.juries.machines import everything

pytestmark = pytest.mark.django_db


def draw(certificate: Certificate) -> None:
    render_certificate.run.__wrapped__(certificate.pk)


def revoke(certificate: Certificate) -> None:
    revoke_certificate(certificate=certificate, reason="Fraude", by=UserFactory())


def replace(certificate: Certificate) -> None:
    facts = {"changes": {"usage_name": "MARTIN"}, "reason": "Mariage"}
    replace_certificate(certificate=certificate, **facts, by=UserFactory())


CERTIFICATE_ACTS = {
    CertificateState.ISSUED: draw,
    CertificateState.REVOKED: revoke,
    CertificateState.REPLACED: replace,
}


@pytest.fixture(scope="module")
def issued(module_db):
    return certificate_of()


@pytest.mark.parametrize("after", CERTIFICATE_ACTS)
@pytest.mark.parametrize("before", CertificateState)
def test_a_certificate_makes_only_the_moves_of_its_table(issued, before, after):
    certificate = deepcopy(issued)
    CERTIFICATE_ACTS.get(before, lambda row: None)(certificate)
    act = CERTIFICATE_ACTS[after]

    if after in CERTIFICATE_MOVES[before] or act is draw:
        act(certificate)
    else:
        rows = everything()
        with pytest.raises(StaleState, match="déjà"):
            act(certificate)
        assert everything() == rows

    certificate.refresh_from_db()
    assert certificate.state == (after if after in CERTIFICATE_MOVES[before] else before)


def accept(dossier: Dossier) -> None:
    accept_dossier(dossier=dossier, by=UserFactory(is_certifier=True))


def give_back(dossier: Dossier) -> None:
    words = {Piece.values[0]: "À reprendre"}
    return_dossier(dossier=dossier, reasons=words, by=UserFactory(is_certifier=True))


def seal(dossier: Dossier) -> None:
    seal_dossier(enrollment=dossier.enrollment, by=UserFactory())


DOSSIER_ACTS = {
    DossierState.SEALED: seal,
    DossierState.ACCEPTED: accept,
    DossierState.RETURNED: give_back,
}


@pytest.mark.parametrize("after", DOSSIER_ACTS)
@pytest.mark.parametrize("before", DossierState)
def test_a_dossier_makes_only_the_moves_of_its_table(before, after):
    dossier = seal_anyhow(EnrollmentFactory())
    if before != DossierState.SEALED:
        DOSSIER_ACTS[before](dossier)

    if after in DOSSIER_MOVES[before]:
        DOSSIER_ACTS[after](dossier)
        assert dossier.enrollment.dossiers.get().state == after
    else:
        rows = everything()
        with pytest.raises(DomainError):
            DOSSIER_ACTS[after](dossier)
        assert everything() == rows
        assert dossier.enrollment.dossiers.get().state == before


def work(letter: Letter) -> None:
    send_letter.run.__wrapped__(letter.pk)


def ask_again(letter: Letter) -> None:
    send_again(letter=letter, by=letter.session.planned_by)


def confirm(letter: Letter) -> None:
    record_reply(letter=letter, coming=True, by=None)


def decline(letter: Letter) -> None:
    record_reply(letter=letter, coming=False, by=None)


def cancel(letter: Letter) -> None:
    cancel_session(session=letter.session, reason="Tempête", by=letter.session.planned_by)


LETTER_ACTS = {work: LetterState.SENT, ask_again: LetterState.TO_SEND, confirm: LetterState.CONFIRMED}
LETTER_ACTS |= {decline: LetterState.DECLINED, cancel: LetterState.USELESS}


@pytest.fixture(scope="module")
def written(module_db):
    """The convocation of a candidate, to send."""
    return builders.convened().letters.in_force().get(kind=LetterKind.CANDIDATE)


def leave_in(state: str, letter: Letter) -> Letter:
    """What services and workers would have written to leave the letter in that state."""
    now = clock.now()
    left = {"sending_started_at": now, "sent_at": now, "sent_to": "samira@essai.example"}
    facts = {
        LetterState.SENDING: {"sending_started_at": now - timedelta(seconds=1)},
        LetterState.SENT: left,
        LetterState.FAILED: {"failure": "La messagerie refuse cette adresse."},
        LetterState.CONFIRMED: left | {"replied_at": now},
        LetterState.DECLINED: left | {"replied_at": now, "reply_reason": "Malade"},
    }
    Letter.objects.filter(pk=letter.pk).update(state=state, **facts.get(state, {}))
    return Letter.objects.get(pk=letter.pk)


@pytest.mark.parametrize("act", LETTER_ACTS, ids=lambda act: act.__name__)
@pytest.mark.parametrize("before", LetterState)
@pytest.mark.parametrize("mailbox", [None, mailboxes.Refusing])
def test_a_letter_makes_only_the_moves_of_its_table(settings, written, mailbox, before, act):
    if mailbox:
        mailboxes.use(settings, mailbox)
    letter = leave_in(before, written)

    try:
        act(letter)
    except (DomainError, Postponed):
        refused = True
    else:
        refused = False

    now = Letter.objects.get(pk=letter.pk).state
    allowed = LETTER_MOVES[before]
    if act is work and LetterState.SENDING in allowed:  # a worker goes through it
        allowed = allowed | LETTER_MOVES[LetterState.SENDING]
    assert now == before or (now in allowed and not refused)
    if LETTER_ACTS[act] in LETTER_MOVES[before] and act in (confirm, decline):
        assert now == LETTER_ACTS[act]
