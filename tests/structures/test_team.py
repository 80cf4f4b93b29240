from datetime import timedelta

import pytest
from django.core import mail

from accounts.models import Invitation, User
from core import clock
from core.errors import DomainError, StaleState
from core.models import JournalEntry
from structures.enums import Role
from structures.models import Membership, Structure
from structures.permissions import can_direct, can_manage_team, can_train, is_of_team, roles_of
from structures.services.team import add_member, end_membership, invite_again
from tests.factories import MembershipFactory, UserFactory

pytestmark = [pytest.mark.date_sensitive, pytest.mark.django_db]
INES = {"email": "Ines@Essai.example ", "first_name": "Ines", "last_name": "Neuve"}


def test_a_new_member_gets_an_account_an_invitation_and_access(structure, director, run_work):
    membership = add_member(structure=structure, **INES, role=Role.TRAINER, by=director)

    user = User.objects.get(email="ines@essai.example")
    run_work()
    assert membership.user == user
    assert [message.to for message in mail.outbox] == [["ines@essai.example"]]
    assert can_train(user, structure)
    assert Structure.objects.visible_to(user).get() == structure
    line = JournalEntry.objects.get(action="structures.member.added")
    assert (line.actor, line.topic_id) == (director, structure.pk)


def test_a_person_known_to_the_house_joins_without_an_invitation(structure, director):
    known = UserFactory(email="ines@essai.example", first_name="Inès")

    membership = add_member(structure=structure, **INES, role=Role.COUNSELLOR, by=director)

    assert membership.user == known
    assert membership.user.first_name == "Inès"
    assert not Invitation.objects.exists()


def test_a_person_holds_a_role_once_and_may_hold_two(structure, director, trainer):
    details = {"email": trainer.email, "first_name": "", "last_name": ""}

    with pytest.raises(DomainError, match="tient déjà ce rôle"):
        add_member(structure=structure, **details, role=Role.TRAINER, by=director)
    add_member(structure=structure, **details, role=Role.COUNSELLOR, by=director)

    assert roles_of(trainer) == {Role.TRAINER, Role.COUNSELLOR}


def test_a_closed_account_does_not_come_back_through_a_team(structure, director):
    UserFactory(email="ines@essai.example", is_active=False)

    with pytest.raises(DomainError, match="fermé"):
        add_member(structure=structure, **INES, role=Role.TRAINER, by=director)

    assert structure.memberships.filter(role=Role.TRAINER).count() == 0


def test_an_address_that_is_none_leaves_no_trace(structure, director):
    with pytest.raises(DomainError, match="adresse"):
        add_member(
            structure=structure, email="ines", first_name="I", last_name="N", role=Role.TRAINER, by=director
        )

    assert not JournalEntry.objects.exists()


def test_ending_a_membership_removes_access_at_once(structure, director, trainer):
    membership = structure.memberships.get(user=trainer)

    end_membership(membership=membership, by=director)

    assert not can_train(trainer, structure)
    assert not is_of_team(trainer, structure)
    assert not Structure.objects.visible_to(trainer).exists()
    assert Membership.objects.filter(pk=membership.pk, ends_on=clock.today()).exists()


def test_a_role_ended_the_day_it_began_may_begin_again(structure, director):
    membership = add_member(structure=structure, **INES, role=Role.TRAINER, by=director)
    end_membership(membership=membership, by=director)

    add_member(structure=structure, **INES, role=Role.TRAINER, by=director)

    assert structure.memberships.current().filter(role=Role.TRAINER).count() == 1


def test_the_last_director_stays(structure, director, certifier):
    membership = structure.memberships.get(user=director)

    with pytest.raises(DomainError, match="seule personne à la direction"):
        end_membership(membership=membership, by=certifier)

    assert can_direct(director, structure)


def test_a_director_leaves_when_another_is_there(structure, director):
    MembershipFactory(structure=structure, role=Role.DIRECTOR)

    end_membership(membership=structure.memberships.get(user=director), by=director)

    assert not can_manage_team(director, structure)


def test_a_director_to_come_does_not_count(structure, director):
    tomorrow = clock.today() + timedelta(days=1)
    MembershipFactory(structure=structure, role=Role.DIRECTOR, starts_on=tomorrow)

    with pytest.raises(DomainError, match="seule personne"):
        end_membership(membership=structure.memberships.get(user=director), by=director)


def test_a_membership_ends_once(structure, director, trainer):
    membership = structure.memberships.get(user=trainer)
    end_membership(membership=membership, by=director)

    with pytest.raises(StaleState, match="déjà quitté"):
        end_membership(membership=membership, by=director)

    assert JournalEntry.objects.filter(action="structures.member.ended").count() == 1


def test_the_invitation_is_withdrawn_with_the_last_role(structure, director):
    first = add_member(structure=structure, **INES, role=Role.TRAINER, by=director)
    second = add_member(structure=structure, **INES, role=Role.COUNSELLOR, by=director)

    end_membership(membership=first, by=director)
    assert Invitation.objects.open().filter(user=first.user).count() == 1
    end_membership(membership=second, by=director)

    assert not Invitation.objects.open().exists()
    assert JournalEntry.objects.filter(action="accounts.invitation.withdrawn").count() == 1


def test_a_second_invitation_makes_the_first_worthless(structure, director):
    membership = add_member(structure=structure, **INES, role=Role.TRAINER, by=director)
    first = Invitation.objects.get()

    invite_again(membership=membership, by=director)

    first.refresh_from_db()
    assert first.revoked_at is not None
    assert Invitation.objects.open().count() == 1


def test_a_person_whose_account_is_open_is_not_invited_again(structure, director, trainer):
    with pytest.raises(StaleState, match="déjà ouvert"):
        invite_again(membership=structure.memberships.get(user=trainer), by=director)


def test_a_member_may_have_joined_before_and_not_later_than_today(structure, director):
    today = clock.today()

    membership = add_member(
        structure=structure, **INES, role=Role.TRAINER, starts_on=today - timedelta(days=90), by=director
    )

    assert membership.starts_on == today - timedelta(days=90)
    with pytest.raises(DomainError, match="à venir"):
        add_member(
            structure=structure,
            **INES,
            role=Role.COUNSELLOR,
            starts_on=today + timedelta(days=1),
            by=director,
        )
