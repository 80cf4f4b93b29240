"""The page of the tutor: no account, one link, a kind word whatever happens."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from core import clock
from tests.factories import ImmersionFactory, TutorAppraisalFactory
from trainees.emails import tutor_token
from trainees.models import TutorAppraisal
from trainees.views.immersions.tutors import TRIES_PER_MINUTE

ANSWER = {"objectives_reached": "yes", "went_well": "Tout 🌱", "to_work_on": "", "signed_as": "Paul Tuteur"}


@pytest.fixture
def appraisal(enrollment):
    return TutorAppraisalFactory(immersion=ImmersionFactory(enrollment=enrollment))


@pytest.fixture
def url(appraisal):
    return address(tutor_token(appraisal))


def address(token: str) -> str:
    return reverse("trainees:tutor_appraise", args=[token])


def read(client, url: str, data=None):
    response = client.get(url) if data is None else client.post(url, data)
    return response.status_code, response.content.decode()


def test_a_tutor_answers_three_questions_and_is_thanked(client, url, appraisal):
    status, html = read(client, url)
    assert status == 200
    assert "Découvrir le métier de jardinier" in html
    assert 'value="Paul Tuteur"' in html

    assert client.post(url, ANSWER).headers["Location"] == url
    appraisal.refresh_from_db()
    assert (appraisal.objectives_reached, appraisal.went_well) == ("yes", "Tout 🌱")
    status, html = read(client, url)
    assert status == 200
    assert "Merci, votre avis est arrivé" in html
    assert "Tout 🌱" not in html


def test_little_is_said_of_the_trainee(client, url, appraisal):
    trainee = appraisal.immersion.enrollment.trainee
    html = read(client, url)[1]

    assert "Samira D." in html
    for secret in (trainee.birth_name, "17 mai 1990", "Sète", str(trainee.pk), str(appraisal.immersion_id)):
        assert secret not in html


def test_the_address_is_neither_indexed_nor_kept_nor_told_to_the_next_site(client, url):
    response = client.get(url)

    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "strict-origin"
    assert "no-store" in response["Cache-Control"]
    assert '<meta name="robots" content="noindex, nofollow">' in response.content.decode()


def test_the_form_is_protected_and_works_from_its_own_page_without_scripts(url, appraisal):
    browser = Client(enforce_csrf_checks=True)
    assert browser.post(url, ANSWER).status_code == 403

    browser.get(url)
    token = browser.cookies["csrftoken"].value
    assert browser.post(url, ANSWER | {"csrfmiddlewaretoken": token}).status_code == 302
    appraisal.refresh_from_db()
    assert appraisal.answered_at


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"objectives_reached": ""}, "Choisissez une réponse"),
        ({"objectives_reached": "peut-être"}, "choix"),
        ({"signed_as": ""}, "Signez"),
        ({"signed_as": "=1+1"}, "formule"),
        ({"went_well": "é" * 10_000}, "1000"),
        ({"to_work_on": "a\x00b"}, "caractère nul"),
        ({"to_work_on": "a\u202eb"}, "invisible"),
    ],
)
def test_what_is_refused_is_kept_as_typed(client, url, appraisal, changes, words):
    status, html = read(client, url, ANSWER | {"went_well": "Soigneuse"} | changes)

    assert status == 422
    assert words in html
    assert "went_well" in changes or "Soigneuse" in html
    appraisal.refresh_from_db()
    assert appraisal.answered_at is None


def test_a_second_tab_is_thanked_and_changes_nothing(client, url, appraisal):
    client.post(url, ANSWER)

    status, html = read(client, url, ANSWER | {"objectives_reached": "no"})

    assert status == 200
    assert "votre avis est arrivé" in html
    assert TutorAppraisal.objects.get().objectives_reached == "yes"


def test_a_link_that_is_late_or_withdrawn_says_whom_to_ask(client, url, appraisal, structure):
    structure.phone = "04 67 00 11 01"
    structure.save()

    with clock.at(clock.now() + timedelta(days=30)):
        for data in (None, ANSWER):
            status, html = read(client, url, data)
            assert status == 410
            assert "04 67 00 11 01" in html
    TutorAppraisal.objects.update(revoked_at=clock.now())
    assert read(client, url)[0] == read(client, url, ANSWER)[0] == 410
    appraisal.refresh_from_db()
    assert appraisal.answered_at is None


@pytest.mark.parametrize("token", ["x", "a:b", "é" * 1_000, "%00", "%0A", "..", "🌱", "x" * 10_000])
def test_a_forged_link_is_a_page_that_says_what_to_do(client, db, token):
    status, html = read(client, address("TOKEN").replace("TOKEN", token))

    assert status == 404
    assert "Ce lien ne sert plus" in html or "existe pas" in html


def test_a_token_of_another_row_of_the_house_opens_nothing(client, url, appraisal):
    body, signature = tutor_token(appraisal).split(":")
    other = TutorAppraisalFactory()

    assert read(client, address(f"{other.pk}:{signature}"))[0] == 404
    assert read(client, address(f"{body.upper()}:{signature}"))[0] == 404


def test_whoever_tries_links_at_random_is_slowed_down(client, url):
    for _ in range(TRIES_PER_MINUTE):
        assert client.get(url).status_code == 200

    response = client.get(url)
    assert response.status_code == 429
    assert response["Retry-After"] == "60"
    assert client.post(url, ANSWER).status_code == 429
    assert client.get(url, REMOTE_ADDR="192.0.2.7").status_code == 200


def test_reading_the_page_asks_few_queries(client, url, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        client.get(url)
