"""The signature on the file of a certificate, checked by pyHanko's validator and by Poppler."""

import hashlib
import io
import shutil
import subprocess

import pytest
from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pypdf import PdfReader

from certificates.documents.credentials.keys import DEMONSTRATION_BOUNDS, KeyUnavailable, certificate_key
from certificates.documents.rendering.pades import TimestampUnavailable
from certificates.documents.rendering.render import render_document
from certificates.documents.rendering.signing import sign
from certificates.enums import CertificateState
from core import clock
from core.enums import WorkState
from core.models import Work
from core.models.work import MOST_ATTEMPTS
from tests.factories.register import bare_certificate, certificate_of


@pytest.fixture(scope="module")
def unsigned() -> bytes:
    return render_document(bare_certificate())


@pytest.fixture
def signed(unsigned) -> bytes:
    return sign(unsigned, certificate=bare_certificate())


def status_of(content: bytes):
    own = Certificate.load(certificate_key().certificate.public_bytes(Encoding.DER))
    (signature,) = PdfFileReader(io.BytesIO(content)).embedded_signatures
    return validate_pdf_signature(signature, ValidationContext(trust_roots=[own], allow_fetching=False))


def altered(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def test_the_signature_covers_the_whole_file_and_is_trusted_with_the_key_of_the_certifier(signed):
    status = status_of(signed)

    assert status.bottom_line
    assert status.coverage.name == "ENTIRE_FILE"
    assert status.docmdp_ok
    assert status.md_algorithm == "sha256"
    assert "CHANTIER école" in status.signing_cert.subject.native["common_name"]


def test_it_is_a_pades_signature_that_names_who_signed_and_forbids_changes(signed):
    root = PdfReader(io.BytesIO(signed)).trailer["/Root"]
    said = root["/AcroForm"]["/Fields"][0]["/V"]

    assert said["/SubFilter"] == "/ETSI.CAdES.detached"
    assert said["/Name"] == "CHANTIER école"
    assert said["/Reason"] == "Certificat CQP-2026-000001"
    assert root["/Perms"]["/DocMDP"] == said
    assert said["/Reference"][0]["/TransformParams"]["/P"] == 1
    assert root["/AcroForm"]["/SigFlags"] == 3


def test_an_altered_byte_is_found(signed):
    page = signed.index(b"/FlateDecode") + 200

    assert not status_of(altered(signed, page)).intact


def test_what_is_added_after_the_signature_is_found(signed):
    added = signed + b"\n% one more line\n"

    (signature,) = PdfFileReader(io.BytesIO(added)).embedded_signatures
    assert signature.evaluate_signature_coverage().name != "ENTIRE_FILE"


def test_signing_adds_at_the_end_and_leaves_the_archive_as_it_is(unsigned, signed):
    before = PdfReader(io.BytesIO(unsigned)).trailer
    after = PdfReader(io.BytesIO(signed)).trailer

    assert signed.startswith(unsigned)
    for key in ("/Metadata", "/StructTreeRoot", "/Pages"):
        assert before["/Root"].raw_get(key).idnum == after["/Root"].raw_get(key).idnum
    assert before["/ID"][0] == after["/ID"][0]
    assert after["/Root"]["/Metadata"].get_data() == before["/Root"]["/Metadata"].get_data()
    assert dict(before["/Info"]) == dict(after["/Info"])


def test_the_room_left_for_the_signature_is_enough_and_not_wasted(signed):
    hole = PdfReader(io.BytesIO(signed)).trailer["/Root"]["/AcroForm"]["/Fields"][0]["/V"]["/Contents"]

    assert 200 < len(hole) - len(bytes(hole).rstrip(b"\0")) < 2100


def test_each_file_signed_by_one_process_has_a_signature_of_its_own(unsigned):
    other = bare_certificate(first_names="Юлия", number="CQP-2026-000002")

    contents = [
        sign(unsigned, certificate=bare_certificate()),
        sign(render_document(other), certificate=other),
        sign(unsigned, certificate=bare_certificate()),
    ]

    signatures = [PdfFileReader(io.BytesIO(content)).embedded_signatures[0] for content in contents]
    assert all(status_of(content).bottom_line for content in contents)
    assert len({signature.signer_info["signature"].native for signature in signatures}) == 3
    said = [{row["type"].native for row in signature.signer_info["signed_attrs"]} for signature in signatures]
    assert said[0] == said[1] >= {"content_type", "message_digest", "signing_certificate_v2"}


def test_an_elliptic_key_signs_too(unsigned, settings, tmp_path):
    settings.CERTIFICATE_KEY = str(tmp_path / "ec.p12")
    settings.CERTIFICATE_KEY_SECRET = "essai"
    (tmp_path / "ec.p12").write_bytes(elliptic_pkcs12(b"essai"))

    assert status_of(sign(unsigned, certificate=bare_certificate())).intact


def elliptic_pkcs12(secret: bytes) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "CHANTIER école")])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), serial_number=7)
        .not_valid_before(DEMONSTRATION_BOUNDS[0])
        .not_valid_after(DEMONSTRATION_BOUNDS[1])
        .sign(key, hashes.SHA256())
    )
    hidden = serialization.BestAvailableEncryption(secret)
    return pkcs12.serialize_key_and_certificates(b"ec", key, certificate, None, hidden)


def test_without_its_key_a_file_is_not_signed(unsigned, settings):
    settings.DEMONSTRATION_KEYS = False

    with pytest.raises(KeyUnavailable, match="CERTIFICATE_KEY"):
        sign(unsigned, certificate=bare_certificate())


def test_a_time_stamp_authority_that_does_not_answer_only_delays(unsigned, settings):
    settings.TIMESTAMP_URL = "http://127.0.0.1:9/"

    with pytest.raises(TimestampUnavailable, match="ne répond pas"):
        sign(unsigned, certificate=bare_certificate())


@pytest.mark.django_db
def test_the_register_keeps_the_signed_file(run_work):
    certificate = certificate_of()

    run_work()

    certificate.refresh_from_db()
    with certificate.file.open() as file:
        content = file.read()
    assert status_of(content).bottom_line
    assert certificate.file_sha256 == hashlib.sha256(content).hexdigest()


@pytest.mark.django_db
def test_a_certificate_waits_for_the_key_and_says_so(run_work, settings):
    certificate = certificate_of()
    settings.DEMONSTRATION_KEYS = False
    for _ in range(MOST_ATTEMPTS + 2):
        Work.objects.update(due_at=clock.now())
        run_work()
    work = Work.objects.get(subject_id=certificate.pk)

    assert work.state == WorkState.PENDING
    assert "La clé de la certification manque" in work.error

    settings.DEMONSTRATION_KEYS = True
    Work.objects.update(due_at=clock.now())
    run_work()

    certificate.refresh_from_db()
    assert certificate.state == CertificateState.ISSUED


@pytest.mark.skipif(
    not (shutil.which("qpdf") and shutil.which("pdfsig")), reason="qpdf and poppler-utils are not there"
)
def test_tools_that_are_not_ours_find_the_signature_valid(signed, tmp_path):
    path = tmp_path / "certificat.pdf"
    path.write_bytes(signed)
    broken = tmp_path / "altered.pdf"
    broken.write_bytes(altered(signed, signed.index(b"/FlateDecode") + 200))

    told, told_of_broken = (
        subprocess.run(["pdfsig", "-nocert", file], capture_output=True, text=True, check=False).stdout
        for file in (path, broken)
    )
    checked = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=True).stdout

    assert "Signature is Valid" in told
    assert "Total document signed" in told
    assert "CHANTIER école (démonstration)" in told
    assert "ETSI.CAdES.detached" in told
    assert "Signature is Valid" not in told_of_broken
    assert "No syntax or stream encoding errors found" in checked


@pytest.mark.skipif(not shutil.which("verapdf"), reason="veraPDF is not there")
@pytest.mark.parametrize("standard", ["3b", "ua1"])
def test_verapdf_finds_the_signed_file_conform(signed, tmp_path, standard):
    path = tmp_path / "certificat.pdf"
    path.write_bytes(signed)

    command = ["verapdf", "--flavour", standard, "--format", "text", path]
    told = subprocess.run(command, capture_output=True, text=True, check=False).stdout

    assert told.startswith("PASS"), told
