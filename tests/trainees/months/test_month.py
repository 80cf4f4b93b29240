from datetime import date, time, timedelta

import pytest
from dateutil.relativedelta import relativedelta

from core import clock
from core.errors import DomainError, StaleState
from core.models import JournalEntry, Work
from tests.factories import StructureFactory, TrainingSessionFactory
from tests.trainees.builders import attended, last_month, sign
from trainees.enums import HalfDay, SessionState
from trainees.queries.months import read_history, read_month
from trainees.queries.sessions import missing_signatures
from trainees.rules.months import of_month
from trainees.services.enrollments import leave
from trainees.services.months import close_month, reopen_month

pytestmark = pytest.mark.date_sensitive


def close(enrollment, by, **changes):
    return close_month(**{"enrollment": enrollment, "month": last_month(), "by": by} | changes)


def test_a_signed_month_is_reopened_with_a_reason(enrollment, trainer, director):
    attended(enrollment)
    close(enrollment, trainer)

    reopen_month(enrollment=enrollment, month=last_month(), reason="Une durée fausse", by=director)
    close(enrollment, trainer)

    closings = enrollment.month_closings.order_by("closed_at")
    assert [row.reopening_reason for row in closings] == ["Une durée fausse", ""]
    assert [row.sheets.count() for row in closings] == [1, 1]
    assert (
        JournalEntry.objects.filter(topic_id=enrollment.pk, action__startswith="trainees.month").count() == 3
    )


def test_a_month_is_signed_once(enrollment, trainer):
    attended(enrollment)
    close(enrollment, trainer)

    with pytest.raises(StaleState, match="déjà signée"):
        close(enrollment, trainer, month=last_month(1))


def test_there_must_be_something_to_sign(enrollment, trainer):
    with pytest.raises(DomainError, match="rien à signer"):
        close(enrollment, trainer)
    with pytest.raises(DomainError, match="n’a pas commencé"):
        close(enrollment, trainer, month=clock.today() + timedelta(days=40))


def test_the_month_under_way_is_not_signed_before_its_end(enrollment, trainer):
    attended(enrollment, held_on=clock.today())

    with pytest.raises(DomainError, match=r"n’est pas fini\. La feuille se signe à partir du 1er"):
        close(enrollment, trainer, month=clock.today())


def test_a_month_is_signed_early_once_the_contract_has_ended_in_it(enrollment, trainer):
    with clock.at(clock.now().replace(day=20)):
        attended(enrollment, held_on=clock.today() - timedelta(days=3))
        enrollment.contract_end = clock.today()
        enrollment.save()
        with pytest.raises(DomainError, match="n’est pas fini"):
            close(enrollment, trainer, month=clock.today())
        enrollment.contract_end = clock.today() - timedelta(days=1)
        enrollment.save()

        assert close(enrollment, trainer, month=clock.today()).sheets.count() == 1


def test_a_month_is_signed_early_once_the_person_has_left(enrollment, trainer, director, exit_reason):
    attended(enrollment, held_on=clock.today())
    leave(enrollment=enrollment, reason=exit_reason, by=director)

    assert close(enrollment, trainer, month=clock.today()).sheets.count() == 1


def test_the_sessions_that_wait_for_their_roll_are_named(enrollment, trainer):
    attended(enrollment)
    waiting = TrainingSessionFactory(
        structure=enrollment.structure, held_on=last_month(9), state=SessionState.PLANNED, theme="Bouturer"
    )
    waiting.expected.add(enrollment)

    with pytest.raises(DomainError, match="L’appel n’est pas fait : « Bouturer » du 9"):
        close(enrollment, trainer)

    TrainingSessionFactory(structure=enrollment.structure, held_on=last_month(8), state=SessionState.PLANNED)
    waiting.expected.clear()
    assert close(enrollment, trainer).sheets.count() == 1


def test_half_days_that_nobody_signed_ask_for_a_reason(enrollment, trainer):
    attended(enrollment, signed=False, starts_at=time(8), ends_at=time(16))
    attended(enrollment, absence="leave", held_on=last_month(6))

    with pytest.raises(DomainError, match=r"2.signatures à recueillir : 5.* \(matin\) et 5.* \(après-midi\)"):
        close(enrollment, trainer, missing_reason=" ")

    closing = close(enrollment, trainer, missing_reason="Téléphone perdu")
    assert closing.missing_reason == "Téléphone perdu"
    assert closing.sheets.get().content["signed"]["missing_reason"] == "Téléphone perdu"


def test_a_signature_for_another_duration_counts_for_nothing(enrollment, trainer):
    row = attended(enrollment)
    row.minutes = 60
    row.save()

    assert read_month(enrollment, last_month()).missing == [(row, HalfDay.MORNING)]
    half = (
        close(enrollment, trainer, missing_reason="x").sheets.get().content["slots"][0]["halves"]["morning"]
    )
    assert (half["trainee"], half["outdated"]) == (None, True)
    assert half["trainer"]["sha256"] == "a" * 64


def test_who_was_there_in_part_signs_where_they_were(enrollment, trainer):
    row = attended(enrollment, minutes=180, signed=False, starts_at=time(8), ends_at=time(16))
    assert [half for _, half in read_month(enrollment, last_month()).missing] == list(HalfDay)
    sign(row, HalfDay.MORNING)

    assert missing_signatures([row.session]) == {
        row.session_id: [(None, HalfDay.AFTERNOON)],
    }
    closing = close(enrollment, trainer)

    halves = closing.sheets.get().content["slots"][0]["halves"]
    assert [(half["trainee"] is None, half["awaited"]) for half in halves.values()] == [
        (False, False),
        (True, False),
    ]


def test_a_reason_without_any_missing_signature_is_not_kept(enrollment, trainer):
    attended(enrollment)

    assert close(enrollment, trainer, missing_reason="Pour rien").missing_reason == ""


def test_each_employer_of_the_month_has_its_own_sheet(enrollment, trainer):
    first = StructureFactory(name="L’Escale")
    attended(enrollment, structure=first, held_on=last_month(2))
    attended(enrollment, held_on=last_month(20))

    sheets = {sheet.structure: sheet.content for sheet in close(enrollment, trainer).sheets.all()}

    assert set(sheets) == {first, enrollment.structure}
    assert [slot["held_on"][-2:] for slot in sheets[first]["slots"]] == ["02"]
    assert sheets[first]["employer"]["name"] == "L’Escale"
    assert Work.objects.filter(task="trainees.tasks.render_sheet").count() == 2


def test_reopening_needs_a_signed_month_a_reason_and_an_open_enrollment(
    enrollment, trainer, director, exit_reason
):
    attended(enrollment)
    with pytest.raises(StaleState, match="n’est pas signée"):
        reopen_month(enrollment=enrollment, month=last_month(), reason="x", by=director)

    close(enrollment, trainer)
    with pytest.raises(DomainError, match="porte son motif"):
        reopen_month(enrollment=enrollment, month=last_month(), reason=" ", by=director)

    leave(enrollment=enrollment, reason=exit_reason, by=director)
    with pytest.raises(StaleState, match="est clos"):
        reopen_month(enrollment=enrollment, month=last_month(), reason="x", by=director)


@pytest.mark.parametrize("count", [1, 3])
def test_the_history_of_an_enrollment_is_read_in_five_queries(
    enrollment, trainer, count, django_assert_num_queries
):
    for day in range(count):
        attended(enrollment, held_on=last_month(day + 1), signed=False)
        attended(enrollment, held_on=last_month() - relativedelta(months=day + 1))
    close(enrollment, trainer, missing_reason="Oubli")

    with django_assert_num_queries(5):
        months = read_history(enrollment)

    assert len(months) == 1 + count
    assert [month.first_day for month in months] == sorted((m.first_day for m in months), reverse=True)


@pytest.mark.parametrize(
    ("month", "words"), [(3, "de mars 2026"), (4, "d’avril 2026"), (8, "d’août 2026"), (10, "d’octobre 2026")]
)
def test_the_name_of_a_month_is_elided(month, words):
    assert of_month(date(2026, month, 1)) == words
