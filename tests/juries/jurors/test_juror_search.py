"""The pool: what jurors say of themselves, what is shown of them, and how it is searched."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import Invitation
from core import clock
from core.errors import DomainError, StaleState
from core.models import JournalEntry
from juries.enums import College
from juries.services.jurors.availability import date_conflicts_on, note_unavailability, remove_unavailability
from juries.services.jurors.employers import declare_employer, remove_employer
from juries.services.jurors.jurors import add_juror, invite_juror_again
from tests.factories import JurorFactory, StructureFactory, UserFactory
from tests.juries import builders

pytestmark = pytest.mark.django_db


def in_days(days: int):
    return clock.today() + timedelta(days=days)


def page_of(client, url_name: str, *args, **query) -> str:
    return client.get(reverse(url_name, args=args), query).content.decode()


def test_a_juror_notes_the_days_when_they_cannot_sit(client, juror):
    client.force_login(juror)
    url = reverse("juries:juror_availability", args=[juror.juror.pk])

    client.post(url, {"starts_on": in_days(10).isoformat(), "ends_on": in_days(12).isoformat()})

    row = juror.juror.unavailabilities.get()
    assert (row.starts_on, row.ends_on, row.noted_by) == (in_days(10), in_days(12), juror)


def test_a_day_alone_needs_one_date(client, juror):
    client.force_login(juror)

    client.post(
        reverse("juries:juror_availability", args=[juror.juror.pk]), {"starts_on": in_days(10).isoformat()}
    )

    assert juror.juror.unavailabilities.get().ends_on == in_days(10)


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [(10, 9, "finit le jour"), (-10, -9, "passés"), (1, 500, "Un an au plus")],
)
def test_days_that_cannot_be_are_refused(certifier, first, last, sentence):
    with pytest.raises(DomainError, match=sentence):
        note_unavailability(
            juror=JurorFactory(), starts_on=in_days(first), ends_on=in_days(last), by=certifier
        )


def test_the_same_days_are_noted_once_and_taken_back_once(certifier):
    juror = JurorFactory()
    days = {"juror": juror, "starts_on": in_days(3), "ends_on": in_days(5), "by": certifier}
    row = note_unavailability(**days)

    with pytest.raises(StaleState):
        note_unavailability(**days)
    remove_unavailability(row=row, by=certifier)
    with pytest.raises(StaleState):
        remove_unavailability(row=row, by=certifier)

    assert not juror.unavailabilities.exists()


def test_what_keeps_from_a_day_is_an_absence_or_another_jury(certifier):
    session = builders.planned(days=30)
    busy, away, free = builders.other_juror(session), JurorFactory(), JurorFactory()
    note_unavailability(juror=away, starts_on=in_days(29), ends_on=in_days(31), by=certifier)

    found = date_conflicts_on([in_days(30), in_days(40)], [busy, away, free])

    assert {(row.juror_id, row.day) for row in found} == {(busy.pk, in_days(30)), (away.pk, in_days(30))}
    assert "siège déjà ce jour-là" in next(row.sentence for row in found if row.juror_id == busy.pk)
    assert "indisponible du" in next(row.sentence for row in found if row.juror_id == away.pk)
    assert date_conflicts_on([in_days(30)], [busy], apart_from=session) == []


def test_an_employer_is_a_structure_or_a_name(certifier):
    juror, structure = JurorFactory(), StructureFactory()

    declare_employer(juror=juror, structure=structure, from_year=2001, until_year=2005, by=certifier)
    declare_employer(juror=juror, name="  Paysages du Lez ", from_year=2006, by=certifier)
    with pytest.raises(DomainError, match="l’un des deux"):
        declare_employer(juror=juror, structure=structure, name="Paysages", from_year=2001, by=certifier)

    assert sorted(map(str, juror.employers.all())) == sorted([str(structure), "Paysages du Lez"])


@pytest.mark.parametrize(
    ("years", "sentence"),
    [
        ({"from_year": 2010, "until_year": 2009}, "On quitte un employeur"),
        ({"from_year": 2099}, "pas encore venue"),
    ],
)
def test_years_in_disorder_are_refused(certifier, years, sentence):
    with pytest.raises(DomainError, match=sentence):
        declare_employer(juror=JurorFactory(), name="La Halle", by=certifier, **years)


def test_an_employer_taken_off_stays_in_the_journal(certifier):
    row = declare_employer(juror=JurorFactory(), name="La Halle", from_year=2001, by=certifier)

    remove_employer(row=row, by=certifier)

    assert JournalEntry.objects.filter(action="juries.juror.employer_removed").exists()


def test_the_account_of_a_juror_is_shown_invited_then_open(client, certifier):
    juror = add_juror(
        email="ines@essai.example",
        first_name="Inès",
        last_name="Neuve",
        college=College.EMPLOYEE,
        organisation="Union",
        region="76",
        by=certifier,
    )
    client.force_login(certifier)

    before = page_of(client, "juries:juror_list")
    juror.user.set_password("un-mot-de-passe-sûr")
    juror.user.save()

    assert "invité le" in before
    assert "compte ouvert" in page_of(client, "juries:juror_list")


def test_a_juror_whose_account_waits_is_invited_again_and_the_others_not(certifier):
    waiting = JurorFactory(user=UserFactory(password="!"))

    invite_juror_again(juror=waiting, by=certifier)
    with pytest.raises(StaleState, match="déjà ouvert"):
        invite_juror_again(juror=JurorFactory(), by=certifier)

    assert Invitation.objects.get().user == waiting.user


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"region": "76"}, {"Aube", "Brun"}),
        ({"college": "employee"}, {"Brun"}),
        ({"trade": "maraîch"}, {"Aube"}),
        ({"trained": "yes"}, {"Cerf"}),
        ({"trained": "no", "region": "76"}, {"Aube", "Brun"}),
        ({"free_on": "day"}, {"Brun", "Cerf"}),
        ({"place": "out"}, set()),
        ({"q": "cerf"}, {"Cerf"}),
        ({"q": "l'orme"}, {"Aube"}),
        ({"q": "aube oree"}, {"Aube"}),
        ({"trade": "maraichere"}, {"Aube"}),
        ({"region": "nowhere"}, {"Aube", "Brun", "Cerf"}),
    ],
)
def test_the_pool_is_searched(client, certifier, query, found):
    aube = JurorFactory(user__last_name="Aube", trade="Maraîchère", organisation="L’Orme à l’Orée")
    JurorFactory(user__last_name="Brun", college=College.EMPLOYEE)
    JurorFactory(user__last_name="Cerf", region="32", trained_on=clock.today())
    note_unavailability(juror=aube, starts_on=in_days(8), ends_on=in_days(8), by=certifier)
    client.force_login(certifier)
    query = {name: in_days(8).isoformat() if value == "day" else value for name, value in query.items()}

    page = page_of(client, "juries:juror_list", **query)

    assert {name for name in ("Aube", "Brun", "Cerf") if f"{name}</a>" in page} == found


def test_the_page_of_a_juror_tells_what_each_jury_was(client, certifier):
    session = builders.released()
    juror = builders.president(session)
    client.force_login(certifier)

    assert "a présidé" in page_of(client, "juries:juror_detail", juror.pk)


def test_a_juror_does_not_open_the_page_of_another(client, juror):
    client.force_login(juror)
    url = reverse("juries:juror_availability", args=[JurorFactory().pk])

    assert client.get(url).status_code == 404
