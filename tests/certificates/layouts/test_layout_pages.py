"""The pages of the layouts: all versions, one version, the editor and its preview."""

import base64
from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from certificates.enums import LayoutState
from certificates.models import CertificateLayout
from certificates.services.layouts import publish_layout, start_draft
from certificates.views.layouts import PICTURES_PER_MINUTE
from core import clock
from core.models import JournalEntry
from core.throttling import allows
from tests.certificates.layouts.images import image

pytestmark = pytest.mark.django_db

TEXTS = {
    "intro": "Le jury de {lieu}, le {date}, délivre ce certificat à",
    "domains_heading": "Compétences validées",
    "closing": "Fait foi.",
    "example": "courant",
}


@pytest.fixture
def draft(certifier) -> CertificateLayout:
    return start_draft(source="2026-1", by=certifier)


@pytest.fixture
def browser(client, certifier):
    client.force_login(certifier)
    return client


def url(name: str, layout: CertificateLayout) -> str:
    return reverse(f"certificates:layout_{name}", args=[layout.version])


def logo(content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile("logo.png", content or image(), content_type="image/png")


def shown(response) -> Image.Image:
    """The picture that a fragment carries."""
    encoded = response.content.decode().split("base64,")[1].split('"')[0]
    return Image.open(BytesIO(base64.b64decode(encoded)))


def test_the_list_asks_as_many_queries_with_three_versions_as_with_one(browser, certifier):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            browser.get(reverse("certificates:layout_list"))
        return len(asked)

    queries()
    start_draft(source="2026-1", by=certifier)
    one = queries()
    for _ in range(2):
        start_draft(source="2026-1", by=certifier)

    assert queries() == one


def test_a_draft_is_started_written_published_and_offered_by_the_settings(browser, certifier):
    started = browser.post(reverse("certificates:layout_start"), {"source": "2026-1"})
    draft = CertificateLayout.objects.get()
    assert started.url == url("edit", draft)

    written = browser.post(url("edit", draft), TEXTS | {"logo": logo()})
    assert written.url == url("detail", draft)
    browser.post(url("publish", draft))

    draft.refresh_from_db()
    assert (draft.state, draft.closing, bool(draft.logo)) == (LayoutState.PUBLISHED, "Fait foi.", True)
    assert f'value="{draft.version}"' in browser.get(reverse("juries:settings")).content.decode()


def test_a_logo_is_taken_away_by_ticking_a_box(browser, draft):
    browser.post(url("edit", draft), TEXTS | {"logo": logo()})
    browser.post(url("edit", draft), TEXTS | {"no_logo": "on"})

    draft.refresh_from_db()
    assert not draft.logo


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"intro": ""}, "obligatoire"),
        ({"closing": "x" * 201}, "200"),
        ({"logo": "svg"}, "SVG"),
    ],
)
def test_a_refused_draft_keeps_what_was_typed(browser, draft, sent, sentence):
    if sent.get("logo"):
        sent = {"logo": logo(b"<svg xmlns='http://www.w3.org/2000/svg'></svg>")}

    response = browser.post(url("edit", draft), TEXTS | {"domains_heading": "Mes domaines"} | sent)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert "Mes domaines" in response.content.decode()
    draft.refresh_from_db()
    assert draft.domains_heading != "Mes domaines"


def test_a_published_version_opens_no_editor(browser, certifier, draft):
    publish_layout(layout=draft, by=certifier)

    assert browser.get(url("edit", draft)).status_code == 409
    response = browser.post(url("edit", draft), TEXTS)

    assert response.status_code == 409
    assert "ne change plus" in response.content.decode()


def test_a_faulty_draft_says_why_and_is_not_published(browser, draft):
    browser.post(url("edit", draft), TEXTS | {"intro": "Délivré à"})

    page = browser.get(url("detail", draft)).content.decode()
    response = browser.post(url("publish", draft))

    assert "ne dit pas où le jury" in page
    assert response.status_code == 409
    assert CertificateLayout.objects.get().state == LayoutState.DRAFT


def test_a_deleted_draft_is_gone_and_a_second_deletion_finds_nothing(browser, draft):
    assert browser.post(url("delete", draft)).url == reverse("certificates:layout_list")

    assert browser.post(url("delete", draft)).status_code == 404


def test_the_preview_shows_what_is_typed_and_keeps_nothing(browser, draft):
    lines = JournalEntry.objects.count()

    response = browser.post(url("preview", draft), TEXTS | {"logo": logo()}, headers={"HX-Request": "true"})

    assert response.status_code == 200
    assert shown(response).width == 1280
    assert "<html" not in response.content.decode()
    draft.refresh_from_db()
    assert (draft.closing, bool(draft.logo)) == ("", False)
    assert JournalEntry.objects.count() == lines


def test_the_preview_follows_the_words(browser, draft):
    first, second = (
        browser.post(url("preview", draft), TEXTS | {"closing": words}, headers={"HX-Request": "true"})
        for words in ("Fait foi.", "Fait foi partout en France.")
    )

    assert shown(first).tobytes() != shown(second).tobytes()


def test_without_javascript_the_preview_is_the_page_with_what_was_typed(browser, draft):
    page = browser.post(url("preview", draft), TEXTS | {"closing": "Mention d’essai"}).content.decode()

    assert "<html" in page
    assert "Mention d’essai" in page
    assert "data:image/webp;base64," in page


def test_the_preview_says_what_would_print_wrong(browser, draft):
    response = browser.post(
        url("preview", draft), TEXTS | {"intro": "Délivré à ♥"}, headers={"HX-Request": "true"}
    )

    assert "« ♥ »" in response.content.decode().replace("\u00a0", " ")


def test_previews_are_counted(browser, draft, certifier):
    with clock.at(datetime(2026, 11, 23, 9, tzinfo=UTC)):
        for _ in range(PICTURES_PER_MINUTE):
            allows("picture", str(certifier.pk), limit=PICTURES_PER_MINUTE, seconds=60)
        picture = browser.get(url("picture", draft))
        page = browser.post(url("preview", draft), TEXTS)
        fragment = browser.post(url("preview", draft), TEXTS, headers={"HX-Request": "true"})

    assert (picture.status_code, page.status_code, fragment.status_code) == (429, 429, 409)
    assert "Trop d’aperçus" in fragment.content.decode()
    assert "Compétences validées" in page.content.decode()


@pytest.mark.parametrize("query", ["", "?exemple=charge", "?exemple=charge&taille=petite", "?exemple=x"])
def test_a_version_is_seen_as_a_picture(browser, draft, query):
    response = browser.get(url("picture", draft) + query)

    assert response["Content-Type"] == "image/webp"
    assert Image.open(BytesIO(response.content)).width == (640 if "petite" in query else 1280)


def test_a_preview_needs_no_key(browser, draft, settings):
    settings.DEMO, settings.PROOF_KEY, settings.CERTIFICATE_KEY = False, "", ""

    assert browser.get(url("picture", draft)).status_code == 200


def test_a_source_that_no_database_holds_is_refused(client, certifier):
    client.force_login(certifier)

    response = client.post(reverse("certificates:layout_start"), {"source": "2026\0"})

    assert response.status_code == 409
    assert "Partez d’une version publiée" in response.text
