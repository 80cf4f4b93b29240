"""What a juror thinks, alone: kept, handed in, hidden, frozen."""

from copy import deepcopy

import pytest
from django.urls import reverse

from core.errors import DomainError, StaleState
from core.models import JournalEntry
from evaluations.enums import TestKind
from evaluations.models import GridCriterion
from juries.enums import Presence
from juries.models import Appraisal
from juries.services.jury_day.appraisals import appraisals_visible_to, save_appraisal, submit_appraisal
from juries.services.results.minutes import close_deliberation
from tests.factories import JurorFactory
from tests.juries import builders

pytestmark = pytest.mark.django_db

PRODUCTION = TestKind.PRODUCTION


def criterion(test=PRODUCTION) -> GridCriterion:
    return GridCriterion.objects.get(framework__version="2026-1", test=test)


def keep(candidate, juror, **changes) -> Appraisal:
    draft = {"test": PRODUCTION, "marks": {criterion().pk: 3}, "validated": True, "comment": ""}
    return save_appraisal(candidate=candidate, juror=juror, **draft | {"by": juror.user} | changes)


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
def president(session):
    return builders.president(session)


def test_a_draft_may_be_incomplete_and_is_replaced_by_the_next(candidate, president):
    keep(candidate, president, marks={}, validated=None, comment="À revoir")

    appraisal = keep(candidate, president, marks={str(criterion().pk): 2})

    assert Appraisal.objects.count() == 1
    assert appraisal.marks.get().rank == 2


def test_a_complete_appraisal_is_handed_in_and_frozen(candidate, president):
    appraisal = keep(candidate, president)

    submit_appraisal(appraisal=appraisal, by=president.user)

    with pytest.raises(StaleState, match="ne change plus"):
        keep(candidate, president, validated=False)
    with pytest.raises(StaleState, match="ne change plus"):
        submit_appraisal(appraisal=appraisal, by=president.user)
    assert Appraisal.objects.get().validated


def test_an_appraisal_without_every_criterion_is_not_handed_in(candidate, president):
    appraisal = keep(candidate, president, marks={})

    with pytest.raises(DomainError, match=r"Il reste 1.critère à apprécier.*P1"):
        submit_appraisal(appraisal=appraisal, by=president.user)


def test_an_appraisal_without_an_opinion_is_not_handed_in(candidate, president):
    appraisal = keep(candidate, president, validated=None)

    with pytest.raises(DomainError, match="si vous validez"):
        submit_appraisal(appraisal=appraisal, by=president.user)


def test_a_criterion_of_the_other_test_is_refused(candidate, president):
    with pytest.raises(DomainError, match="n’est pas de la grille"):
        keep(candidate, president, marks={criterion(TestKind.INTERVIEW).pk: 3})


def test_a_rank_out_of_the_scale_is_refused(candidate, president):
    with pytest.raises(DomainError, match="n’existe pas dans l’échelle"):
        keep(candidate, president, marks={criterion().pk: 9})


def test_nobody_appraises_in_the_name_of_another(session, candidate, president):
    with pytest.raises(DomainError, match="personnelle"):
        keep(candidate, president, by=builders.other_juror(session).user)


def test_a_juror_from_elsewhere_appraises_nobody_here(candidate):
    with pytest.raises(DomainError, match="ne siégez pas"):
        keep(candidate, JurorFactory())


def test_an_absent_candidate_is_not_appraised(candidate, president):
    candidate.presence = Presence.ABSENT
    candidate.save()

    with pytest.raises(DomainError, match="absent"):
        keep(candidate, president)


def test_nothing_is_appraised_before_the_session_opens():
    session = builders.convened(days=0)

    with pytest.raises(StaleState, match="session ouverte"):
        keep(session.candidates.get(), builders.president(session))


def test_the_others_stay_hidden_until_mine_is_handed_in(session, candidate, president):
    other = builders.other_juror(session)
    submit_appraisal(appraisal=keep(candidate, other), by=other.user)

    before = appraisals_visible_to(president.user, candidate, PRODUCTION)
    draft = keep(candidate, president)
    during = appraisals_visible_to(president.user, candidate, PRODUCTION)
    submit_appraisal(appraisal=draft, by=president.user)
    after = appraisals_visible_to(president.user, candidate, PRODUCTION)

    assert before == []
    assert during == [draft]
    assert {row.juror for row in after} == {president, other}


def test_a_draft_is_never_seen_by_another(session, candidate, president):
    keep(candidate, builders.other_juror(session))
    submit_appraisal(appraisal=keep(candidate, president), by=president.user)

    seen = appraisals_visible_to(president.user, candidate, PRODUCTION)

    assert [row.juror for row in seen] == [president]


def test_handing_in_one_test_does_not_show_the_other(session, candidate, president):
    other = builders.other_juror(session)
    marks = {criterion(TestKind.INTERVIEW).pk: 2}
    interview = keep(candidate, other, test=TestKind.INTERVIEW, marks=marks)
    submit_appraisal(appraisal=interview, by=other.user)
    submit_appraisal(appraisal=keep(candidate, president), by=president.user)

    assert appraisals_visible_to(president.user, candidate, TestKind.INTERVIEW) == []


def test_the_certifier_reads_appraisals_once_the_jury_has_deliberated(certifier):
    session = builders.decided()
    candidate = session.candidates.get()
    before = appraisals_visible_to(certifier, candidate, PRODUCTION)

    close_deliberation(session=session, by=builders.president(session).user)

    assert before == []
    assert len(appraisals_visible_to(certifier, candidate, PRODUCTION)) == 2


# the pages


def grid(candidate, test=PRODUCTION) -> str:
    return reverse("juries:appraise", kwargs={"pk": candidate.pk, "test": test})


def test_the_grid_is_kept_then_handed_in(client, candidate, president):
    client.force_login(president.user)
    typed = {f"mark-{criterion().pk}": "3", "validated": "yes", "comment": "Gestes sûrs"}

    kept = client.post(grid(candidate), typed | {"draft": ""})
    handed = client.post(grid(candidate), typed | {"submit": "1"})

    assert kept.url == grid(candidate)
    assert handed.url == reverse("juries:candidate_detail", args=[candidate.pk])
    assert Appraisal.objects.get().submitted_at


def test_a_refused_grid_keeps_what_was_typed_as_a_draft(client, candidate, president):
    client.force_login(president.user)

    response = client.post(grid(candidate), {"comment": "Très à l’aise", "submit": "1"})

    assert response.status_code == 422
    assert "Très à l’aise" in response.content.decode()
    assert Appraisal.objects.get().comment == "Très à l’aise"


def test_reading_a_sealed_dossier_is_one_line_of_the_journal(client, candidate, president):
    client.force_login(president.user)

    client.get(reverse("juries:candidate_detail", args=[candidate.pk]))

    line = JournalEntry.objects.get(action="juries.dossier.read")
    assert line.actor == president.user
    assert line.topic_id == candidate.enrollment_id


@pytest.mark.parametrize("name", ["candidate_detail", "candidate_dossier", "decide"])
def test_the_candidates_of_another_session_do_not_exist_for_a_juror(client, juror, candidate, name):
    client.force_login(juror)

    assert client.get(reverse(f"juries:{name}", args=[candidate.pk])).status_code == 404
    assert client.get(grid(candidate)).status_code == 404


def test_the_page_of_a_candidate_shows_what_is_sealed(client, session, candidate, president):
    snapshot = {
        "layout": "2026-1",
        "identity": {"full_name": "Samira DUPONT"},
        "structure": {"name": "Les Jardins du Lez", "city": "Sète"},
        "support": {"name": "Espaces verts"},
        "framework": {"notice": "", "threshold": 1, "levels": [{"rank": 1, "name": "Découvre"}]},
        "hours": {"done": 12000, "planned": 15000, "modalities": [{"name": "en salle", "done": 12000}]},
        "booklets": [
            {
                "title": "Compétences clés",
                "reached": 1,
                "total": 1,
                "domains": [
                    {
                        "number": 1,
                        "name": "Comportements",
                        "lines": [
                            {
                                "code": "1.1",
                                "label": "Être à l’heure",
                                "rank": 1,
                                "level": "Découvre",
                                "seen_on": "2026-03-02",
                                "situation": "Au stade",
                            }
                        ],
                    }
                ],
            }
        ],
        "sheets": [],
        "immersions": [],
    }
    candidate.dossier = builders.sealed_with(candidate.enrollment, snapshot)
    candidate.save()
    client.force_login(president.user)

    page = client.get(reverse("juries:candidate_detail", args=[candidate.pk])).content.decode()

    assert "200\u00a0h" in page
    assert "Être à l’heure" in page
    assert "2 mars 2026" in page.replace("\u00a0", " ")
