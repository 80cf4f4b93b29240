"""The pages of sessions to come: planned, changed, cancelled, and their roll called without JavaScript."""

from datetime import timedelta

import pytest
from django.urls import reverse

from core import clock
from tests.factories import EnrollmentFactory, TrainingSessionFactory
from trainees.models import TrainingSession

pytestmark = pytest.mark.date_sensitive

LIST = reverse("trainees:session_list")
PLAN = reverse("trainees:session_plan")


@pytest.fixture
def typed(trainer, crew):
    """Three weeks of a session of three hours, for two people of the crew."""
    return {
        "held_on": clock.today().isoformat(),
        "weeks": "3",
        "starts_at": "09:00",
        "ends_at": "12:00",
        "trainer": trainer.pk,
        "place": "production",
        "kind": "group",
        "module": "M4",
        "theme": "Tailler une haie",
        "expected": [crew[0].pk, crew[1].pk],
    }


@pytest.fixture
def planned(structure, trainer, crew):
    session = TrainingSessionFactory(
        structure=structure, trainer=trainer, state="planned", held_on=clock.today()
    )
    session.expected.set(crew[:2])
    return session


def page(name: str, session: TrainingSession) -> str:
    return reverse(f"trainees:session_{name}", args=[session.pk])


def test_a_series_is_planned_with_those_who_are_ticked(page_of, trainer, typed):
    status, address = page_of(trainer, PLAN, typed)

    sessions = TrainingSession.objects.planned()
    assert (status, address) == (302, f"{LIST}?etat=prevues")
    assert [row.expected.count() for row in sessions] == [2, 2, 2]
    assert "3\u00a0séances sont prévues" in page_of(trainer, f"{LIST}?etat=prevues")[1]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"weeks": "0"}, "supérieure ou égale à 1"),
        ({"weeks": "53"}, "inférieure ou égale à 52"),
        ({"expected": []}, "Cochez au moins une personne"),
        ({"ends_at": "08:00"}, "finit avant d’avoir commencé"),
        ({"kind": "individual"}, "une seule personne"),
    ],
)
def test_what_cannot_be_planned_is_refused_and_kept(page_of, trainer, typed, changes, words):
    status, html = page_of(trainer, PLAN, typed | changes)

    assert status == 422
    assert words in html
    assert "Tailler une haie" in html


def test_a_day_that_is_over_cannot_be_planned(page_of, trainer, typed):
    yesterday = clock.today() - timedelta(days=1)

    status, html = page_of(trainer, PLAN, typed | {"held_on": yesterday.isoformat()})

    assert status == 422
    assert "est passé" in html
    assert TrainingSession.objects.count() == 0


def test_dates_that_cannot_be_are_left_out_when_one_says_so(page_of, trainer, typed, structure):
    taken = clock.today() + timedelta(days=7)
    TrainingSessionFactory(structure=structure, trainer=trainer, state="planned", held_on=taken)

    status, html = page_of(trainer, PLAN, typed)
    assert status == 422
    assert f'name="without" value="{taken.isoformat()}"' in " ".join(html.split())
    assert "sans les personnes empêchées" not in html
    assert TrainingSession.objects.count() == 1

    assert page_of(trainer, PLAN, typed | {"without": taken.isoformat()})[0] == 302
    assert TrainingSession.objects.count() == 3
    assert page_of(trainer, PLAN, typed | {"without": "nonsense"})[0] == 422


def test_people_who_cannot_come_are_left_out_when_one_says_so(page_of, trainer, typed, crew):
    crew[0].contract_end = clock.today()
    crew[0].save()

    _, html = page_of(trainer, PLAN, typed)
    assert "sans les personnes empêchées" in html

    assert page_of(trainer, PLAN, typed | {"leave_out": "1"})[0] == 302
    assert [row.expected.count() for row in TrainingSession.objects.order_by("held_on")] == [2, 1, 1]


def test_those_whom_a_plan_would_take_past_399_hours_are_named(page_of, trainer, typed, crew):
    crew[0].done_production_minutes = 398 * 60
    crew[0].save()

    page_of(trainer, PLAN, typed)

    _, html = page_of(trainer, LIST)
    assert f"{crew[0].trainee} (8\u00a0h de trop)" in html
    assert f"{crew[1].trainee} (" not in html


def test_a_forged_person_is_not_expected(page_of, trainer, typed):
    status, _ = page_of(trainer, PLAN, typed | {"expected": [EnrollmentFactory().pk]})

    assert status == 422
    assert TrainingSession.objects.count() == 0


def test_the_rolls_to_call_come_first(page_of, trainer, planned, structure, certifier):
    TrainingSessionFactory(
        structure=structure, state="planned", held_on=clock.today() - timedelta(days=3), theme="Tard"
    )
    TrainingSessionFactory(
        structure=structure, state="planned", held_on=clock.today() + timedelta(days=3), theme="Loin"
    )
    TrainingSessionFactory(structure=structure, state="cancelled", cancelled_reason="Gel", theme="Froid")

    _, html = page_of(trainer, LIST)
    assert html.index("Tard") < html.index("Tailler une haie")
    assert "en retard" in html
    assert "Loin" not in html
    assert "Froid" not in html
    assert "Loin" in page_of(trainer, f"{LIST}?etat=prevues")[1]
    assert "Gel" in page_of(trainer, f"{LIST}?etat=annulees")[1]
    assert "Appel à faire" not in page_of(certifier, LIST)[1]
    assert page_of(trainer, f"{LIST}?etat=nonsense")[0] == 200


def test_a_roll_is_called_on_a_page_without_any_script(page_of, trainer, planned, crew):
    url = page("hold", planned)
    _, html = page_of(trainer, url)
    assert html.count('value="whole" selected') == 2
    typed = {name: html_value(html, name) for name in ("held_on", "starts_at", "ends_at", "theme")}
    typed |= {"trainer": trainer.pk, "place": "production", "kind": "group", "module": "M4"}
    lines = {f"{row.pk}-status": "out" for row in crew} | {
        f"{crew[0].pk}-status": "whole",
        f"{crew[1].pk}-status": "leave",
    }

    status, address = page_of(trainer, url, typed | lines)

    planned.refresh_from_db()
    assert (status, address) == (302, page("detail", planned))
    assert planned.state == "held"
    assert sorted(planned.attendances.values_list("minutes", flat=True)) == [0, 180]
    assert page_of(trainer, url)[0] == 302
    assert "déjà fait" in page_of(trainer, url, typed | lines)[1]


def html_value(html: str, name: str) -> str:
    tag = next(part for part in html.split("<input")[1:] if f'name="{name}"' in part)
    return tag.split('value="')[1].split('"')[0]


def test_the_roll_of_a_session_to_come_is_refused(page_of, trainer, planned, crew, typed):
    TrainingSession.objects.update(held_on=clock.today() + timedelta(days=1))

    status, html = page_of(
        trainer,
        page("hold", planned),
        typed
        | {"held_on": (clock.today() + timedelta(days=1)).isoformat()}
        | {f"{row.pk}-status": "whole" for row in crew},
    )

    assert status == 422
    assert "à venir" in html


def test_a_planned_session_is_changed_from_its_page(page_of, trainer, planned, typed, crew):
    url = page("change", planned)
    assert page_of(trainer, url)[0] == 200

    assert page_of(trainer, url, typed | {"theme": "Lire un plan", "expected": [crew[2].pk]})[0] == 302

    planned.refresh_from_db()
    assert planned.theme == "Lire un plan"
    assert list(planned.expected.all()) == [crew[2]]


def test_the_trainer_who_left_the_team_stays_in_the_choices(page_of, counsellor, trainer, planned):
    trainer.memberships.update(ends_on=clock.today())

    for name in ("hold", "change"):
        assert f'<option value="{trainer.pk}" selected' in page_of(counsellor, page(name, planned))[1]


def test_the_rest_of_a_series_follows_a_change_or_a_cancellation(page_of, trainer, typed):
    page_of(trainer, PLAN, typed)
    first = TrainingSession.objects.earliest("held_on")

    page_of(trainer, page("change", first), typed | {"theme": "Lire", "whole_rest_of_series": "on"})
    assert set(TrainingSession.objects.values_list("theme", flat=True)) == {"Lire"}
    page_of(trainer, page("cancel", first), {"reason": "Fin du chantier", "rest": "1"})
    assert set(TrainingSession.objects.values_list("state", flat=True)) == {"cancelled"}

    assert page_of(trainer, page("change", first))[0] == 302
    _, html = page_of(trainer, page("detail", first))
    assert "Fin du chantier" in html
    page_of(trainer, page("cancel", first), {"reason": "Encore"})
    assert "Cette séance est annulée" in page_of(trainer, page("detail", first))[1]


def test_a_cancellation_without_a_reason_is_told(page_of, trainer, planned):
    page_of(trainer, page("cancel", planned), {"reason": " "})

    planned.refresh_from_db()
    assert planned.state == "planned"
    assert "porte son motif" in page_of(trainer, page("detail", planned))[1]


def test_the_session_of_another_structure_is_not_found(page_of, stranger, planned):
    for name in ("detail", "hold", "change"):
        assert page_of(stranger, page(name, planned))[0] == 404


def test_the_pages_of_planned_sessions_ask_as_many_queries_for_one_as_for_three(
    count_queries, trainer, structure, planned, crew
):
    urls = [
        LIST,
        f"{LIST}?etat=prevues",
        *(page(name, planned) for name in ("detail", "hold", "change")),
        PLAN,
    ]
    planned.expected.set(crew[:1])
    one = {url: count_queries(trainer, url) for url in urls}

    planned.expected.set(crew)
    for day in (-1, 0):
        TrainingSessionFactory(
            structure=structure, state="planned", held_on=clock.today() + timedelta(days=day)
        ).expected.set(crew)
    EnrollmentFactory.create_batch(2, structure=structure)

    for url, queries in one.items():
        assert count_queries(trainer, url) == queries <= 24, url
