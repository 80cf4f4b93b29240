from datetime import date, timedelta

import pytest

from accounts import clock
from accounts.errors import DomainError, StaleState
from accounts.models import JournalEntry
from trainees.services.enrollments import leave
from trainees.services.months import close_month, of_month, reopen_month


@pytest.fixture
def month(do_log):
    return do_log().held_on


def test_a_signed_month_is_reopened_with_a_reason(enrollment, month, trainer, director):
    close_month(enrollment=enrollment, month=month, by=trainer)

    reopen_month(enrollment=enrollment, month=month, reason="Une durée fausse", by=director)
    close_month(enrollment=enrollment, month=month, by=trainer)

    closings = enrollment.month_closings.order_by("closed_at")
    assert [row.reopening_reason for row in closings] == ["Une durée fausse", ""]
    assert JournalEntry.objects.filter(thread=enrollment.pk, action__startswith="trainees.month").count() == 3


def test_a_month_is_signed_once(enrollment, month, trainer):
    close_month(enrollment=enrollment, month=month, by=trainer)

    with pytest.raises(StaleState, match="déjà signée"):
        close_month(enrollment=enrollment, month=month.replace(day=1), by=trainer)


def test_there_must_be_something_to_sign(enrollment, trainer):
    with pytest.raises(DomainError, match="rien à signer"):
        close_month(enrollment=enrollment, month=clock.today(), by=trainer)
    with pytest.raises(DomainError, match="n’a pas commencé"):
        close_month(enrollment=enrollment, month=clock.today() + timedelta(days=40), by=trainer)


def test_reopening_needs_a_signed_month_a_reason_and_an_open_path(
    enrollment, month, trainer, director, exit_reason
):
    with pytest.raises(StaleState, match="n’est pas signée"):
        reopen_month(enrollment=enrollment, month=month, reason="x", by=director)

    close_month(enrollment=enrollment, month=month, by=trainer)
    with pytest.raises(DomainError, match="porte son motif"):
        reopen_month(enrollment=enrollment, month=month, reason=" ", by=director)

    leave(enrollment=enrollment, reason=exit_reason, by=director)
    with pytest.raises(StaleState, match="est clos"):
        reopen_month(enrollment=enrollment, month=month, reason="x", by=director)


@pytest.mark.parametrize(
    ("month", "words"), [(3, "de mars 2026"), (4, "d’avril 2026"), (8, "d’août 2026"), (10, "d’octobre 2026")]
)
def test_the_name_of_a_month_is_elided(month, words):
    assert of_month(date(2026, month, 1)) == words
