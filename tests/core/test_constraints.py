"""Each rule that the database itself holds, broken behind the back of the services."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError

from accounts.models import Invitation, User
from core import clock
from core.enums import WorkState
from core.models import JournalHead, Work
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def invitation(certifier):
    return Invitation.objects.create(
        user=UserFactory(), invited_by=certifier, expires_at=clock.now() + timedelta(days=14)
    )


def test_an_address_belongs_to_one_account_whatever_its_capitals():
    UserFactory(email="ines@essai.example")

    with pytest.raises(IntegrityError, match="email"):
        UserFactory(email="INES@essai.example")


def test_an_account_made_with_capitals_is_found_without():
    user = User.objects.create_user("Ines@Essai.Example", first_name="Ines")

    assert user.email == "ines@essai.example"
    assert User.objects.get_by_natural_key("INES@ESSAI.EXAMPLE") == user
    assert (str(user), user.get_short_name()) == ("Ines", "Ines")
    assert str(User(email="ines@essai.example")) == "ines@essai.example"


def test_an_invitation_is_not_both_accepted_and_withdrawn(invitation):
    with pytest.raises(IntegrityError, match="invitation_accepted_or_revoked"):
        Invitation.objects.update(accepted_at=clock.now(), revoked_at=clock.now())


def test_an_invitation_ends_after_it_begins(invitation):
    with pytest.raises(IntegrityError, match="invitation_lasts"):
        Invitation.objects.update(expires_at=invitation.created_at)


def test_a_piece_of_work_is_asked_for_once():
    subject = uuid4()
    Work.objects.create(task="essai", subject_id=subject)

    with pytest.raises(IntegrityError, match="task"):
        Work.objects.create(task="essai", subject_id=subject)


def test_work_done_carries_its_date():
    with pytest.raises(IntegrityError, match="work_done_dated"):
        Work.objects.create(task="essai", subject_id=uuid4(), state=WorkState.DONE)


def test_the_journal_has_one_end():
    with pytest.raises(IntegrityError, match="journal_head_single"):
        JournalHead.objects.create(pk=2)
