"""The signed words in the QR code: the same for ever, read by anybody, refused once a letter changes."""

import json
import string

import pytest
import segno
import zxingcpp
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st
from joserfc.jws import extract_compact
from joserfc.util import urlsafe_b64decode, urlsafe_b64encode
from PIL import Image

from certificates.documents.credentials.compact_proof import compact_proof
from certificates.documents.credentials.jwk import jwk
from certificates.documents.credentials.keys import proof_key
from certificates.documents.credentials.signing import read_signed, sign
from tests.factories.register import bare_certificate

LETTERS = string.ascii_letters + string.digits + "-_."
ADDRESS = "https://cqp.example/verifier/8K3MZ0QWT7VX2PAB/#"
KEY = ec.derive_private_key(2026, ec.SECP256R1())
OTHER = ec.derive_private_key(2027, ec.SECP256R1())
PROOF = sign({"alg": "ES256", "kid": "essai"}, {"number": "CQP-2026-000001", "name": "Zoé Œuvrard"}, KEY)


def test_the_proof_says_the_four_facts_and_no_more():
    proof = extract_compact(compact_proof(bare_certificate()).encode())

    assert proof.protected == {"alg": "ES256", "kid": jwk(proof_key().public_key())["kid"]}
    assert json.loads(proof.payload) == {
        "number": "CQP-2026-000001",
        "name": "Samira BENALI",
        "title": "Certificat de qualification professionnelle « Salarié polyvalent »",
        "date": "2026-11-23",
    }
    assert len(urlsafe_b64decode(proof.segments["signature"])) == 64


def test_an_example_says_that_it_is_worth_nothing():
    proof = extract_compact(compact_proof(bare_certificate(is_demo=True)).encode())

    assert json.loads(proof.payload)["example"] is True


def test_the_same_row_gives_the_same_proof():
    assert compact_proof(bare_certificate()) == compact_proof(bare_certificate())


def test_the_key_that_signed_is_the_only_one_that_checks():
    proof = compact_proof(bare_certificate())

    assert read_signed(proof, proof_key().public_key())
    assert not read_signed(proof, OTHER.public_key())


@given(place=st.integers(0, len(PROOF) - 1), letter=st.sampled_from(LETTERS))
def test_one_letter_changed_is_refused(place, letter):
    altered = PROOF[:place] + letter + PROOF[place + 1 :]

    assert bool(read_signed(altered, KEY.public_key())) == (altered == PROOF)


@given(text=st.text(max_size=120) | st.text(LETTERS, max_size=400))
def test_any_text_is_refused_without_harm(text):
    assert not read_signed(text, KEY.public_key())


@pytest.mark.parametrize(
    "header", [b'["alg"]', b'"alg"', b"7", b'{"alg":"none"}', b'{"alg":"ES256","crit":1}']
)
def test_a_header_of_any_shape_is_refused_without_harm(header):
    text = f"{urlsafe_b64encode(header).decode()}.{PROOF.partition('.')[2]}"

    assert not read_signed(text, KEY.public_key())


@given(place=st.integers(0, len(PROOF)), added=st.text(LETTERS + " =%\n", min_size=1, max_size=3))
def test_a_letter_more_or_less_is_refused(place, added):
    assert not read_signed(PROOF[:place] + added + PROOF[place:], KEY.public_key())
    assert place == len(PROOF) or not read_signed(PROOF[:place] + PROOF[place + 1 :], KEY.public_key())


@pytest.mark.parametrize(
    "name",
    [
        {},
        {"first_names": "Marie-Antoinette Françoise", "birth_name": "DUPONT-LAJOIE"},
        {"first_names": "Nguyễn Thị Minh Khai", "birth_name": "ΠΑΠΑΔΟΠΟΎΛΟΥ"},
    ],
    ids=["ordinary", "long", "other letters"],
)
def test_the_qr_code_is_read_back_from_a_coarse_print(name):
    address = ADDRESS + compact_proof(bare_certificate(**name))
    code = segno.make(address, error="m", micro=False)
    side = code.symbol_size(border=4)[0]

    printed = Image.frombytes(
        "L", (side - 8, side - 8), bytes(255 * (1 - dark) for line in code.matrix for dark in line)
    )
    page = Image.new("L", (side, side), 255)
    page.paste(printed, (4, 4))
    # 34 mm at 150 dots per inch
    scanned = page.resize((201, 201), Image.Resampling.BOX)

    assert [found.text for found in zxingcpp.read_barcodes(scanned)] == [address]
    assert 34 / side > 0.35, "millimetres a module"
