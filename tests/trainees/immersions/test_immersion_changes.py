"""What becomes of a planned immersion: completed, changed, cancelled, confirmed with more or less."""

from datetime import date, timedelta

import pytest

from core import clock
from core.errors import DomainError, StaleState
from core.models import JournalEntry
from tests.factories import ImmersionFactory, TutorAppraisalFactory
from trainees.models import Immersion, TutorAppraisal
from trainees.services.enrollments import leave
from trainees.services.immersions import (
    Terms,
    cancel_immersion,
    change_immersion,
    confirm_immersion,
    missing_pieces,
)

pytestmark = pytest.mark.date_sensitive

WEEK = {str(day): [["08:00", "12:00"], ["13:00", "16:00"]] for day in range(5)}


@pytest.fixture(autouse=True)
def _long_contract(enrollment):
    enrollment.contract_start = date(2026, 1, 1)
    enrollment.save()


def ago(days: int) -> date:
    return clock.today() - timedelta(days=days)


def terms(immersion: Immersion, **changes) -> dict:
    kept = Terms.of(immersion)
    return {name: getattr(kept, name) for name in Terms.__dataclass_fields__} | changes


def answered(immersion: Immersion) -> TutorAppraisal:
    return TutorAppraisalFactory(
        immersion=immersion, answered_at=clock.now(), objectives_reached="yes", signed_as="Paul Tuteur"
    )


def test_the_schedule_gives_the_hours_when_none_are_typed(do_immerse):
    monday = ago(40) - timedelta(days=ago(40).weekday())

    immersion = do_immerse(
        schedule=WEEK, planned_minutes=None, starts_on=monday, ends_on=monday + timedelta(days=1)
    )

    assert immersion.planned_minutes in (7 * 60, 14 * 60)  # less when a public holiday falls there
    assert immersion.schedule == WEEK


def test_hours_that_contradict_the_schedule_are_refused(do_immerse):
    monday = date(2026, 3, 2)
    period = {"starts_on": monday, "ends_on": monday + timedelta(days=11), "schedule": WEEK}

    with pytest.raises(DomainError, match=r"Les horaires donnent 70.h du 2 au 13.mars 2026.*35.h"):
        do_immerse(planned_minutes=35 * 60, **period)
    assert do_immerse(planned_minutes=70 * 60, **period).planned_minutes == 70 * 60


def test_a_public_holiday_counts_or_not_as_the_host_decides(do_immerse):
    easter_week = {"starts_on": date(2026, 4, 6), "ends_on": date(2026, 4, 7), "schedule": WEEK}

    assert do_immerse(planned_minutes=None, **easter_week).planned_minutes == 7 * 60
    Immersion.objects.all().delete()
    assert do_immerse(planned_minutes=14 * 60, **easter_week).planned_minutes == 14 * 60


def test_neither_hours_nor_schedule_is_refused(do_immerse):
    with pytest.raises(DomainError, match="ou donnez les horaires"):
        do_immerse(planned_minutes=None)
    with pytest.raises(DomainError, match="Aucun jour de ces horaires"):
        do_immerse(schedule={"6": WEEK["0"]}, starts_on=date(2026, 3, 2), ends_on=date(2026, 3, 6))


def test_what_the_convention_lacked_is_completed_without_a_reason(do_immerse, director):
    immersion = do_immerse()
    assert [row.name for row in missing_pieces(immersion)] == [
        "SIRET", "Lieu", "Fonction du tuteur", "Activités", "Horaires", "Adresse"
    ]  # fmt: skip

    changed = change_immersion(
        immersion=immersion,
        by=director,
        **terms(immersion, place="12 rue des Serres", tutor_role="Chef d’équipe"),
    )

    assert changed.place == "12 rue des Serres"
    assert "Lieu" not in [row.name for row in missing_pieces(changed)]
    assert JournalEntry.objects.latest("sequence").data["changed"] == ["place", "tutor_role"]


def test_what_was_agreed_changes_with_a_reason(do_immerse, director):
    immersion = do_immerse()
    shorter = terms(immersion, ends_on=ago(35), planned_minutes=20 * 60)

    with pytest.raises(DomainError, match="dites pourquoi"):
        change_immersion(immersion=immersion, by=director, **shorter)
    change_immersion(immersion=immersion, by=director, reason="Fermeture de l’entreprise", **shorter)

    immersion.refresh_from_db()
    assert (immersion.ends_on, immersion.planned_minutes) == (ago(35), 20 * 60)
    assert JournalEntry.objects.latest("sequence").reason == "Fermeture de l’entreprise"


def test_every_limit_is_checked_again_and_the_immersion_does_not_stand_in_its_own_way(do_immerse, director):
    immersion = do_immerse()
    do_immerse(host_name="Autre", starts_on=ago(20), ends_on=ago(15))

    for changes, words in [
        ({"ends_on": ago(18)}, "déjà prévue chez"),
        ({"ends_on": ago(5)}, "un mois au plus"),
        ({"planned_minutes": 200 * 60}, "10 heures par jour"),
        ({"purpose": "work"}, "un des trois"),
    ]:
        with pytest.raises(DomainError, match=words):
            change_immersion(immersion=immersion, by=director, reason="Test", **terms(immersion, **changes))
    with pytest.raises(DomainError, match="Rien n’a changé"):
        change_immersion(immersion=immersion, by=director, **terms(immersion))
    moved = terms(immersion, starts_on=ago(39), ends_on=ago(30))
    assert change_immersion(
        immersion=immersion, by=director, reason="Un jour de plus", **moved
    ).ends_on == ago(30)


def test_another_address_withdraws_the_link_sent_to_the_former(do_immerse, director):
    immersion = do_immerse(tutor_email="paul@entreprise.example")
    link = TutorAppraisalFactory(immersion=immersion)

    change_immersion(
        immersion=immersion,
        by=director,
        reason="Erreur",
        **terms(immersion, tutor_email="anne@entreprise.example"),
    )

    link.refresh_from_db()
    assert link.revoked_at


def test_an_immersion_is_cancelled_with_a_reason_that_the_journal_keeps(do_immerse, director, enrollment):
    immersion = do_immerse()
    with pytest.raises(DomainError, match="dit pourquoi"):
        cancel_immersion(immersion=immersion, reason=" ", by=director)

    cancel_immersion(immersion=immersion, reason="L’entreprise ferme", by=director)

    entry = JournalEntry.objects.latest("sequence")
    assert Immersion.objects.count() == 0
    assert (entry.action, entry.reason) == ("trainees.immersion.cancelled", "L’entreprise ferme")
    assert (entry.subject_id, entry.topic_id) == (str(immersion.pk), enrollment.pk)
    with pytest.raises(StaleState, match="vient d’être annulée"):
        cancel_immersion(immersion=immersion, reason="Encore", by=director)
    with pytest.raises(StaleState, match="vient d’être annulée"):
        confirm_immersion(immersion=immersion, done_minutes=60, by=director)


def test_what_has_happened_is_neither_changed_nor_cancelled(do_immerse, director):
    immersion = do_immerse()
    renewal = do_immerse(
        renews=immersion, renewal_reason="Le geste", starts_on=ago(30), ends_on=ago(28), planned_minutes=60
    )
    with pytest.raises(DomainError, match="renouvelle celle-ci"):
        cancel_immersion(immersion=immersion, reason="Erreur", by=director)

    answered(renewal)
    with pytest.raises(StaleState, match="Le tuteur a répondu"):
        cancel_immersion(immersion=renewal, reason="Erreur", by=director)
    confirm_immersion(immersion=immersion, done_minutes=60, by=director)
    with pytest.raises(StaleState, match="ne change plus"):
        change_immersion(immersion=immersion, by=director, reason="Erreur", **terms(immersion, place="Ici"))


def test_a_renewal_says_why_the_objectives_are_not_reached(do_immerse):
    later = {"renews": do_immerse(), "starts_on": ago(30), "ends_on": ago(25)}

    with pytest.raises(DomainError, match="ce qui reste à atteindre"):
        do_immerse(**later)
    assert (
        do_immerse(renewal_reason=" Tenir la serre seule ", **later).renewal_reason == "Tenir la serre seule"
    )


def test_more_hours_than_planned_say_why(do_immerse, director, enrollment):
    immersion = do_immerse()

    with pytest.raises(DomainError, match=r"C’est 2.h de plus"):
        confirm_immersion(immersion=immersion, done_minutes=37 * 60, by=director)
    confirm_immersion(immersion=immersion, done_minutes=37 * 60, reason="Un samedi de plus", by=director)

    immersion.refresh_from_db()
    enrollment.refresh_from_db()
    assert (immersion.done_minutes, immersion.overrun_reason) == (37 * 60, "Un samedi de plus")
    assert enrollment.done_immersion_minutes == 37 * 60


def test_a_reason_is_not_kept_for_hours_that_stay_within_the_plan(do_immerse, director):
    immersion = confirm_immersion(immersion=do_immerse(), done_minutes=60, reason="Rien", by=director)

    assert immersion.overrun_reason == ""


def test_nothing_moves_on_an_enrollment_that_has_ended(do_immerse, director, enrollment, exit_reason):
    immersion = do_immerse()
    leave(enrollment=enrollment, reason=exit_reason, by=director)

    with pytest.raises(StaleState, match="est clos"):
        change_immersion(immersion=immersion, by=director, reason="x", **terms(immersion, place="Ici"))
    with pytest.raises(StaleState, match="est clos"):
        cancel_immersion(immersion=immersion, reason="x", by=director)


@pytest.mark.parametrize("name", ["place", "tutor_role", "objectives", "tasks", "host_name"])
@pytest.mark.parametrize("text", ["a\x00b", "é" * 10_000, "a\u202eb"])
def test_texts_that_cannot_be_kept_are_refused_in_words(do_immerse, name, text):
    with pytest.raises(DomainError, match="caractère"):
        do_immerse(**{name: text})


def test_emoji_and_lines_are_kept_in_the_texts(do_immerse):
    immersion = do_immerse(tasks="Semer 🌱\r\nRepiquer", objectives="🌱 Voir")

    assert (immersion.tasks, immersion.objectives) == ("Semer 🌱\nRepiquer", "🌱 Voir")


@pytest.mark.parametrize(
    ("email", "words"), [("paul", "n’est pas valable"), ("SAMIRA@courriel.example", "personne accueillie")]
)
def test_the_address_of_the_tutor_is_one_and_not_the_trainees(do_immerse, enrollment, email, words):
    enrollment.trainee.email = "samira@courriel.example"
    enrollment.trainee.save()

    with pytest.raises(DomainError, match=words):
        do_immerse(tutor_email=email)


def test_a_second_confirmation_of_another_person_does_not_count_twice(
    do_immerse, director, trainer, enrollment
):
    immersion = do_immerse()
    stale = Immersion.objects.get(pk=immersion.pk)
    confirm_immersion(immersion=immersion, done_minutes=60, by=director)

    with pytest.raises(StaleState):
        confirm_immersion(immersion=stale, done_minutes=90, by=trainer)
    enrollment.refresh_from_db()
    assert enrollment.done_immersion_minutes == 60


def test_an_immersion_of_somebody_else_does_not_count(do_immerse):
    ImmersionFactory(starts_on=ago(40), ends_on=ago(31), host_name="Pépinières du Sud")

    assert do_immerse().pk
