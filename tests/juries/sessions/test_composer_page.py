"""The page of the composer, with and without JavaScript, and the seat that a juror leaves."""

from datetime import timedelta

import pytest
from django.urls import reverse

from core import clock
from juries.enums import College
from juries.models import JurySession, Unavailability
from juries.services.sessions.composer import compose_session
from tests.factories import JurorFactory
from tests.juries import builders

pytestmark = pytest.mark.django_db

PLACE = {"venue": "Maison des métiers", "postcode": "34200", "city": "Sète"}


def in_days(days: int):
    return clock.today() + timedelta(days=days)


@pytest.fixture
def pool():
    """Two jurors of each college."""
    return [JurorFactory(college=college) for college in College for _ in range(2)]


def composed(jurors, by) -> JurySession:
    return compose_session(
        held_on=in_days(30),
        jurors=[juror.pk for juror in jurors],
        president=jurors[0].pk,
        dossiers=[builders.accepted_dossier().pk],
        by=by,
        **PLACE,
    )


def test_the_page_creates_what_it_proposed(client, certifier, pool):
    builders.rules()
    dossier = builders.accepted_dossier()
    client.force_login(certifier)
    page = client.get(reverse("juries:composer"))
    data, place = page.context["data"], page.context["form"].initial

    response = client.post(
        reverse("juries:composer"),
        place
        | {
            "act": "create",
            "region": data.query.region,
            "day_1": data.query.held_on.isoformat(),
            "held_on": data.query.held_on.isoformat(),
            "dossiers": [str(dossier.pk)],
            "jurors": [str(option.juror.pk) for option in data.jury],
            "president": str(data.jury[0].juror.pk),
        },
    )

    session = JurySession.objects.get()
    assert response.url == reverse("juries:session_detail", args=[session.pk])
    assert session.city == dossier.enrollment.structure.city


def test_a_check_writes_nothing_and_htmx_gets_the_rules_alone(client, certifier, pool):
    builders.rules()
    dossier = builders.accepted_dossier()
    client.force_login(certifier)
    data = {"day_1": in_days(30).isoformat(), "dossiers": [str(dossier.pk)], "jurors": [str(pool[0].pk)]}

    response = client.post(
        reverse("juries:composer"), data, headers={"HX-Request": "true", "HX-Target": "verification"}
    )

    page = response.content.decode()
    assert page.lstrip().startswith("<section")
    assert "Ajoutez un juré" in page
    assert not JurySession.objects.exists()


def test_a_refused_creation_keeps_what_was_ticked(client, certifier, pool):
    builders.rules()
    dossier = builders.accepted_dossier()
    client.force_login(certifier)
    data = PLACE | {
        "act": "create",
        "day_1": in_days(30).isoformat(),
        "held_on": in_days(30).isoformat(),
        "dossiers": [str(dossier.pk)],
        "jurors": [str(pool[0].pk)],
        "president": str(pool[0].pk),
    }

    response = client.post(reverse("juries:composer"), data)

    assert response.status_code == 422
    assert [option.juror for option in response.context["data"].jury] == [pool[0]]
    assert "Maison des métiers" in response.content.decode()


def test_without_settings_the_page_says_where_to_go(client, certifier):
    client.force_login(certifier)

    assert "Adopter les réglages" in client.get(reverse("juries:composer")).content.decode()


def test_a_juror_who_withdraws_leaves_the_page_with_the_next_ones(client, certifier, pool):
    builders.rules(least_jurors=3)
    session = composed([pool[0], pool[2], pool[3]], certifier)
    leaving = session.seats.get(juror=pool[2])
    client.force_login(certifier)

    answer = client.post(
        reverse("juries:seat_withdraw", args=[leaving.pk]), {"reason": "Grippe"}, follow=True
    )

    proposed = [option.juror for option in answer.context["proposals"]]
    assert proposed == [pool[1], pool[2]]  # the college with fewest seats, whoever left comes last


def test_the_one_proposed_takes_the_seat(client, certifier, pool):
    builders.rules()
    session = composed([pool[0], pool[2]], certifier)
    client.force_login(certifier)

    client.post(reverse("juries:seat_add", args=[session.pk]), {"juror": str(pool[1].pk)})

    assert session.seats.filter(juror=pool[1]).exists()


def test_a_juror_no_longer_free_shows_on_the_session_with_the_next_ones(client, certifier, pool):
    builders.rules()
    session = composed([pool[0], pool[2]], certifier)
    Unavailability.objects.create(
        juror=pool[2], starts_on=session.held_on, ends_on=session.held_on, noted_by=certifier
    )
    client.force_login(certifier)

    page = client.get(reverse("juries:session_detail", args=[session.pk]))

    assert "est indisponible" in page.content.decode()
    assert page.context["proposals"]
