"""Two presidents, two tabs, two signatures, two releases: whatever the order of their statements, one of each."""

import random
from collections import Counter
from functools import partial

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as some

from juries.enums import Outcome
from tests.juries.interleavings import Ledger, Score, faults_of, play
from tests.juries.races import SharedRows, open_jury
from tests.juries.scheduler import Act, Scheduler

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.postgres,
    pytest.mark.slow,
    pytest.mark.exhaustive,
]

RACES = 60
"""A thousand in benchmarks/jury_races.py."""


def test_whatever_the_order_of_the_statements_there_is_one_decision_one_set_of_minutes_one_certificate_each():
    shared, ledger, score = SharedRows.build(), Ledger(), Score()

    @given(seed=some.integers(0, 2**64 - 1))
    @settings(
        max_examples=RACES,
        phases=[Phase.generate],  # a seed does not shrink: it says what to play again
        suppress_health_check=list(HealthCheck),
    )
    def race(seed):
        play(seed, shared, ledger, score)
        assert score.faults == []

    race()

    outcomes = Counter(outcome for _, outcome in score.outcomes.elements())
    assert score.races >= RACES
    assert score.waits > RACES / 2, "the tabs hardly met: nothing was at stake"
    assert outcomes["done"] > RACES
    assert outcomes["stale"] > RACES / 2


def test_a_release_and_a_break_of_an_enrollment_never_wait_for_each_other():
    shared, ledger = SharedRows.build(), Ledger()
    for seed in range(12):
        jury = open_jury(shared, shared.by_hand, size=2)
        for candidate in jury.candidates:
            jury.decide(shared.president, candidate, Outcome.CERTIFIED)
        jury.close(shared.president)
        for juror in reversed(shared.jurors):
            jury.sign(juror)
        first, second = (partial(jury.stop_enrollment, candidate) for candidate in jury.candidates)
        tabs = {
            "release": [Act("release", jury.release)],
            "first": [Act("stop", first)],
            "second": [Act("stop", second)],
        }

        Scheduler(tabs, random.Random(seed), repeat=0.9).play()

        assert list(faults_of(jury)) == []
        assert list(ledger.faults()) == []
