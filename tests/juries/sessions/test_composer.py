"""Composing a jury: what is proposed, what each rule says, and the session made in one act."""

from datetime import timedelta

import pytest

from core import clock
from core.errors import DomainError, StaleState
from core.models import JournalEntry
from juries.enums import College
from juries.models import JurySession, Unavailability
from juries.services.sessions import plan_session
from juries.services.sessions.composer import ComposerQuery, compose_session, read_composer_data
from juries.services.sessions.composer.proposing import wanted_size
from tests.factories import JurorFactory, MembershipFactory
from tests.juries import builders

pytestmark = [pytest.mark.date_sensitive, pytest.mark.django_db]

PLACE = {"venue": "Maison des métiers", "postcode": "34200", "city": "Sète"}


def in_days(days: int):
    return clock.today() + timedelta(days=days)


@pytest.fixture
def pool():
    """Two jurors of each college."""
    return [JurorFactory(college=college) for college in College for _ in range(2)]


def data_of(rules=None, days=(30,), **query):
    days = tuple(in_days(day) for day in days)
    return read_composer_data(ComposerQuery(days=days, held_on=days[0], **query), rules or builders.rules())


def compose(pool, dossiers, by, **changes):
    wanted = {
        "held_on": in_days(30),
        "jurors": [juror.pk for juror in pool],
        "president": pool[0].pk,
        "dossiers": [dossier.pk for dossier in dossiers],
        "by": by,
    }
    return compose_session(**PLACE | wanted | changes)


def sentences_of(data) -> str:
    return " ".join(check.sentence for check in data.stops)


def test_the_rules_propose_a_jury_that_they_accept(pool):
    dossier = builders.accepted_dossier()

    data = data_of()

    assert [line.dossier for line in data.picked_rows] == [dossier]
    assert {option.juror.college for option in data.jury} == set(College)
    assert sum(option.presides for option in data.jury) == 1
    assert data.stops == []


def test_as_many_jurors_are_proposed_as_the_panels_need(pool):
    builders.accepted_dossier()
    rules = builders.rules(parallel_panels=2)

    data = data_of(rules)

    assert len(data.jury) == wanted_size(rules) == 4
    assert sum(option.juror.college == College.EMPLOYER for option in data.jury) == 2


def test_a_juror_with_a_tie_is_not_proposed_and_the_rule_is_named(pool):
    dossier = builders.accepted_dossier()
    MembershipFactory(user=pool[0].user, structure=dossier.enrollment.structure)

    data = data_of()

    (refused,) = data.refused
    assert refused.juror == pool[0]
    assert refused.refusals[0][0] == "équipe de la structure"
    assert pool[0] not in [option.juror for option in data.jury]


def test_near_trained_and_rested_jurors_come_first():
    builders.accepted_dossier()
    far = JurorFactory(region="32", trained_on=clock.today())
    near = JurorFactory(region="76")
    trained = JurorFactory(region="76", trained_on=clock.today())

    data = data_of(region="76")

    assert [option.juror for option in data.options] == [trained, near, far]


def test_insiders_are_proposed_within_their_share_only():
    builders.accepted_dossier()
    for college in College:
        JurorFactory(college=college, of_certifier=True, trained_on=clock.today())
        JurorFactory(college=college)

    data = data_of(builders.rules(parallel_panels=2))

    assert sum(option.juror.of_certifier for option in data.jury) == 2
    assert data.stops == []


def test_each_day_says_who_is_free(pool, certifier):
    builders.accepted_dossier()
    Unavailability.objects.create(
        juror=pool[0], starts_on=in_days(30), ends_on=in_days(30), noted_by=certifier
    )

    first, second = data_of(days=(30, 31)).days

    assert dict(first.free)["employeurs"] == 1
    assert dict(second.free)["employeurs"] == 2


def test_a_contract_that_ends_before_is_shown_and_not_ticked(pool):
    dossier = builders.accepted_dossier()
    enrollment = dossier.enrollment
    enrollment.contract_end = in_days(10)
    enrollment.save()

    (line,) = data_of().rows

    assert line.ends_early
    assert not line.picked


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        (lambda pool: {"jurors": frozenset([pool[0].pk])}, "jurés au moins"),
        (lambda pool: {"jurors": frozenset(row.pk for row in pool[:2])}, "collège des salariés"),
        (lambda pool: {"jurors": frozenset(row.pk for row in pool)}, "Personne ne préside"),
        (lambda pool: {"dossiers": frozenset()}, "Aucun candidat"),
    ],
)
def test_each_rule_that_stops_says_so(pool, query, sentence):
    builders.accepted_dossier()

    assert sentence in sentences_of(data_of(**query(pool)))


def test_a_date_gone_by_stops_and_a_short_notice_warns(pool):
    builders.accepted_dossier()

    assert "est passé" in sentences_of(data_of(days=(-1,)))
    assert any("convocation" in check.sentence for check in data_of(days=(5,)).warnings)


def test_the_session_its_jury_and_its_candidates_are_made_in_one_act(pool, certifier):
    builders.rules()
    dossiers = [builders.accepted_dossier(), builders.accepted_dossier()]

    session = compose(pool, dossiers, certifier)

    assert {seat.juror for seat in session.seats.all()} == set(pool)
    assert session.seats.get(is_president=True).juror == pool[0]
    assert {row.dossier for row in session.candidates.all()} == set(dossiers)
    entry = JournalEntry.objects.get(action="juries.session.composed")
    assert entry.topic_id == session.pk


def test_what_became_false_since_the_page_was_read_refuses_the_whole(pool, certifier):
    builders.rules()
    dossier = builders.accepted_dossier()
    MembershipFactory(user=pool[0].user, structure=dossier.enrollment.structure)

    with pytest.raises(DomainError, match="de sa maison"):
        compose(pool, [dossier], certifier)

    assert not JurySession.objects.exists()


def test_a_dossier_taken_by_another_session_refuses_the_whole(pool, certifier):
    builders.rules()
    dossier = builders.accepted_dossier()
    compose(pool[:1] + pool[2:3], [dossier], certifier)

    with pytest.raises(StaleState, match="déjà candidat"):
        compose([pool[1], pool[3]], [dossier], certifier, city="Agde")

    assert JurySession.objects.count() == 1


def test_a_juror_seated_elsewhere_that_day_refuses_the_whole(pool, certifier):
    builders.rules()
    compose(pool, [builders.accepted_dossier()], certifier)

    with pytest.raises(DomainError, match="siège déjà ce jour-là"):
        compose(pool, [builders.accepted_dossier()], certifier, city="Agde")


def test_a_juror_who_left_the_pool_refuses_the_whole(pool, certifier):
    builders.rules()
    pool[0].is_active = False
    pool[0].save()

    with pytest.raises(StaleState, match="plus dans le vivier"):
        compose(pool, [builders.accepted_dossier()], certifier)


def test_another_empty_session_of_the_same_place_and_day_refuses(pool, certifier):
    builders.rules()
    plan_session(held_on=in_days(30), by=certifier, **PLACE)

    with pytest.raises(StaleState, match="déjà prévue"):
        compose(pool, [builders.accepted_dossier()], certifier)
