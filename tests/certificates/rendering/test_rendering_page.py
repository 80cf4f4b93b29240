"""The page of the rendering: what it shows, its actions, what htmx asks for, and what it costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from certificates.models import RenderingPause
from certificates.services.rendering.pause import pause_rendering
from certificates.services.rendering.progress import MOST_SHOWN
from core.enums import WorkState
from core.models import Work
from tests.factories import JurySessionFactory
from tests.factories.register import certificate_of

pytestmark = pytest.mark.django_db
PAGE = "/certificats/fabrication/"


@pytest.fixture
def as_certifier(client, certifier):
    client.force_login(certifier)
    return client


def failed(count: int = 1) -> list:
    session = JurySessionFactory()
    certificates = [certificate_of(session=session) for _ in range(count)]
    Work.objects.update(state=WorkState.SET_ASIDE, attempts=8, error="ValueError: logo illisible")
    return certificates


def shown(client, **headers) -> str:
    return client.get(PAGE, headers=headers).content.decode()


def test_nothing_to_do_says_so(as_certifier):
    page = shown(as_certifier)

    assert "Tous les certificats ont leur fichier." in page
    assert "Suspendre la fabrication" in page
    assert "À regarder" not in page


def test_what_was_set_aside_shows_its_reason_and_how_to_take_it_up_again(as_certifier):
    (certificate,) = failed()

    page = shown(as_certifier)

    assert certificate.full_name in page
    assert "ValueError: logo illisible" in page
    assert "après 8\xa0essais" in page
    assert reverse("certificates:certificate_retry", args=[certificate.pk]) in page
    assert "Relancer tout ce qui est de côté" in page


def test_htmx_gets_the_moving_part_alone(as_certifier):
    certificate_of()

    part = shown(as_certifier, hx_request="true")

    assert "<h1" not in part
    assert 'hx-trigger="every 2s"' in part
    assert 'data-announce="0 certificat prêt sur 1"' in part


def test_a_hold_is_shown_with_who_and_why_and_asks_less_often(as_certifier, certifier):
    certificate_of()
    pause_rendering(reason="La signature change", by=certifier)

    page = shown(as_certifier)

    assert "La signature change" in page
    assert str(certifier) in page
    assert "Reprendre la fabrication" in page
    assert "Suspendre la fabrication" not in page
    assert 'hx-trigger="every 15s"' in page


def test_when_somebody_else_holds_or_resumes_the_whole_page_is_asked_for_again(as_certifier, certifier):
    certificate_of()

    before = as_certifier.get(PAGE + "?suspendue=non", headers={"hx-request": "true"})
    pause_rendering(reason="La signature change", by=certifier)
    after = as_certifier.get(PAGE + "?suspendue=non", headers={"hx-request": "true"})

    assert "HX-Refresh" not in before
    assert 'hx-get="/certificats/fabrication/?suspendue=non"' in before.content.decode()
    assert after["HX-Refresh"] == "true"


def test_the_session_says_that_its_files_wait_without_telling_why(as_certifier, certifier):
    certificate = certificate_of()
    pause_rendering(reason="Motif interne", by=certifier)
    session = certificate.decision.candidate.session

    page = as_certifier.get(reverse("juries:session_certificates", args=[session.pk])).content.decode()

    assert "suspendue par le certificateur" in page
    assert "Motif interne" not in page


def test_holding_resuming_and_taking_up_again_come_back_to_the_page(as_certifier):
    failed()

    answers = [
        as_certifier.post(PAGE + "suspendre/", {"reason": "La signature change"}),
        as_certifier.post(PAGE + "reprendre/"),
        as_certifier.post(PAGE + "relancer/"),
    ]

    assert [answer["Location"] for answer in answers] == [PAGE] * 3
    assert not RenderingPause.objects.open().exists()
    assert not Work.objects.filter(state=WorkState.SET_ASIDE).exists()


def test_a_refused_act_answers_409_with_the_page(as_certifier):
    answers = [as_certifier.post(PAGE + act + "/") for act in ("suspendre", "reprendre", "relancer")]

    assert [answer.status_code for answer in answers] == [409] * 3
    for answer, sentence in zip(answers, ["Dites pourquoi", "pas suspendue", "rien à relancer"], strict=True):
        assert sentence in answer.content.decode()


def test_a_great_many_failures_are_counted_and_cost_no_more_queries(as_certifier):
    failed()
    with_one = queries(as_certifier)
    certificate = certificate_of()
    Work.objects.bulk_create(
        Work(
            task="certificates.tasks.rendering.render_certificate",
            subject_id=f"00000000-0000-0000-0000-{n:012d}",
            error="OSError",
        )
        for n in range(MOST_SHOWN + 4)
    )
    Work.objects.filter(subject_id=certificate.pk).update(state=WorkState.SET_ASIDE, error="OSError")

    with_many = queries(as_certifier)

    assert with_many == with_one <= 16
    assert "6\xa0autres" in shown(as_certifier)


def queries(client) -> int:
    client.get(PAGE)
    with CaptureQueriesContext(connection) as captured:
        client.get(PAGE)
    return len(captured)
