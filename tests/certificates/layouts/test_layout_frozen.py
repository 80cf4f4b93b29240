"""A published layout never changes: the database itself refuses."""

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from certificates.enums import LayoutState
from certificates.models import CertificateLayout
from core import clock

pytestmark = pytest.mark.django_db


def layout(**fields) -> CertificateLayout:
    words = {"version": "2026-9", "intro": "Ce certificat est délivré à", "domains_heading": "Domaines"}
    return CertificateLayout.objects.create(**words | fields)


def published() -> CertificateLayout:
    return layout(state=LayoutState.PUBLISHED, published_at=clock.now())


@pytest.mark.parametrize(
    "change",
    [
        {"intro": "Autre phrase"},
        {"logo": "layouts/autre.png"},
        {"version": "2026-8"},
        {"state": LayoutState.DRAFT, "published_at": None},
    ],
)
def test_the_database_refuses_to_change_a_published_layout(change):
    row = published()

    with pytest.raises(DatabaseError), transaction.atomic():
        CertificateLayout.objects.filter(pk=row.pk).update(**change)

    row.refresh_from_db()
    assert row.intro == "Ce certificat est délivré à"


@pytest.mark.postgres
def test_the_database_refuses_to_delete_a_published_layout():
    row = published()

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM certificates_certificatelayout WHERE id = %s", [row.pk])


def test_a_draft_changes_is_published_and_may_be_deleted():
    row, other = layout(), layout(version="2026-10")

    CertificateLayout.objects.filter(pk=row.pk).update(intro="Autre phrase")
    CertificateLayout.objects.filter(pk=row.pk).update(state=LayoutState.PUBLISHED, published_at=clock.now())
    other.delete()

    row.refresh_from_db()
    assert (row.intro, row.state) == ("Autre phrase", LayoutState.PUBLISHED)
    assert CertificateLayout.objects.count() == 1
