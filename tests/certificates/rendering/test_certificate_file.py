"""The file of a certificate, read by tools that are not ours: qpdf, Poppler, pypdf, a QR reader."""

import io
import json
import shutil
import subprocess
from xml.etree import ElementTree

import pytest
from PIL import Image
from pypdf import PdfReader

from certificates.documents.credentials.certificate_payload import certificate_payload
from certificates.documents.layouts import first_layout
from certificates.documents.rendering.render import render_document
from core.pdf import photograph
from tests.factories.register import bare_certificate

needs_tools = pytest.mark.skipif(
    not (shutil.which("qpdf") and shutil.which("pdfsig")), reason="qpdf and poppler-utils are not there"
)
PDF_UA = "{http://www.aiim.org/pdfua/ns/id/}part"
PDF_A = "{http://www.aiim.org/pdfa/ns/id/}"


@pytest.fixture(scope="module")
def content() -> bytes:
    return render_document(bare_certificate(first_names="Nguyễn Юлия Ελένη"))


@pytest.fixture
def root(content):
    return PdfReader(io.BytesIO(content)).trailer["/Root"]


def told_by(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def test_the_file_declares_the_archive_and_the_accessible_standards_at_once(content, root):
    declared = {}
    for element in ElementTree.fromstring(root["/Metadata"].get_data()).iter():
        declared |= element.attrib

    assert declared[f"{PDF_A}part"] == "3"
    assert declared[f"{PDF_A}conformance"] == "B"
    assert declared[PDF_UA] == "1"
    assert root["/OutputIntents"][0]["/S"] == "/GTS_PDFA1"
    assert root["/OutputIntents"][0]["/DestOutputProfile"]["/N"] == 3
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "/ID" in PdfReader(io.BytesIO(content)).trailer


def test_the_facts_are_attached_as_the_data_of_the_page(content, root):
    (attached,) = root["/AF"]

    assert attached["/AFRelationship"] == "/Data"
    assert attached["/UF"] == "certificat.json"
    assert attached["/Desc"]
    assert attached["/EF"]["/F"]["/Subtype"] == "/application/json"
    facts = json.loads(PdfReader(io.BytesIO(content)).attachments["certificat.json"][0])
    assert facts == certificate_payload(bare_certificate(first_names="Nguyễn Юлия Ελένη"))
    assert facts["number"] == "CQP-2026-000001"
    assert facts["holder"]["birth_date"] == "1990-05-17"


def test_what_decorates_is_an_artifact_and_the_rest_is_tagged(root):
    page = root["/Pages"]["/Kids"][0]
    operators = page["/Contents"].get_data().decode("latin-1").split("\n")

    assert operators.index("/Artifact") < next(rank for rank, line in enumerate(operators) if "Do" in line)
    depth = 0
    for line in operators:
        if line.endswith(("BMC", "BDC")):
            depth += 1
        if line.endswith((" TJ", " Tj", " Do", " f", " S")):
            assert depth, f"{line[-40:]} is drawn outside the tags"
        if line == "EMC":
            depth -= 1
    assert page["/Tabs"] == "/S"


def test_the_field_of_the_signature_is_in_the_tags_and_has_no_surface(root):
    (field,) = root["/AcroForm"]["/Fields"]
    document = root["/StructTreeRoot"]["/K"][0]
    form = document["/K"][-1]
    parents = root["/StructTreeRoot"]["/ParentTree"]["/Nums"]

    assert (field["/FT"], field["/T"], list(field["/Rect"])) == ("/Sig", "Signature", [0, 0, 0, 0])
    assert field["/TU"] == "Signature électronique de CHANTIER école"
    assert form["/S"] == "/Form"
    assert form["/K"][0]["/Obj"]["/T"] == "Signature"
    assert parents[parents.index(field["/StructParent"]) + 1].get_object() == form.get_object()


def test_every_picture_says_what_it_is(root):
    figures = [element for element in elements_of(root["/StructTreeRoot"]) if element["/S"] == "/Figure"]

    assert [figure["/Alt"] for figure in figures] == [
        "Code QR qui ouvre http://localhost:8000/verifier/8K3MZ0QWT7VX2PAB/"
    ]


def elements_of(element):
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        kid = kid.get_object()
        if isinstance(kid, dict) and kid.get("/S"):
            yield kid
            yield from elements_of(kid)


@needs_tools
def test_the_file_is_sound_for_tools_that_are_not_ours(content, tmp_path):
    path = tmp_path / "certificat.pdf"
    path.write_bytes(content)

    assert "No syntax or stream encoding errors found" in told_by("qpdf", "--check", str(path))
    told = told_by("pdfinfo", str(path))
    assert "Tagged:          yes" in told
    assert "841.89 x 595.276 pts (A4)" in told
    fonts = told_by("pdffonts", str(path)).splitlines()[2:]
    assert len(fonts) >= 4
    for line in fonts:
        assert line[6] == "+", "a subset has a prefix"
        assert line.split()[-5:-2] == ["yes", "yes", "yes"], line


def test_the_images_of_a_layout_are_placed_with_their_transparency(tmp_path, settings):
    layout = first_layout()
    for name in ("logo", "signature"):
        image = io.BytesIO()
        Image.new("RGBA", (60, 30), (31, 102, 80, 128)).save(image, "PNG")
        image.seek(0)
        getattr(layout, name).save(f"{name}.png", image, save=False)

    page = PdfReader(io.BytesIO(render_document(bare_certificate(), layout))).pages[0]

    images = [kept for kept in page["/Resources"]["/XObject"].values() if kept["/Subtype"] == "/Image"]
    assert {(image["/Width"], image["/Height"]) for image in images} == {(60, 30)}
    assert all("/SMask" in image for image in images)


def test_the_words_of_a_layout_are_printed():
    layout = first_layout()
    layout.intro = "À {lieu}, le {date}, le jury décide :"
    layout.closing = "Formation financée par la Région."

    text = PdfReader(io.BytesIO(render_document(bare_certificate(), layout))).pages[0].extract_text()

    assert "À Sète, le lundi 23 novembre 2026, le jury décide" in " ".join(text.split())
    assert "Formation financée par la Région." in text


def test_a_photograph_is_never_larger_than_print_can_show():
    image = io.BytesIO()
    Image.new("RGB", (3000, 1500)).save(image, "JPEG")

    picture = photograph(image.getvalue())

    assert (picture.width, picture.height) == (1200, 600)
    assert picture.mask is None
