"""What forgers do to a certificate, and what the verification tells of each copy."""

import json
import zlib
from functools import cache

import pytest
from django.test import override_settings
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from certificates.documents.credentials import keys
from certificates.documents.credentials.certificate_payload import certificate_payload, payload_json
from certificates.documents.rendering.render import render_document
from certificates.documents.rendering.signing import sign
from certificates.enums import RecognisedBy, VerificationStatus
from certificates.models import Certificate
from certificates.services.register.lines import revoke_certificate
from certificates.services.verification import read_statement, result_for_file, sentences_of, sign_statement
from certificates.services.verification.file_reader import parse_file
from tests.certificates.verification.delivered_files import delivered, send, signed
from tests.factories.register import bare_certificate, certificate_of

CODE = "8K3MZ0QWT7VX2PAB"


@pytest.fixture
def issued(db):
    certificate = certificate_of(first_names="Samira", birth_name="BENALI", birth_place="Ville-Secrète")
    content = signed(certificate)
    return delivered(content, certificate), content


@cache
def specimen() -> bytes:
    return signed(bare_certificate())


def forged(certificate: Certificate, **changes) -> Certificate:
    """The same line with other words, in no database."""
    copy = Certificate.objects.get(pk=certificate.pk)
    for name, value in changes.items():
        setattr(copy, name, value)
    return copy


def added(content: bytes, facts: dict, *, compressed: bool) -> bytes:
    """The file with other facts put in at its end, as an editor of PDF saves a change."""
    text = json.dumps(facts, ensure_ascii=False).encode()
    stream = zlib.compress(text) if compressed else text
    return content + b"\n99 0 obj\n<<>>\nstream\n" + stream + b"\nendstream\nendobj\n%%EOF\n"


def told(result) -> dict[str, tuple[str, str]]:
    return {one.field: (one.found, one.expected) for one in result.differences}


def test_a_copy_with_another_name_is_told_apart_word_by_word(issued, client):
    certificate, _ = issued
    content = render_document(
        forged(certificate, birth_name="MARTIN", birth_date=certificate.birth_date.replace(day=3))
    )

    page = send(client, content).content.decode()

    result = result_for_file(content)
    assert result.status == VerificationStatus.ALTERED
    assert told(result) == {
        "holder.birth_name": ("MARTIN", "BENALI"),
        "holder.birth_date": ("3\u00a0mai 1990", "17\u00a0mai 1990"),
    }
    assert "Copie altérée" in page
    assert "<s>MARTIN</s>" in page
    assert "La signature du certificateur n’y est pas, ou n’y tient plus." in page


@pytest.mark.parametrize("compressed", [True, False])
def test_facts_changed_inside_the_signed_file_break_its_signature(issued, compressed):
    certificate, content = issued
    facts = certificate_payload(certificate) | {"title": "Ingénieur", "domains": ["Tout", "Le reste"]}

    result = result_for_file(added(content, facts, compressed=compressed))

    assert result.status == VerificationStatus.ALTERED
    assert told(result)["title"] == ("Ingénieur", certificate.title)
    assert told(result)["domains"][0] == "Tout et Le reste"
    assert result.signature.word == "broken"
    assert "La signature du certificateur y est rompue" in " ".join(sentences_of(result))


def test_a_copy_without_its_signature_is_altered(issued):
    certificate, _ = issued

    result = result_for_file(render_document(certificate))

    assert (result.status, result.signature.word, result.differences) == (
        VerificationStatus.ALTERED,
        "none",
        (),
    )


def test_a_copy_signed_by_another_key_is_altered_and_says_so(issued, tmp_path):
    certificate, _ = issued
    path = tmp_path / "other.p12"
    path.write_bytes(keys.new_certificate_key(name="Faussaire", secret="x", bounds=keys.DEMONSTRATION_BOUNDS))
    with override_settings(CERTIFICATE_KEY=str(path), CERTIFICATE_KEY_SECRET="x"):
        content = sign(render_document(certificate), certificate=certificate)

    result = result_for_file(content)

    assert (result.status, result.signature.word) == (VerificationStatus.ALTERED, "foreign")
    assert "Il est signé par quelqu’un d’autre que le certificateur." in " ".join(sentences_of(result))


def test_an_altered_copy_of_a_revoked_certificate_says_both(issued, certifier, client):
    certificate, content = issued
    revoke_certificate(certificate=certificate, reason="Fraude", by=certifier)

    page = send(client, content + b"%").content.decode()

    assert "Copie altérée" in page
    assert "Révoqué le" in page


def test_a_guess_about_what_is_not_public_learns_nothing(issued, client):
    certificate, content = issued
    wrong, right = certificate_payload(certificate), certificate_payload(certificate)
    wrong = wrong | {"holder": wrong["holder"] | {"birth_place": "Lyon"}, "structure": "Ailleurs"}

    pages = [
        send(client, added(content, facts, compressed=False)).content.decode() for facts in (wrong, right)
    ]

    assert all("Ville-Secrète" not in page and "Lyon" not in page for page in pages)
    assert all("differences" not in page for page in pages)


def test_the_site_may_move_and_its_files_stay_the_same(db):
    certificate = certificate_of()
    content = signed(certificate)

    with override_settings(SITE_URL="https://moved.example"):
        result = result_for_file(content)

    assert (result.status, result.recognised_by) == (VerificationStatus.VALID, RecognisedBy.SIGNATURE)


def test_a_line_without_fingerprint_does_not_answer_for_other_facts(db):
    certificate = certificate_of()
    other = signed(forged(certificate, birth_name="MARTIN"))

    result = result_for_file(other)

    assert result.status == VerificationStatus.ALTERED
    assert told(result)["holder.birth_name"][0] == "MARTIN"


def test_a_second_file_signed_with_the_same_facts_is_not_the_one_delivered_and_accuses_nobody(issued):
    certificate, _ = issued

    result = result_for_file(signed(certificate))

    assert result.status == VerificationStatus.ALTERED
    assert "La signature du certificateur y tient encore" in " ".join(sentences_of(result))
    assert "fabriqué" not in " ".join(sentences_of(result))


@pytest.mark.parametrize(
    "value",
    [
        None,
        3,
        1e400,
        True,
        "\u202egnop\u0000",
        "\ud800",
        "<b>x</b>",
        ["a", 3],
        {"a": []},
        "x" * 9_000,
        "{code}",
    ],
)
def test_facts_of_any_shape_are_shown_as_a_line_of_text(issued, client, value):
    certificate, content = issued
    facts = certificate_payload(certificate) | {"title": value, "holder": value, "jury": {"date": value}}
    text = json.dumps(facts).encode()
    copy = content + b"\nstream\n" + text + b"\nendstream\n"

    page = send(client, copy)

    assert page.status_code == 200
    assert "Copie altérée" in page.content.decode()
    assert "<b>x" not in page.content.decode()
    assert "\u202e" not in page.content.decode()
    assert send(client, copy, accept="application/json").json()["file"]["differences"]


@pytest.mark.parametrize("text", [b'{"format": "cqp-certificat/1"', b"[" * 60_000 + b'"cqp-certificat/1"'])
def test_facts_that_cannot_be_read_are_left_alone(issued, text):
    _, content = issued

    result = result_for_file(content + b"\nstream\n" + text + b"\nendstream\n")

    assert (result.status, result.differences) == (VerificationStatus.ALTERED, ())


def test_the_facts_are_read_back_from_the_file_as_they_were_attached():
    assert parse_file(specimen()).payloads == (json.loads(payload_json(bare_certificate())),)


@settings(deadline=None, max_examples=60)
@given(place=st.floats(0, 1, exclude_max=True), byte=st.integers(1, 255))
def test_one_altered_byte_anywhere_leaves_the_code_to_be_found(place, byte):
    content = bytearray(specimen())
    content[int(place * len(content))] ^= byte

    assert parse_file(bytes(content)).codes[:1] == (CODE,)


def test_one_altered_byte_at_many_places_is_altered(issued):
    _, content = issued
    step = len(content) // 40

    verdicts = set()
    for place in [*range(0, len(content), step), *range(8), len(content) - 1]:
        altered = bytearray(content)
        altered[place] ^= 1
        verdicts.add(result_for_file(bytes(altered)).status)

    assert verdicts == {VerificationStatus.ALTERED}


def test_the_statement_of_a_forgery_keeps_the_fingerprint_of_what_was_shown(issued, client):
    certificate, content = issued
    result = result_for_file(content + b"%")

    statement = read_statement(sign_statement(result))

    assert (statement.status, statement.sha256) == (VerificationStatus.ALTERED, result.sha256)
    page = client.get(reverse("certificates:statement", args=[sign_statement(result)])).content.decode()
    assert "copie altérée" in page
    assert certificate.number in page
