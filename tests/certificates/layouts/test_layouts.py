"""The life of a layout: a draft is started from a version, written, published for good or thrown away."""

from datetime import UTC, datetime

import pytest

from certificates.documents.layouts import LayoutMissing, first_layout, layout_of
from certificates.documents.rendering.render import render_document
from certificates.enums import LayoutState
from certificates.models import CertificateLayout
from certificates.services.layouts import (
    all_layouts,
    delete_draft,
    describe_versions,
    faults_of_layout,
    publish_layout,
    published_versions,
    start_draft,
    write_draft,
)
from core import clock
from core.errors import DomainError, StaleState
from core.models import JournalEntry
from juries.services.sessions.settings import adopt_settings
from tests.certificates.layouts.images import png
from tests.factories import CertificationSettingsFactory, UserFactory
from tests.factories.register import bare_certificate, certificate_of

pytestmark = pytest.mark.django_db

INTRO = "Le jury de {lieu}, le {date}, délivre ce certificat à"
TEXTS = {"intro": INTRO, "domains_heading": "Compétences", "closing": "Délivré par CHANTIER école."}


@pytest.fixture(autouse=True)
def _day():
    with clock.at(datetime(2026, 11, 23, 9, tzinfo=UTC)):
        yield


@pytest.fixture
def draft(certifier) -> CertificateLayout:
    return start_draft(source="2026-1", by=certifier)


@pytest.fixture
def published(certifier, draft) -> CertificateLayout:
    return publish_layout(layout=write_draft(layout=draft, **TEXTS, by=certifier), by=certifier)


def test_a_draft_starts_from_a_published_version_under_the_next_number_of_the_year(certifier, draft):
    assert draft.version == "2026-2"
    assert draft.intro == layout_of("2026-1").intro
    assert draft.state == LayoutState.DRAFT
    assert start_draft(source="2026-1", by=certifier).version == "2026-3"
    with clock.at(datetime(2027, 1, 3, 9, tzinfo=UTC)):
        assert start_draft(source="2026-1", by=certifier).version == "2027-1"


def test_a_draft_starts_neither_from_a_draft_nor_from_nothing(certifier, draft):
    for source in (draft.version, "1999-1"):
        with pytest.raises(DomainError, match="publiée"):
            start_draft(source=source, by=certifier)


def test_a_draft_copies_the_images_of_its_source(certifier, draft):
    write_draft(layout=draft, **TEXTS, logo=png(), signature=png("navy"), by=certifier)
    publish_layout(layout=draft, by=certifier)

    copy = start_draft(source=draft.version, by=certifier)
    write_draft(layout=copy, **TEXTS, logo=b"", by=certifier)

    source = layout_of(draft.version)
    copy.refresh_from_db()
    assert (copy.logo.name, bool(copy.signature)) == ("", True)
    assert copy.signature.name != source.signature.name
    with source.logo.open() as kept:
        assert kept.read() == png()


def test_the_texts_of_a_draft_are_tidied_and_kept(certifier, draft):
    write_draft(layout=draft, **TEXTS | {"closing": "  Fait\n à   Paris "}, by=certifier)

    draft.refresh_from_db()
    assert (draft.intro, draft.closing) == (INTRO, "Fait à Paris")
    line = JournalEntry.objects.get(action="certificates.layout.written")
    assert line.data["intro"] == INTRO


def test_writing_the_same_again_leaves_no_line(certifier, draft):
    for _ in range(2):
        write_draft(layout=draft, **TEXTS, by=certifier)

    assert JournalEntry.objects.filter(action="certificates.layout.written").count() == 1


@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        ({"intro": " "}, "introduction"),
        ({"domains_heading": ""}, "domaines"),
        ({"closing": "x" * 201}, "200"),
    ],
)
def test_a_text_that_is_missing_or_too_long_is_refused(certifier, draft, texts, sentence):
    with pytest.raises(DomainError, match=sentence):
        write_draft(layout=draft, **TEXTS | texts, by=certifier)

    assert CertificateLayout.objects.get().intro == layout_of("2026-1").intro


@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        ({"intro": "Ce certificat est délivré à"}, "où le jury s’est réuni.*quel jour"),
        ({"intro": INTRO + " {nom}"}, "{nom}"),
        ({"intro": INTRO + " ♥"}, "♥"),
        ({"closing": "Fait le {date}."}, "accolades"),
        ({"domains_heading": "W" * 80}, "Le titre des domaines"),
        ({"closing": "MM " * 66}, "La mention en bas de page"),
    ],
)
def test_what_would_print_wrong_on_some_certificate_is_not_published(certifier, draft, texts, sentence):
    write_draft(layout=draft, **TEXTS | texts, by=certifier)

    with pytest.raises(DomainError, match=sentence):
        publish_layout(layout=draft, by=certifier)

    assert CertificateLayout.objects.get().state == LayoutState.DRAFT


def test_the_version_that_ships_and_what_starts_from_it_have_no_fault(draft):
    assert faults_of_layout(draft) == []


def test_a_published_version_is_dated_signed_and_told(certifier, published):
    published.refresh_from_db()
    assert published.state == LayoutState.PUBLISHED
    assert (published.published_at, published.published_by) == (clock.now(), certifier)
    assert (
        JournalEntry.objects.get(action="certificates.layout.published").data["closing"] == TEXTS["closing"]
    )
    assert layout_of(published.version).intro == INTRO
    assert published_versions() == ["2026-2", "2026-1"]


def test_a_published_version_is_neither_written_nor_published_again_nor_deleted(certifier, published):
    for act in (
        lambda: write_draft(layout=published, **TEXTS | {"closing": "Autre"}, by=certifier),
        lambda: publish_layout(layout=published, by=certifier),
        lambda: delete_draft(layout=published, by=certifier),
        lambda: delete_draft(layout=layout_of("2026-1"), by=certifier),
    ):
        with pytest.raises(StaleState, match="ne change plus"):
            act()


def test_a_draft_that_is_thrown_away_takes_its_images_along(
    certifier, draft, settings, django_capture_on_commit_callbacks
):
    write_draft(layout=draft, **TEXTS, logo=png(), by=certifier)

    with django_capture_on_commit_callbacks(execute=True):
        delete_draft(layout=draft, by=certifier)

    assert not CertificateLayout.objects.exists()
    assert list((settings.PRIVATE_ROOT / "layouts").iterdir()) == []
    with pytest.raises(StaleState, match="supprimé"):
        write_draft(layout=draft, **TEXTS, by=certifier)


def test_only_the_certifier_touches_a_layout(draft):
    someone = UserFactory()
    for act in (
        lambda: start_draft(source="2026-1", by=someone),
        lambda: write_draft(layout=draft, **TEXTS, by=someone),
        lambda: publish_layout(layout=draft, by=someone),
        lambda: delete_draft(layout=draft, by=someone),
    ):
        with pytest.raises(DomainError, match="certificateur"):
            act()


def test_the_settings_name_a_published_version_and_no_draft(certifier, draft):
    CertificationSettingsFactory()

    with pytest.raises(DomainError, match="n’est pas publiée"):
        adopt_settings(layout_version=draft.version, source="Essai", by=certifier)
    publish_layout(layout=draft, by=certifier)
    rules = adopt_settings(layout_version=draft.version, source="Essai", by=certifier)

    assert rules.layout_version == draft.version
    assert [version.in_force for version in describe_versions([draft, first_layout()])] == [True, False]


def test_a_certificate_is_drawn_the_same_after_a_newer_version(certifier, published):
    before = bare_certificate(layout_version=published.version)
    drawn = render_document(before, published)

    newer = start_draft(source=published.version, by=certifier)
    write_draft(layout=newer, **TEXTS | {"domains_heading": "Autre titre"}, logo=png(), by=certifier)
    publish_layout(layout=newer, by=certifier)

    assert render_document(before, layout_of(before.layout_version)) == drawn
    assert render_document(before, layout_of(newer.version)) != drawn


def test_each_version_counts_its_certificates(draft):
    certificate_of()

    versions = describe_versions(all_layouts())

    assert [(version.layout.version, version.certificates) for version in versions] == [
        ("2026-2", 0),
        ("2026-1", 1),
    ]


def test_an_unknown_version_is_told():
    with pytest.raises(LayoutMissing, match="1999-1"):
        layout_of("1999-1")
