"""What the PDF that somebody sends is worth, and what no PDF may do to the site."""

import zlib
from time import perf_counter

import pytest
from django.urls import reverse

from certificates.documents.rendering.render import render_document
from certificates.enums import RecognisedBy, VerificationStatus
from certificates.services.register.lines import replace_certificate, revoke_certificate
from certificates.services.verification import result_for_file
from certificates.services.verification.file_reader import MOST_BYTES, parse_file
from core import clock
from tests.certificates.verification.delivered_files import delivered, send, signed
from tests.factories.register import bare_certificate, certificate_of

HEADER = b"%PDF-1.7\n"


@pytest.fixture
def one_minute():
    """However slow the machine, no minute ends."""
    with clock.at(clock.now()):
        yield


@pytest.fixture
def issued(db):
    certificate = certificate_of(first_names="Samira Inès", birth_name="BENALI")
    content = signed(certificate)
    return delivered(content, certificate), content


def test_the_file_delivered_is_genuine(issued, client):
    certificate, content = issued

    page = send(client, content)

    assert page.status_code == 200
    assert "Authentique et valide" in page.content.decode()
    assert certificate.number in page.content.decode()
    result = result_for_file(content)
    assert (result.status, result.recognised_by) == (VerificationStatus.VALID, RecognisedBy.FINGERPRINT)
    assert result.signature.is_valid


def test_a_file_delivered_before_files_were_signed_is_genuine(db):
    certificate = certificate_of()
    content = render_document(certificate)
    delivered(content, certificate)

    assert result_for_file(content).status == VerificationStatus.VALID
    assert result_for_file(content + b"%").status == VerificationStatus.ALTERED


AROUND = [
    (b"", b""),
    (b"", b"\r\n\r\n"),
    (b"\xef\xbb\xbf", b""),
    (b"\r\n ", b" \n"),
    (b"\n\xef\xbb\xbf", b"\0\0"),
]


@pytest.mark.parametrize(("before", "after"), AROUND)
def test_the_delivered_file_with_blanks_around_is_valid_and_says_so(issued, client, before, after):
    _, content = issued
    padded = before + content.rstrip() + after

    result = result_for_file(padded)

    assert (result.status, result.recognised_by) == (VerificationStatus.VALID, RecognisedBy.TRIMMED)
    assert result.signature.is_valid
    page = send(client, padded).content.decode()
    assert "Authentique et valide" in page
    assert "des blancs ont été ajoutés ou retirés" in page


def test_what_the_certifier_signed_answers_with_blanks_around_too(db):
    certificate = certificate_of()

    result = result_for_file(b"\xef\xbb\xbf" + signed(certificate) + b"\n\n")

    assert (result.status, result.recognised_by) == (VerificationStatus.VALID, RecognisedBy.SIGNATURE)


def test_blanks_inside_a_file_make_it_an_altered_copy(issued):
    _, content = issued
    middle = len(content) // 2

    for padded in (content[:middle] + b"\n" + content[middle:], content + b"\n%\n", b"\n%" + content):
        assert result_for_file(padded).status == VerificationStatus.ALTERED


def test_a_copy_saved_again_says_that_its_facts_all_agree(issued, client):
    certificate, _ = issued

    page = send(client, render_document(certificate)).content.decode()

    assert "Les faits joints s’accordent tous avec le registre." in page
    assert "Ne croyez pas" not in page


def test_the_file_of_a_revoked_or_replaced_certificate_says_so(issued, certifier, client):
    certificate, content = issued
    new = replace_certificate(
        certificate=certificate, changes={"first_names": "Samira"}, reason="Un prénom de trop", by=certifier
    )
    assert f"Remplacé par {new.number}" in send(client, content).content.decode()

    content = signed(new)
    revoke_certificate(certificate=delivered(content, new), reason="Fraude", by=certifier)
    assert "Révoqué le" in send(client, content).content.decode()


def test_an_altered_copy_shows_what_the_certificate_must_say(issued, client):
    certificate, content = issued

    page = send(client, content + b"%").content.decode()

    assert "Copie altérée" in page
    assert "Samira Inès" in page
    assert certificate.number in page


def test_what_the_certifier_signed_and_the_register_does_not_know_is_not_valid(db):
    content = signed(bare_certificate())

    result = result_for_file(content)

    assert result.status == VerificationStatus.UNREGISTERED
    assert result_for_file(content + b"%").status == VerificationStatus.ALTERED


def test_a_line_without_fingerprint_answers_for_what_the_certifier_signed(db):
    certificate = certificate_of()

    result = result_for_file(signed(certificate))

    assert (result.status, result.recognised_by) == (VerificationStatus.VALID, RecognisedBy.SIGNATURE)
    assert result_for_file(render_document(certificate)).status == VerificationStatus.ALTERED


def test_a_made_up_file_with_an_unknown_code_is_unknown(db):
    result = result_for_file(render_document(bare_certificate()))

    assert (result.status, result.code) == (VerificationStatus.UNKNOWN, "8K3MZ0QWT7VX2PAB")


def bomb() -> bytes:
    piece = b"1 0 obj\nstream\n" + zlib.compress(b"0" * 40_000_000) + b"\nendstream\nendobj\n"
    return HEADER + piece * 50


HOSTILE = {
    "no pdf": b"hello",
    "cut": HEADER,
    "deep": HEADER + b"[" * 2_000_000,
    "bomb": bomb(),
    "streams without end": HEADER + b"stream\n" * 300_000,
    "ends alone": HEADER + b"endstream\n" * 200_000,
    "hex": HEADER + b"<" + b"a" * 3_000_000,
    "brackets": HEADER + b"<" * 3_000_000,
    "codes": HEADER + b"".join(b"/verifier/%016d " % number for number in range(50_000)),
    "ranges": HEADER + b"/ByteRange [0 1 2 3]" * 100_000,
    "lying range": HEADER + b"/ByteRange [0 9999999999 9999999999 9999999999]",
    "no signature": HEADER + b"/ByteRange [0 9 13 50]<00>" + b" " * 50,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gets_an_answer_soon(name, db, django_assert_max_num_queries):
    result_for_file(HEADER + b"/ByteRange [0 1 2 3]")  # pyHanko takes its time to load
    started = perf_counter()

    with django_assert_max_num_queries(1):
        result = result_for_file(HOSTILE[name])

    assert result.status in {
        VerificationStatus.FOREIGN,
        VerificationStatus.UNREADABLE,
        VerificationStatus.UNKNOWN,
    }
    assert len(parse_file(HOSTILE[name]).codes) <= 2
    assert perf_counter() - started < 5


def test_a_locked_file_says_so(client, db):
    page = send(client, HEADER + b"trailer << /Encrypt 5 0 R >>")

    assert page.status_code == 422
    assert "mot de passe" in page.content.decode()


def test_a_file_too_large_is_refused_before_it_is_read(client, db):
    page = send(client, HEADER + b"0" * (MOST_BYTES + 100_000))

    assert page.status_code == 413
    assert "5\u00a0Mo" in page.content.decode()
    assert send(client, HEADER + b"0" * MOST_BYTES).status_code == 413


def test_without_a_file_the_page_asks_for_one(client, db):
    assert client.post(reverse("certificates:verify")).status_code == 422
    broken = client.post(
        reverse("certificates:verify"), b"--", content_type="multipart/form-data; boundary=x"
    )
    assert broken.status_code == 422


def test_nothing_is_kept_of_a_file(issued, client, settings):
    _, content = issued
    before = set(settings.VAR_DIR.rglob("*"))

    send(client, content)

    assert set(settings.VAR_DIR.rglob("*")) == before


@pytest.mark.usefixtures("one_minute")
def test_files_and_codes_are_tries_of_the_same_thirty(client, db):
    code = reverse("certificates:verify_code", args=["0123456789ABCDEF"])
    for _ in range(15):
        client.get(code)
        send(client, HEADER)

    result = send(client, HEADER, accept="application/json")

    assert result.status_code == 429
    assert result.json()["error"] == "throttled"
    assert client.get(code).status_code == 429
