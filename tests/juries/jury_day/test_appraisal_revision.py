"""Two pages of one juror on one grid: by scripts, by forms, in any order, none undoes the other."""

from copy import deepcopy
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from juries.models import Appraisal
from juries.services.jury_day.appraisals import LostUpdate, save_appraisal
from tests.factories import SeatFactory
from tests.juries import builders
from tests.juries.grids import PRODUCTION, address, criterion, grid, keep

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def opened_session(module_db):
    return builders.opened()


@pytest.fixture
def session(opened_session, db):
    return deepcopy(opened_session)


@pytest.fixture
def candidate(session):
    return session.candidates.get()


@pytest.fixture
def juror(session):
    return builders.other_juror(session)


@pytest.fixture
def tablet(client, juror):
    client.force_login(juror.user)
    return client


def test_a_page_that_goes_on_does_not_pass_over_another_that_wrote_between(candidate, juror):
    first, second = uuid4(), uuid4()

    def save(page: UUID, revision: int, comment: str):
        facts = {"candidate": candidate, "juror": juror, "test": PRODUCTION, "marks": {}, "validated": None}
        return save_appraisal(**facts, comment=comment, revision=revision, page=page, by=juror.user)

    save(first, 0, "un")
    save(second, 1, "deux")

    with pytest.raises(LostUpdate) as refusal:
        save(first, 1, "un encore")

    assert refusal.value.saved.comment == "deux"


acts = some.lists(
    some.tuples(some.integers(0, 2), some.sampled_from(["save", "lost answer", "reload"])), max_size=14
)


@given(acts)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_three_pages_do_nobody_writes_over_what_they_have_not_seen(candidate, juror, acts):
    Appraisal.objects.all().delete()
    pages = [uuid4() for _ in range(3)]
    seen = [(0, "")] * 3  # the revision and the text that each page has before its eyes
    for number, (which, act) in enumerate(acts):
        standing = Appraisal.objects.first()
        current = (standing.revision, standing.comment) if standing else (0, "")
        if act == "reload":
            seen[which] = current
            continue
        facts = {"candidate": candidate, "juror": juror, "test": PRODUCTION, "marks": {}, "validated": None}
        writer = standing.saved_in if standing else None
        may = seen[which][0] == current[0] or writer == pages[which]
        try:
            saved = save_appraisal(
                **facts, comment=f"texte {number}", revision=seen[which][0], page=pages[which], by=juror.user
            )
        except LostUpdate:
            assert not may
            assert Appraisal.objects.get().comment == current[1]
        else:
            assert may
            assert saved.revision == current[0] + 1
            if act == "save":
                seen[which] = (saved.revision, saved.comment)


# the plain form, without scripts


def test_two_pages_without_scripts_are_shown_both_texts(tablet, candidate):
    tablet.post(address(candidate, "appraise"), {"revision": "0", "comment": "Première page", "draft": ""})

    response = tablet.post(
        address(candidate, "appraise"), {"revision": "0", "comment": "Seconde page", "draft": ""}
    )

    page = response.content.decode()
    assert response.status_code == 409
    assert "Première page" in page
    assert "Seconde page" in page
    assert Appraisal.objects.get().comment == "Première page"
    assert 'name="revision" value="1"' in page


def test_in_full_sight_of_both_the_second_may_be_kept(tablet, candidate):
    tablet.post(address(candidate, "appraise"), {"revision": "0", "comment": "Première page", "draft": ""})

    response = tablet.post(
        address(candidate, "appraise"), {"revision": "1", "comment": "Seconde page", "draft": ""}
    )

    assert response.status_code == 302
    assert Appraisal.objects.get().comment == "Seconde page"


def test_after_a_refused_hand_in_the_form_still_goes_on(tablet, candidate):
    refused = tablet.post(address(candidate, "appraise"), {"revision": "0", "comment": "Bien", "submit": "1"})
    again = tablet.post(
        address(candidate, "appraise"),
        {
            "revision": "1",
            "comment": "Bien",
            "validated": "yes",
            f"mark-{criterion().pk}": "3",
            "submit": "1",
        },
    )

    assert 'name="revision" value="1"' in refused.content.decode()
    assert again.status_code == 302
    assert Appraisal.objects.get().submitted_at


def test_line_ends_of_a_form_and_of_a_program_are_the_same(tablet, candidate, juror):
    keep(tablet, candidate, grid(juror, comment="une\ndeux"))

    response = tablet.post(
        address(candidate, "appraise"), {"revision": "0", "comment": "une\r\ndeux", "draft": ""}
    )

    assert response.status_code == 302
    assert Appraisal.objects.get().revision == 1


def test_each_juror_has_their_own_revisions(tablet, candidate, juror, session):
    other = SeatFactory(session=session)
    keep(tablet, candidate, grid(juror))
    tablet.force_login(other.juror.user)

    assert keep(tablet, candidate, grid(other.juror)).json()["revision"] == 1
