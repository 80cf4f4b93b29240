"""Two presidents, two tabs, two signatures, two releases: whatever the order of their statements, one of each."""

import random
from collections import Counter
from functools import partial

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as some

from juries.enums import Outcome
from tests.juries.contests import House, open_jury
from tests.juries.interleavings import Ledger, Score, faults_of, play
from tests.juries.turns import Act, Turns

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.postgres,
    pytest.mark.slow,
    pytest.mark.exhaustive,
]

CONTESTS = 60
"""A thousand in benchmarks/jury_races.py."""


def test_whatever_the_order_of_the_statements_there_is_one_decision_one_set_of_minutes_one_certificate_each():
    house, ledger, score = House.build(), Ledger(), Score()

    @given(seed=some.integers(0, 2**64 - 1))
    @settings(
        max_examples=CONTESTS,
        phases=[Phase.generate],  # a seed does not shrink: it says what to play again
        suppress_health_check=list(HealthCheck),
    )
    def contest(seed):
        play(seed, house, ledger, score)
        assert score.faults == []

    contest()

    heard = Counter(said for _, said in score.said.elements())
    assert score.contests >= CONTESTS
    assert score.waits > CONTESTS / 2, "the tabs hardly met: nothing was contended for"
    assert heard["done"] > CONTESTS
    assert heard["stale"] > CONTESTS / 2


def test_a_release_and_a_break_of_an_enrollment_never_wait_for_each_other():
    house, ledger = House.build(), Ledger()
    for seed in range(12):
        jury = open_jury(house, house.by_hand, size=2)
        for candidate in jury.candidates:
            jury.decide(house.president, candidate, Outcome.CERTIFIED)
        jury.close(house.president)
        for juror in reversed(house.jurors):
            jury.sign(juror)
        first, second = (partial(jury.stop_enrollment, candidate) for candidate in jury.candidates)
        tabs = {
            "release": [Act("release", jury.release)],
            "first": [Act("stop", first)],
            "second": [Act("stop", second)],
        }

        Turns(tabs, random.Random(seed), stay=0.9).play()

        assert list(faults_of(jury)) == []
        assert list(ledger.faults()) == []
