"""The QR code of a certificate, printed with the rest of it and read back by a library that did not draw it."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from certificates.documents.credentials.keys import KeyUnavailable, proof_key
from certificates.documents.credentials.signing import read_signed
from certificates.documents.layouts import first_layout
from certificates.documents.rendering.qr_code import address_of
from certificates.documents.rendering.render import render_document
from tests.factories.register import bare_certificate

ADDRESS = "http://localhost:8000/verifier/8K3MZ0QWT7VX2PAB/"
needs_tools = pytest.mark.skipif(not shutil.which("pdftoppm"), reason="poppler-utils is not there")

NAMES = {
    "short": {"first_names": "Bo", "birth_name": "LY"},
    "ordinary": {},
    "long": {
        "first_names": "Marie-Antoinette Françoise Élisabeth",
        "birth_name": "DUPONT-LAJOIE DE MONTRAVEL",
    },
    "other letters": {"first_names": "Nguyễn Thị Minh Khai", "birth_name": "ΠΑΠΑΔΟΠΟΥΛΟΥ"},
    "example": {"is_demo": True},
}


def picture_of(path: Path, *, dots: int) -> Image.Image:
    """The page in grey at so many dots per inch, beside the file: a PNG in colour takes three times as long."""
    subprocess.run(
        ["pdftoppm", "-r", str(dots), "-gray", "-singlefile", path, path.with_suffix("")], check=True
    )
    return Image.open(path.with_suffix(".pgm"))


def square_of(content: bytes, tmp_path, *, dots: int) -> zxingcpp.Barcode:
    path = tmp_path / "certificat.pdf"
    path.write_bytes(content)
    (found,) = zxingcpp.read_barcodes(picture_of(path, dots=dots))
    return found


@needs_tools
@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_the_printed_square_leads_to_the_check_and_proves_by_itself(name, tmp_path):
    certificate = bare_certificate(**name)

    found = square_of(render_document(certificate), tmp_path, dots=150)

    address, _, proof = found.text.partition("#")
    assert found.text == address_of(certificate)
    assert address == ADDRESS
    assert read_signed(proof, proof_key().public_key())


@needs_tools
@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_the_square_is_as_large_whatever_it_holds(name, tmp_path):
    corners = square_of(render_document(bare_certificate(**name)), tmp_path, dots=300).position

    across = (corners.top_right.x - corners.top_left.x) / 300 * 25.4

    assert 30 < across < 33, "millimetres, without the white around"


@needs_tools
def test_a_layout_to_be_seen_proves_nothing(tmp_path):
    found = square_of(render_document(bare_certificate(), first_layout()), tmp_path, dots=150)

    assert found.text == ADDRESS


def test_a_certificate_waits_for_the_key_of_its_proof_and_a_layout_does_not(settings):
    settings.DEMONSTRATION_KEYS = False

    with pytest.raises(KeyUnavailable, match="PROOF_KEY"):
        render_document(bare_certificate())
    assert render_document(bare_certificate(), first_layout()).startswith(b"%PDF")


@needs_tools
def test_the_square_leaves_the_longest_list_of_domains_alone(tmp_path):
    path = tmp_path / "certificat.pdf"
    domains = [f"Domaine {number} de la vie au travail, dit en quelques mots" for number in range(1, 10)]
    path.write_bytes(render_document(bare_certificate(**NAMES["long"], domains=domains)))

    words = subprocess.run(
        ["pdftotext", "-bbox", path, "-"], capture_output=True, text=True, check=True
    ).stdout
    lowest = max(float(bottom) for bottom in re.findall(r'yMax="([\d.]+)">Domaine<', words))
    square = zxingcpp.read_barcodes(picture_of(path, dots=150))[0].position.top_left.y * 72 / 150

    assert lowest < square
