"""The demonstration shows the very figures of the press release, by the rules of the site."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import User
from certificates.models import Certificate
from core import clock
from core.services.journal import broken_links
from cqp.demo.people import ACCOUNTS, CERTIFIER, PASSWORD
from juries.enums import SessionState
from juries.models import JurySession
from trainees.models import Enrollment

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture
def demo(db, settings):
    settings.DEMO = True
    call_command("demo", verbosity=0)


def test_the_demonstration_is_the_situation_of_the_press_release(demo, run_work):
    client = Client()
    client.force_login(User.objects.get(email=CERTIFIER.email))

    page = client.get("/pilotage/")

    figures = {}
    for label, value in re.findall(r"<dt>\s*([^<]+?)\s*</dt>\s*<dd>\s*([^<]+?)\s*</dd>", page.text):
        figures[label] = int(re.sub(r"\D", "", value))
    assert figures.pop("inscrits") > 700
    assert figures.pop("structures intéressées") > 60
    assert figures.pop("structures agréées") >= 25
    assert figures == {"certifiés": 27, "structures actives": 25, "jurys tenus": 3}
    held = JurySession.objects.filter(state=SessionState.RELEASED)
    assert set(held.values_list("city", flat=True)) == {"Sète", "Saumur", "Audruicq"}
    today = JurySession.objects.get(held_on=clock.today())
    assert (today.state, today.candidates.count()) == (SessionState.OPEN, 6)
    numbers = Certificate.objects.order_by("year", "sequence").values_list("sequence", flat=True)
    assert list(numbers) == list(range(1, 28))
    assert list(broken_links()) == []
    call_command("recount", verbosity=0)
    call_command("recount_levels", verbosity=0)
    for account in ACCOUNTS:
        assert Client().login(email=account.email, password=PASSWORD)
    assert Enrollment.objects.filter(trainee__user__email="salarie@cqp.example").count() == 1


def test_a_real_site_never_loses_its_data_to_the_demonstration(db, settings):
    settings.DEMO = False
    User.objects.create_user("quelqu.un@cqp.example", "un-mot-de-passe-solide")

    with pytest.raises(CommandError, match="DEMO"):
        call_command("demo")

    assert User.objects.count() == 1


def test_a_site_in_use_keeps_its_data_at_the_next_start(db, settings):
    settings.DEMO = True
    User.objects.create_user("quelqu.un@cqp.example", "un-mot-de-passe-solide")

    call_command("demo", if_empty=True)

    assert User.objects.count() == 1
