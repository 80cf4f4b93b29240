from datetime import timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from accounts.emails import invitation_link, invitation_token, read_invitation_token
from accounts.models import Invitation, User
from accounts.services.certifiers import appoint_certifier
from accounts.services.invitations import accept_invitation, invite_person, withdraw_invitations
from accounts.tasks import send_invitation
from core import clock
from core.errors import DomainError, StaleState
from core.models import JournalEntry
from tests.factories import UserFactory

pytestmark = [pytest.mark.date_sensitive, pytest.mark.django_db]
PASSWORD = "brouette-pluie-carnet"


@pytest.fixture
def invitation(certifier):
    user = invite_person(email="ines@essai.example", first_name="Ines", last_name="Neuve", by=certifier)
    return user.invitations.get()


def accept(invitation: Invitation, **fields) -> User:
    said = {"first_name": "Inès", "last_name": "Neuve", "password": PASSWORD} | fields
    return accept_invitation(invitation=invitation, **said)


def test_an_invitation_opens_the_account_once(invitation):
    user = accept(invitation)

    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert str(user) == "Inès Neuve"
    with pytest.raises(StaleState, match="ne sert plus"):
        accept(invitation, password="autre-phrase-longue")
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_an_invitation_lasts_fourteen_days(invitation):
    with clock.at(invitation.created_at + timedelta(days=14)), pytest.raises(StaleState, match="14 jours"):
        accept(invitation)

    with clock.at(invitation.created_at + timedelta(days=14, seconds=-1)):
        assert accept(invitation).has_usable_password()


def test_an_invitation_withdrawn_opens_nothing(invitation, certifier):
    withdraw_invitations(user=invitation.user, by=certifier)

    with pytest.raises(StaleState, match="retiré"):
        accept(invitation)

    assert not User.objects.get(pk=invitation.user_id).has_usable_password()


def test_inviting_again_leaves_one_link_that_works(invitation, certifier):
    invite_person(email="INES@essai.example", first_name="", last_name="", by=certifier)

    with pytest.raises(StaleState):
        accept(invitation)
    assert accept(Invitation.objects.open().get()).first_name == "Inès"


@pytest.mark.parametrize(
    ("password", "sentence"),
    [("court", "court"), ("1234567890123", "numérique"), ("ines.neuve@essai", "semblable")],
)
def test_a_password_easy_to_guess_leaves_the_invitation_open(password, sentence, invitation):
    with pytest.raises(DomainError, match=sentence):
        accept(invitation, first_name="Ines.Neuve", password=password)

    assert Invitation.objects.open().get() == invitation


def test_a_person_with_a_password_is_only_returned(certifier):
    known = UserFactory(email="ines@essai.example")

    found = invite_person(email=" Ines@Essai.Example ", first_name="X", last_name="Y", by=certifier)

    assert found == known
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("email", ["", "ines", "ines@", "a b@essai.example", "é" * 300 + "@essai.example"])
def test_an_address_that_is_none_is_refused(email, certifier):
    with pytest.raises(DomainError):
        invite_person(email=email, first_name="Ines", last_name="Neuve", by=certifier)


def test_the_link_is_sent_once_in_plain_words(invitation, run_work):
    run_work()
    send_invitation.apply(args=["00000000-0000-0000-0000-000000000000"])

    message = mail.outbox[0]
    invitation.refresh_from_db()
    assert len(mail.outbox) == 1
    assert message.subject == "Votre accès au CQP Salarié polyvalent"
    assert "Bonjour Ines," in message.body
    assert invitation_link(invitation) in message.body
    assert "&" not in message.body
    assert invitation.sent_at is not None


def test_no_link_leaves_for_an_invitation_withdrawn_before_the_worker_came(invitation, certifier, run_work):
    withdraw_invitations(user=invitation.user, by=certifier)

    run_work()

    assert mail.outbox == []


def test_only_a_link_signed_here_is_read(invitation, settings):
    token = invitation_token(invitation)
    assert read_invitation_token(token) == invitation

    settings.SECRET_KEY = "une autre clé" * 10

    assert read_invitation_token(token) is None
    assert read_invitation_token(str(invitation.pk)) is None
    assert read_invitation_token("") is None


def test_each_step_of_an_invitation_is_in_the_journal(invitation, certifier):
    accept(invitation)

    lines = JournalEntry.objects.order_by("sequence").values_list("action", "actor_name")
    assert list(lines) == [
        ("accounts.invitation.sent", str(certifier)),
        ("accounts.invitation.accepted", "Inès Neuve"),
    ]


def test_the_first_certifier_is_made_by_a_command_that_prints_the_link(run_work):
    out = StringIO()

    call_command("create_certifier", "siege@essai.example", stdout=out)

    user = User.objects.get()
    run_work()
    assert user.is_certifier
    assert invitation_link(user.invitations.get()) in out.getvalue()
    assert "CHANTIER école vous ouvre" in mail.outbox[0].body


def test_a_person_already_there_becomes_certifier_and_keeps_their_password(certifier):
    user = UserFactory(email="siege@essai.example")
    out = StringIO()

    call_command("create_certifier", "siege@essai.example", stdout=out)
    appoint_certifier(email="siege@essai.example", by=certifier)

    user.refresh_from_db()
    assert user.is_certifier
    assert "déjà ouvert" in out.getvalue()
    assert JournalEntry.objects.filter(action="accounts.certifier.appointed").count() == 1


def test_the_command_refuses_what_is_no_address():
    with pytest.raises(CommandError, match="adresse"):
        call_command("create_certifier", "siège")

    assert not User.objects.exists()
