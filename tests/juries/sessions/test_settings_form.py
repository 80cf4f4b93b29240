"""The rules of the juries: shown and asked by what they are about, each explained."""

import pytest
from django.urls import reverse

from juries.forms.sessions.settings import GROUPS, grouped
from juries.models import CertificationSettings
from juries.services.sessions.settings import RULES, adopt_settings
from tests.juries import builders

pytestmark = pytest.mark.django_db


def test_every_rule_stands_in_one_group():
    placed = [name for _, _, names in grouped() for name in names]

    assert sorted(placed) == sorted(RULES)
    assert len(GROUPS) == len(grouped()), "a rule has no group: place it in juries/forms/sessions/settings.py"


def test_the_page_says_the_rules_in_force_with_their_titles(client, certifier):
    builders.rules(colleague_years=8)
    client.force_login(certifier)

    page = client.get(reverse("juries:settings")).content.decode()

    for title, _, _ in GROUPS:
        assert title in page


@pytest.mark.parametrize(
    "change", [{"production_minutes": 0}, {"interview_minutes": 600}, {"parallel_panels": 0}]
)
def test_a_day_that_cannot_be_is_refused_in_words(client, certifier, change):
    builders.rules()
    client.force_login(certifier)
    data = {name: getattr(CertificationSettings.in_force(), name) for name in RULES}
    data = {name: value for name, value in data.items() if value is not None} | change

    response = client.post(reverse("juries:settings"), data | {"source": "Comité"})

    assert response.status_code == 422
    assert CertificationSettings.objects.count() == 1


def test_planning_without_settings_says_where_to_start(client, certifier):
    client.force_login(certifier)

    typed = {"held_on": "2099-03-03", "venue": "Lycée de la Mer", "postcode": "34200", "city": "Sète"}
    response = client.post(reverse("juries:session_plan"), typed)

    assert response.status_code == 422
    assert "Adoptez d’abord" in response.content.decode()
    assert "Lycée de la Mer" in response.content.decode()


def test_an_empty_number_of_years_means_for_ever(certifier):
    builders.rules(colleague_years=8)

    version = adopt_settings(source="Comité", colleague_years=None, by=certifier)

    assert version.colleague_years is None
