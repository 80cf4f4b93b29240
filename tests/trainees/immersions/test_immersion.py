from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta

from core import clock
from core.errors import DomainError, StaleState
from core.models import JournalEntry
from trainees.models import Immersion
from trainees.models.enrollments.enrollment import MOST_MINUTES
from trainees.services.immersions import confirm_immersion, immersion_warnings

pytestmark = pytest.mark.date_sensitive


def ago(days: int) -> date:
    return clock.today() - timedelta(days=days)


@pytest.fixture(autouse=True)
def _long_contract(enrollment):
    enrollment.contract_start = ago(500)
    enrollment.save()


def test_an_immersion_counts_once_confirmed(do_immerse, enrollment, director):
    immersion = do_immerse(host_siret="732 829 320 00074")

    enrollment.refresh_from_db()
    assert enrollment.done_immersion_minutes == 0
    confirm_immersion(immersion=immersion, done_minutes=30 * 60, by=director)
    enrollment.refresh_from_db()
    assert enrollment.done_immersion_minutes == 30 * 60
    assert immersion.host_siret == "73282932000074"
    assert JournalEntry.objects.filter(topic_id=enrollment.pk).count() == 2


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"planned_minutes": 0}, "prévoit des heures"),
        ({"planned_minutes": 10 * 10 * 60 + 1}, "10 heures par jour"),
        ({"host_name": " "}, "La convention nomme"),
        ({"host_name": "=1+1"}, "formule"),
        ({"host_siret": "123"}, "SIRET"),
    ],
)
def test_an_impossible_immersion_is_refused(do_immerse, changes, words):
    with pytest.raises(DomainError, match=words):
        do_immerse(**changes)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (lambda: (ago(40), ago(41)), "finit avant"),
        (lambda: (ago(40), ago(40) + relativedelta(months=1)), "un mois au plus"),
        (lambda: (ago(501), ago(490)), "sort du contrat"),
    ],
)
def test_an_immersion_on_impossible_days_is_refused(do_immerse, days, words):
    starts_on, ends_on = days()

    with pytest.raises(DomainError, match=words):
        do_immerse(starts_on=starts_on, ends_on=ends_on)

    assert Immersion.objects.count() == 0


def test_a_month_from_date_to_date_is_the_longest(do_immerse):
    assert do_immerse(ends_on=ago(40) + relativedelta(months=1) - timedelta(days=1)).pk


def test_nobody_is_their_own_tutor(do_immerse, enrollment):
    trainee = enrollment.trainee

    with pytest.raises(DomainError, match="Le tuteur ne peut pas"):
        do_immerse(tutor_name=f"{trainee.birth_name.lower()} {trainee.first_names}")


def test_two_immersions_do_not_overlap(do_immerse):
    do_immerse()

    with pytest.raises(DomainError, match="déjà prévue chez"):
        do_immerse(host_name="Autre entreprise", starts_on=ago(31), ends_on=ago(25))


def test_an_immersion_is_renewed_once_for_the_same_purpose(do_immerse):
    first = do_immerse()
    later = {"starts_on": ago(30), "ends_on": ago(25)}

    with pytest.raises(DomainError, match="Indiquez que celle-ci la renouvelle"):
        do_immerse(**later)
    later["renewal_reason"] = "Tenir le poste seule"
    with pytest.raises(DomainError, match="garde le même objet"):
        do_immerse(renews=first, purpose="confirm", **later)
    with pytest.raises(DomainError, match="même entreprise"):
        do_immerse(renews=first, host_name="Autre", **later)
    with pytest.raises(DomainError, match="commence après"):
        do_immerse(renews=first, starts_on=ago(60), ends_on=ago(50))
    renewal = do_immerse(renews=first, **later)
    for renewed in (first, renewal):
        with pytest.raises(DomainError, match="qu’une fois"):
            do_immerse(renews=renewed, starts_on=ago(20), ends_on=ago(15))


def test_a_host_takes_somebody_60_days_a_year_at_most(do_immerse):
    first = do_immerse(starts_on=ago(300), ends_on=ago(276))
    do_immerse(renews=first, renewal_reason="Le geste", starts_on=ago(270), ends_on=ago(246))

    with pytest.raises(DomainError, match="61 jours"):
        do_immerse(objectives="Autres", starts_on=ago(200), ends_on=ago(190))

    a_year_after = {"starts_on": ago(300) + relativedelta(years=1)}
    a_year_after["ends_on"] = a_year_after["starts_on"]
    assert do_immerse(objectives="Autres", planned_minutes=60, **a_year_after).pk


def test_a_host_signs_two_conventions_a_year_at_most(do_immerse):
    for number, start in enumerate((100, 80)):
        do_immerse(objectives=f"But {number}", starts_on=ago(start), ends_on=ago(start - 9))

    with pytest.raises(DomainError, match="Deux conventions"):
        do_immerse(objectives="But 3", starts_on=ago(60), ends_on=ago(55), host_name="PEPINIERES DU SUD")


def test_a_host_is_known_by_its_siret_or_its_name(do_immerse):
    do_immerse(host_siret="73282932000074")

    with pytest.raises(DomainError, match="Indiquez que celle-ci"):
        do_immerse(host_name="Sud", host_siret="73282932000074", starts_on=ago(20), ends_on=ago(15))
    with pytest.raises(DomainError, match="Indiquez que celle-ci"):
        do_immerse(host_name="pépinières DU SUD", starts_on=ago(20), ends_on=ago(15))
    assert do_immerse(host_name="Sud", starts_on=ago(20), ends_on=ago(15)).pk


def test_more_than_a_quarter_of_the_contract_is_told_and_not_refused(do_immerse, enrollment):
    enrollment.contract_start, enrollment.contract_end = ago(45), ago(5)
    enrollment.save()

    immersion = do_immerse(ends_on=ago(25))

    assert "39" in immersion_warnings(immersion)[0]
    immersion.enrollment.contract_start = ago(500)
    assert immersion_warnings(immersion) == []


def test_an_immersion_is_confirmed_from_its_last_day_and_once(do_immerse, director):
    immersion = do_immerse(starts_on=ago(5), ends_on=ago(-1))
    with pytest.raises(DomainError, match="à partir de ce jour-là"):
        confirm_immersion(immersion=immersion, done_minutes=60, by=director)

    Immersion.objects.update(ends_on=clock.today())
    for minutes, words in [(0, "plus de zéro"), (6 * 600 + 1, "10 heures par jour")]:
        with pytest.raises(DomainError, match=words):
            confirm_immersion(immersion=immersion, done_minutes=minutes, by=director)
    confirm_immersion(immersion=immersion, done_minutes=60, by=director)
    with pytest.raises(StaleState, match="déjà confirmée"):
        confirm_immersion(immersion=immersion, done_minutes=60, by=director)


def test_an_immersion_does_not_pass_399_hours(do_immerse, enrollment, director):
    immersion = do_immerse()
    enrollment.done_production_minutes = MOST_MINUTES - 60
    enrollment.save()

    with pytest.raises(DomainError, match="399 heures"):
        confirm_immersion(immersion=immersion, done_minutes=61, by=director)
