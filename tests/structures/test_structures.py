from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core import clock
from core.errors import DomainError, StaleState
from core.models import JournalEntry
from structures.enums import StructureState
from structures.models import Structure
from structures.services.structures import (
    accredit,
    change_structure,
    end_accreditation,
    record_visit,
    register_structure,
    resume,
    suspend,
)
from tests.factories import StructureFactory, SupportFactory
from tests.factories.structures import siret

pytestmark = [pytest.mark.date_sensitive, pytest.mark.django_db]
PARIS = ZoneInfo("Europe/Paris")
MARCH = datetime(2026, 3, 10, 9, tzinfo=PARIS)


@pytest.fixture
def interested(certifier):
    with clock.at(MARCH - timedelta(days=60)):
        return register_structure(
            name="L’Atelier du Port", siret=siret(700), postcode="34200", city="Sète", by=certifier
        )


@pytest.fixture
def accredited(interested, certifier):
    with clock.at(MARCH):
        return accredit(
            structure=interested, starts_on=date(2026, 3, 1), ends_on=date(2029, 2, 28), by=certifier
        )


def spans(structure: Structure) -> list[tuple]:
    return list(structure.spans.values_list("state", "starts_on", "ends_on"))


def last_line() -> JournalEntry:
    return JournalEntry.objects.latest("sequence")


def test_a_structure_is_registered_as_interested_in_its_region(certifier):
    support = SupportFactory()

    with clock.at(MARCH):
        structure = register_structure(
            name="L’Atelier du Port",
            siret=siret(700),
            postcode="34200",
            city="Sète",
            supports=[support],
            by=certifier,
        )

    assert structure.state == StructureState.INTERESTED
    assert (structure.get_region_display(), structure.department) == ("Occitanie", "Hérault")
    assert list(structure.supports.all()) == [support]
    assert spans(structure) == [("interested", date(2026, 3, 10), None)]
    assert (last_line().action, last_line().topic_id) == ("structures.structure.registered", structure.pk)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"siret": "12345678901234"}, "SIRET n’est pas valable"),
        ({"siret": "123"}, "SIRET n’est pas valable"),
        ({"siret": ""}, "vide"),
        ({"postcode": "00123"}, "aucune région"),
        ({"postcode": "3420"}, "5 chiffres"),
        ({"name": ""}, "vide"),
        ({"training_body_number": "76340"}, "11 chiffres"),
        ({"email": "sète"}, "adresse"),
    ],
)
def test_a_structure_is_not_registered_with(wrong, sentence, certifier):
    details = {"name": "L’Atelier", "siret": siret(700), "postcode": "34200", "city": "Sète"}

    with pytest.raises(DomainError, match=sentence):
        register_structure(**details | wrong, by=certifier)

    assert not Structure.objects.exists()


def test_a_siret_is_registered_once(interested, certifier):
    with pytest.raises(DomainError, match="SIRET"):
        register_structure(name="Autre", siret=interested.siret, postcode="34200", city="Sète", by=certifier)


def test_changing_a_structure_keeps_in_the_journal_what_it_said(interested, certifier):
    change_structure(
        structure=interested, name="L’Atelier du Quai", postcode="49400", supports=[], by=certifier
    )

    interested.refresh_from_db()
    assert (interested.name, interested.city) == ("L’Atelier du Quai", "Sète")
    assert interested.get_region_display() == "Pays de la Loire"
    assert last_line().data == {"avant": {"name": "L’Atelier du Port", "postcode": "34200"}}


def test_an_accreditation_lets_enrol_from_its_first_to_its_last_day(accredited):
    assert accredited.state == StructureState.ACCREDITED
    assert not accredited.may_enrol_on(date(2026, 2, 28))
    assert accredited.may_enrol_on(date(2026, 3, 1))
    assert accredited.may_enrol_on(date(2029, 2, 28))
    assert not accredited.may_enrol_on(date(2029, 3, 1))


def test_an_accreditation_that_began_earlier_is_told_from_its_first_day(certifier):
    with clock.at(datetime(2026, 1, 5, 9, tzinfo=PARIS)):
        structure = register_structure(
            name="L’Atelier", siret=siret(700), postcode="34200", city="Sète", by=certifier
        )

    with clock.at(MARCH):
        accredit(structure=structure, starts_on=date(2026, 3, 1), ends_on=date(2029, 2, 28), by=certifier)

    assert spans(structure) == [
        ("interested", date(2026, 1, 5), date(2026, 3, 1)),
        ("accredited", date(2026, 3, 1), None),
    ]


@pytest.mark.parametrize(
    ("start", "end", "sentence"),
    [
        (date(2026, 3, 1), date(2026, 3, 1), "finir après"),
        (date(2024, 3, 1), date(2026, 3, 9), "déjà fini"),
    ],
)
def test_an_accreditation_that_cannot_run_is_refused(start, end, sentence, interested, certifier):
    with clock.at(MARCH), pytest.raises(DomainError, match=sentence):
        accredit(structure=interested, starts_on=start, ends_on=end, by=certifier)


def test_a_renewal_opens_no_new_span_and_leaves_no_day_without_accreditation(accredited, certifier):
    with clock.at(MARCH + timedelta(days=30)):
        with pytest.raises(DomainError, match="commencer aujourd’hui ou avant"):
            accredit(
                structure=accredited, starts_on=date(2026, 9, 1), ends_on=date(2030, 8, 31), by=certifier
            )
        renewed = accredit(
            structure=accredited, starts_on=date(2026, 4, 9), ends_on=date(2030, 4, 8), by=certifier
        )

    assert renewed.accredited_until == date(2030, 4, 8)
    assert [state for state, _, _ in spans(renewed)] == ["interested", "accredited"]
    assert last_line().action == "structures.structure.renewed"


def test_a_suspension_stops_enrolment_until_it_is_lifted(accredited, certifier):
    day = date(2026, 5, 1)

    with clock.at(MARCH + timedelta(days=10)):
        suspended = suspend(structure=accredited, reason="Encadrement absent", by=certifier)
    with clock.at(MARCH + timedelta(days=20)):
        resumed = resume(structure=suspended, by=certifier)

    assert not suspended.may_enrol_on(day)
    assert resumed.may_enrol_on(day)
    assert spans(resumed)[-2:] == [
        ("suspended", date(2026, 3, 20), date(2026, 3, 30)),
        ("accredited", date(2026, 3, 30), None),
    ]
    assert resumed.spans.get(state="suspended").reason == "Encadrement absent"


@pytest.mark.parametrize("act", [suspend, end_accreditation])
@pytest.mark.parametrize("reason", ["", "   ", "x" * 501])
def test_suspending_and_ending_need_a_reason(act, reason, accredited, certifier):
    with pytest.raises(DomainError, match=r"pourquoi|1 de trop"):
        act(structure=accredited, reason=reason, by=certifier)


def test_a_suspension_that_outlived_the_accreditation_needs_a_new_one(accredited, certifier):
    with clock.at(MARCH):
        suspend(structure=accredited, reason="Travaux", by=certifier)

    with clock.at(datetime(2029, 3, 1, 9, tzinfo=PARIS)):
        with pytest.raises(DomainError, match="nouvel agrément"):
            resume(structure=accredited, by=certifier)
        accredit(structure=accredited, starts_on=date(2029, 3, 1), ends_on=date(2032, 2, 28), by=certifier)

    accredited.refresh_from_db()
    assert accredited.state == StructureState.ACCREDITED


def test_an_ended_structure_enrols_no_more_and_may_come_back(accredited, certifier):
    with clock.at(MARCH + timedelta(days=5)):
        ended = end_accreditation(structure=accredited, reason="Cessation d’activité", by=certifier)
        assert not ended.may_enrol_on(clock.today())
        back = accredit(structure=ended, starts_on=clock.today(), ends_on=date(2029, 1, 1), by=certifier)

    assert back.state == StructureState.ACCREDITED
    assert back.spans.filter(ends_on=None).count() == 1


@pytest.mark.parametrize(
    ("state", "act"),
    [
        (StructureState.INTERESTED, suspend),
        (StructureState.SUSPENDED, suspend),
        (StructureState.ENDED, suspend),
        (StructureState.ENDED, end_accreditation),
    ],
)
def test_a_move_that_no_longer_applies_changes_nothing(state, act, certifier):
    structure = StructureFactory(state=state)

    with pytest.raises(StaleState):
        act(structure=structure, reason="Motif", by=certifier)

    structure.refresh_from_db()
    assert structure.state == state


def test_two_people_suspending_at_once_suspend_once(accredited, certifier):
    seen_by_the_other = Structure.objects.get(pk=accredited.pk)
    suspend(structure=accredited, reason="Travaux", by=certifier)

    with pytest.raises(StaleState, match="Rechargez"):
        suspend(structure=seen_by_the_other, reason="Travaux", by=certifier)

    assert accredited.spans.filter(state="suspended").count() == 1


def test_only_a_suspended_accreditation_resumes(accredited, certifier):
    with pytest.raises(StaleState, match="n’est pas suspendu"):
        resume(structure=accredited, by=certifier)


def test_the_visit_is_due_within_six_months_until_it_is_recorded(accredited, certifier):
    assert accredited.visit_due_on == date(2026, 9, 1)

    with clock.at(datetime(2026, 9, 2, 9, tzinfo=PARIS)):
        assert accredited.visit_is_late
        visited = record_visit(structure=accredited, visited_on=date(2026, 8, 20), by=certifier)

    assert visited.visit_due_on is None
    assert last_line().action == "structures.structure.visited"


@pytest.mark.parametrize("day", [date(2026, 2, 28), date(2026, 3, 11)])
def test_a_visit_happened_between_the_accreditation_and_today(day, accredited, certifier):
    with clock.at(MARCH), pytest.raises(DomainError, match="corrigez sa date"):
        record_visit(structure=accredited, visited_on=day, by=certifier)


def test_a_structure_that_was_never_accredited_is_not_visited(interested, certifier):
    with pytest.raises(DomainError, match="n’est pas agréée"):
        record_visit(structure=interested, visited_on=clock.today(), by=certifier)
