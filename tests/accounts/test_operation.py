"""« Exploitation »: the rows of every model, read by the certifier and changed by nobody."""

from copy import copy

import pytest
from django.apps import apps
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.admin import ReadOnlyAdmin, site
from accounts.models import User
from core.models import JournalEntry
from juries.models import Appraisal, Mark
from structures.models import Membership
from tests.factories import EnrollmentFactory, MembershipFactory, UserFactory
from tests.juries.builders import appraised, released
from trainees.models import Enrollment

pytestmark = pytest.mark.django_db
KINDS = list(site._registry.values())
OURS = ("core", "accounts", "structures", "trainees", "evaluations", "certificates", "juries", "dashboard")
SECRETS = {"password", "secret_hash", "strokes", "snapshot", "content", "said", "file", "image"}


@pytest.fixture
def certifier_client(client, certifier):
    client.force_login(certifier)
    return client


def test_every_model_is_there():
    ours = {model for label in OURS for model in apps.get_app_config(label).get_models()}

    assert {kind.model for kind in KINDS} == ours


def test_no_other_model_is_there_and_each_is_read_only():
    assert all(isinstance(kind, ReadOnlyAdmin) for kind in KINDS)
    assert {kind.opts.app_label for kind in KINDS} == set(OURS)


def test_secrets_and_sealed_contents_are_shown_nowhere():
    shown = {(kind.noun, field.name) for kind in KINDS for field in kind.shown_fields()}

    assert [pair for pair in shown if pair[1] in SECRETS] == []


def test_the_index_leads_to_every_list(certifier_client):
    page = certifier_client.get(reverse("admin:index")).content.decode()

    assert [kind.noun for kind in KINDS if f'href="{kind.url()}"' not in page] == []


def test_each_list_and_each_page_of_a_row_opens_and_tells_no_secret(certifier_client):
    released(candidates=2)
    faults, seen = [], 0

    for kind in KINDS:
        urls = [kind.url(), *(kind.url(pk) for pk in kind.model.objects.values_list("pk", flat=True)[:1])]
        seen += len(urls) - 1
        faults += [url for url in urls if certifier_client.get(url).status_code != 200]

    assert faults == []
    assert seen > 25


def test_nothing_is_added_changed_or_deleted(certifier_client, certifier):
    before = list(User.objects.values())
    found = set()

    for kind in KINDS:
        for place in ("", "add/", f"{certifier.pk}/"):
            found.add(certifier_client.post(f"{kind.url()}{place}", {"_save": 1}).status_code)
            found.add(certifier_client.delete(f"{kind.url()}{place}").status_code)

    assert found == {405}
    assert list(User.objects.values()) == before


@pytest.mark.parametrize("act", ["add", "{pk}/change", "{pk}/delete", "{pk}/history", "{pk}/password"])
def test_the_addresses_of_the_forms_of_django_do_not_exist(certifier_client, certifier, act):
    url = reverse("admin:rows", args=["accounts", "user"]) + act.format(pk=certifier.pk) + "/"

    assert certifier_client.get(url).status_code == 404


def test_the_forms_of_django_ask_in_vain(certifier):
    request = RequestFactory().get("/")
    request.user = certifier

    for kind in KINDS:
        assert not kind.has_add_permission(request)
        assert not kind.has_change_permission(request)
        assert not kind.has_delete_permission(request)
        assert not kind.get_actions(request)


def test_whoever_is_no_certifier_is_told_so_and_the_journal_keeps_it(client, director):
    client.force_login(director)

    response = client.get(reverse("admin:index"))

    assert response.status_code == 403
    assert "réservée au certificateur" in response.content.decode()
    assert JournalEntry.objects.get().actor == director


def test_whoever_is_not_logged_in_comes_to_the_login_of_the_site(client):
    url = reverse("admin:rows", args=["accounts", "user"])

    assert client.get(url).url == f"{reverse('account_login')}?next={url}"


@pytest.mark.parametrize("args", [("accounts", "nothing"), ("auth", "group"), ("nothing", "user")])
def test_a_model_that_is_not_registered_is_not_found(certifier_client, args):
    assert certifier_client.get(reverse("admin:rows", args=args)).status_code == 404


@pytest.mark.parametrize("pk", ["0", "add", "00000000-0000-0000-0000-000000000000", "é"])
def test_a_row_that_does_not_exist_is_not_found(certifier_client, pk):
    assert certifier_client.get(reverse("admin:row", args=["accounts", "user", pk])).status_code == 404


@pytest.mark.parametrize("query", ["is_active__exact=peut-être", "password__startswith=a", "p=mille", "e=1"])
def test_an_address_with_a_wrong_filter_shows_the_list(certifier_client, query):
    response = certifier_client.get(
        f"{reverse('admin:rows', args=['accounts', 'user'])}?{query}", follow=True
    )

    assert response.status_code == 200


def test_a_list_is_searched_and_filtered(certifier_client):
    UserFactory(email="cherchee@essai.example", is_active=False)
    UserFactory(email="autre@essai.example", is_active=False)

    page = certifier_client.get(
        f"{reverse('admin:rows', args=['accounts', 'user'])}?q=chérchée%40&is_active__exact=0"
    ).content.decode()

    assert "cherchee@essai.example" in page
    assert "autre@essai.example" not in page


def test_what_a_juror_thinks_alone_is_not_read_here_either(certifier_client):
    appraised()

    for model in (Appraisal, Mark):
        page = certifier_client.get(site._registry[model].url()).content.decode()
        assert model.objects.exists()
        assert "Aucune ligne" in page


@pytest.mark.parametrize(
    ("model", "make"),
    [
        (User, UserFactory),
        (Membership, MembershipFactory),
        (Enrollment, EnrollmentFactory),
    ],
    ids=lambda value: value.__name__,
)
def test_a_list_of_one_row_or_three_takes_as_many_queries(certifier_client, model, make):
    url = site._registry[model].url()
    make()
    one = queries_of(certifier_client, url)
    make()
    make()

    assert queries_of(certifier_client, url) == one


def test_no_list_asks_more_for_a_longer_page(certifier):
    released(candidates=3)
    kinds = [kind for kind in KINDS if kind.model.objects.count() > 2]

    dearer = [kind.noun for kind in kinds if cost_of(kind, certifier, 3) != cost_of(kind, certifier, 1)]

    assert len(kinds) > 15
    assert dearer == []


def cost_of(kind: ReadOnlyAdmin, reader: User, length: int) -> int:
    """How many queries the list takes when its pages hold so many rows."""
    request = RequestFactory().get("/")
    request.user = User.objects.get(pk=reader.pk)
    shorter = copy(kind)
    shorter.list_per_page = length
    with CaptureQueriesContext(connection) as queries:
        shorter.changelist_view(request)
    return len(queries)


def queries_of(client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)
