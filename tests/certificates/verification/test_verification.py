"""What anybody learns of a certificate by its code, and what nobody does."""

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from certificates.forms.verification import CodeForm, read_code
from certificates.models import Certificate
from certificates.models.register import CODE_ALPHABET, CODE_LENGTH
from certificates.services.register.lines import replace_certificate, revoke_certificate
from core import clock
from tests.factories.register import certificate_of

UNKNOWN = "0123456789ABCDEF"


@pytest.fixture
def one_minute():
    """However slow the machine, no minute ends."""
    with clock.at(clock.now()):
        yield


def address(code: str) -> str:
    return reverse("certificates:verify_code", args=[code])


@settings(deadline=None)
@given(
    code=st.text(CODE_ALPHABET, min_size=CODE_LENGTH, max_size=CODE_LENGTH),
    separators=st.lists(
        st.sampled_from(["", " ", "-", "–", ".", "_", "\u00a0"]), min_size=CODE_LENGTH, max_size=CODE_LENGTH
    ),
    choices=st.randoms(use_true_random=False),
)
def test_a_code_is_read_however_it_was_copied(code, separators, choices):
    alike = {"0": "0Oo", "1": "1IiLl"}
    copied = "".join(
        choices.choice(alike.get(letter, letter + letter.lower())) + separator
        for letter, separator in zip(code, separators, strict=True)
    )

    assert read_code(f"  {copied} ") == code
    assert read_code(f"https://cqp.example/verifier/{copied}/") == code


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Écrivez le code"),
        ("8K3M Z0QW", "vous en avez écrit 8"),
        ("CQP-2026-000001", "numéro du registre"),
        ("8K3M Z0QW T7VX 2PAU", "jamais de U"),
        ("éééé éééé éééé éééé", "sans accent"),
    ],
)
def test_what_is_no_code_is_told_kindly(typed, sentence):
    form = CodeForm({"code": typed})

    assert sentence in form.errors["code"][0]


def test_the_field_leads_to_the_page_of_the_code(client):
    response = client.get(reverse("certificates:verify"), {"code": "8k3m z0qw-t7vx 2pab"})

    assert response.status_code == 302
    assert response["Location"] == address("8K3MZ0QWT7VX2PAB")


def test_the_field_answers_422_and_keeps_what_was_typed(client, db):
    response = client.get(reverse("certificates:verify"), {"code": "8K3M"})

    assert response.status_code == 422
    assert 'value="8K3M"' in response.content.decode()


def test_a_certificate_is_genuine_before_its_file_is_drawn(client, db):
    certificate = certificate_of(first_names="Samira Inès", birth_name="BENALI", birth_place="Ville-Secrète")

    response = client.get(address(certificate.code))

    page = response.content.decode()
    assert response.status_code == 200
    assert "Authentique et valide" in page
    for fact in ("Samira Inès", "BENALI", "17\u00a0mai 1990", "Espaces verts", "Sète", certificate.number):
        assert fact in page
    assert "Comportements et Tâches du métier" in page


def test_the_address_of_a_square_is_read_with_the_proof_that_follows_it():
    assert (
        read_code("https://cqp.example/verifier/8K3MZ0QWT7VX2PAB/#eyJhbGciOiJFUzI1NiJ9.e30.c2ln")
        == "8K3MZ0QWT7VX2PAB"
    )
    assert read_code("https://cqp.example/verifier/8K3MZ0QWT7VX2PAB?p=1") == "8K3MZ0QWT7VX2PAB"
    assert CodeForm({"code": f"https://cqp.example/verifier/8K3MZ0QWT7VX2PAB/#{'a' * 400}"}).is_valid()


def test_the_page_tells_neither_the_birthplace_nor_the_structure_nor_the_reason(client, certifier):
    certificate = certificate_of(birth_place="Ville-Secrète")
    revoke_certificate(certificate=certificate, reason="Motif intime", by=certifier)

    page = client.get(address(certificate.code)).content.decode()

    assert "Révoqué le" in page
    for secret in ("Ville-Secrète", certificate.structure_name, "Motif intime", str(certificate.pk)):
        assert secret not in page


def test_a_replaced_code_does_not_lead_to_the_new_identity(client, certifier):
    old = certificate_of(first_names="Samir", sex="M")
    new = replace_certificate(
        certificate=old, changes={"first_names": "Samira", "sex": "F"}, reason="État civil", by=certifier
    )

    page = client.get(address(old.code)).content.decode()

    assert f"Remplacé par {new.number}" in page
    assert new.code not in page
    assert "Samira" not in page


def test_an_unknown_code_gets_a_kind_page_and_404(client, db):
    response = client.get(address(UNKNOWN))

    assert response.status_code == 404
    assert "Inconnu" in response.content.decode()
    assert "0123 4567 89AB CDEF" in response.content.decode()


@pytest.mark.parametrize("code", ["<script>", "%00", "é" * 300, "CQP-2026-000001", "..", "8K3M'--"])
def test_any_text_in_the_address_is_an_unknown_code(client, db, code):
    response = client.get(address(code))

    assert response.status_code == 404
    assert "<script>alert" not in response.content.decode()


def test_a_known_and_an_unknown_code_cost_the_same_single_query(client, db, django_assert_num_queries):
    certificate = certificate_of()

    with django_assert_num_queries(1):
        client.get(address(certificate.code))
    with django_assert_num_queries(1):
        client.get(address(UNKNOWN))


@pytest.mark.parametrize("code", ["known", UNKNOWN])
def test_no_robot_and_no_cache_keeps_a_verification(client, db, code):
    if code == "known":
        code = certificate_of().code

    response = client.get(address(code))

    assert "noindex" in response["X-Robots-Tag"]
    assert "no-store" in response["Cache-Control"]


@pytest.mark.usefixtures("one_minute")
def test_three_hundred_tries_in_a_minute_get_thirty_answers_and_then_a_page_that_says_to_wait(client, db):
    code = certificate_of().code
    statuses = [client.get(address(UNKNOWN)).status_code for _ in range(300)]

    response = client.get(address(code))

    assert statuses == [404] * 30 + [429] * 270
    assert response.status_code == 429
    assert response["Retry-After"] == "60"
    assert "Attendez une minute" in response.content.decode()
    assert client.get(address(code), REMOTE_ADDR="192.0.2.7").status_code == 200


@pytest.mark.usefixtures("one_minute")
def test_a_try_that_is_refused_asks_nothing_of_the_database(client, db, django_assert_num_queries):
    for _ in range(30):
        client.get(address(UNKNOWN))

    with django_assert_num_queries(0):
        assert client.get(address(UNKNOWN)).status_code == 429


def test_a_demonstration_certificate_says_that_it_is_worth_nothing(client, db, settings):
    settings.DEMO = True

    page = client.get(address(certificate_of().code)).content.decode()

    assert "Exemple sans valeur" in page


def test_reading_a_certificate_writes_nothing(client, db):
    certificate = certificate_of()
    before = Certificate.objects.values().get(pk=certificate.pk)

    client.get(address(certificate.code))

    assert Certificate.objects.values().get(pk=certificate.pk) == before
