import pytest
from django.urls import reverse

from core.models import JournalEntry
from core.services.journal import broken_links

pytestmark = pytest.mark.django_db
MIDDLEWARE = "core.middleware.RefusalMiddleware"


@pytest.fixture(autouse=True)
def _refusals_are_kept(settings):
    settings.MIDDLEWARE = [*(name for name in settings.MIDDLEWARE if name != MIDDLEWARE), MIDDLEWARE]


def test_a_refusal_of_access_is_one_line_of_the_journal(client, director):
    client.force_login(director)

    response = client.get(reverse("accounts:journal"))

    line = JournalEntry.objects.get()
    assert response.status_code == 403
    assert (line.action, line.actor) == ("accounts.access.refused", director)
    assert line.data == {"adresse": "/journal/"}
    assert "réservé au certificateur" in line.reason
    assert list(broken_links()) == []


def test_a_page_that_is_not_visible_or_not_open_without_login_writes_nothing(client, stranger, structure):
    client.get(reverse("accounts:journal"))
    client.force_login(stranger)
    client.get(reverse("structures:detail", args=[structure.pk]))

    assert not JournalEntry.objects.exists()
