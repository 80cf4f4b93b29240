from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from core import clock
from core.errors import DomainError
from core.models import JournalEntry
from structures.enums import StructureState
from tests.factories import EnrollmentFactory, StructureFactory, SupportFactory, TraineeFactory
from trainees.enums import EnrollmentState, EnrollmentStep
from trainees.models import Enrollment, Trainee
from trainees.services.enrollments import Contract, Identity, leave
from trainees.services.enrollments.identities import ANOTHER

pytestmark = pytest.mark.date_sensitive


def test_an_enrollment_opens_with_the_framework_of_its_day(do_enrol, support, structure, director):
    enrollment = do_enrol()

    support.framework_version = "2027-1"
    support.save()
    enrollment.refresh_from_db()
    assert enrollment.framework_version == "2026-1"
    assert (enrollment.state, enrollment.step) == (EnrollmentState.ACTIVE, EnrollmentStep.ENROLLED)
    assert enrollment.trainee.birth_name == "DUPONT"
    line = JournalEntry.objects.get(topic_id=enrollment.pk)
    assert line.actor == director
    assert line.summary == "Samira DUPONT est inscrite : Les Jardins du Lez, Espaces verts"


@pytest.mark.parametrize(
    "changes",
    [
        {"state": StructureState.SUSPENDED},
        {"state": StructureState.ENDED},
        {"accredited_until": timedelta(days=-1)},
        {"accredited_from": timedelta(days=1)},
    ],
)
def test_a_structure_that_is_not_accredited_today_enrols_nobody(do_enrol, structure, changes):
    for name, value in changes.items():
        setattr(structure, name, clock.today() + value if isinstance(value, timedelta) else value)
    structure.save()

    with pytest.raises(DomainError, match=r"structure|agrément"):
        do_enrol()

    assert Trainee.objects.count() == 0


def test_the_support_must_be_run_by_the_structure_and_have_a_framework(do_enrol, support):
    with pytest.raises(DomainError, match="ne tient pas le support"):
        do_enrol(support=SupportFactory(code="cuisine"))

    support.framework_version = ""
    support.save()
    with pytest.raises(DomainError, match="Aucun référentiel"):
        do_enrol(support=support)


def test_the_referent_works_in_the_structure_today(do_enrol, trainer, stranger):
    with pytest.raises(DomainError, match="ne fait pas partie de l’équipe"):
        do_enrol(referent=stranger)

    trainer.memberships.update(ends_on=clock.today() - timedelta(days=1))
    with pytest.raises(DomainError, match="ne fait pas partie de l’équipe"):
        do_enrol()


def test_the_director_may_be_the_referent(do_enrol, director):
    assert do_enrol(referent=director).referent == director


@pytest.mark.parametrize(
    ("start", "end", "hours", "words"),
    [
        (0, 0, "26", "finit avant"),
        (0, 365 * 6, "26", "60 mois"),
        (-400, -1, "26", "est fini depuis"),
        (0, 100, "0", "35 heures"),
        (0, 100, "35.5", "35 heures"),
        (0, 100, "NaN", "35 heures"),
        (0, 100, "26.333", "décimales"),
    ],
)
def test_a_contract_out_of_order_is_refused(do_enrol, start, end, hours, words):
    first = clock.today() + timedelta(days=start)
    contract = Contract(first, clock.today() + timedelta(days=end), Decimal(hours))

    with pytest.raises(DomainError, match=words):
        do_enrol(contract=contract)


def test_a_person_has_one_open_enrollment_at_a_time(do_enrol, identity):
    do_enrol()

    with pytest.raises(DomainError, match="déjà inscrite dans votre structure"):
        do_enrol(identity=replace(identity, birth_name="DUPONT", first_names="samira"))


def test_an_enrollment_elsewhere_is_not_named(do_enrol, identity):
    elsewhere = EnrollmentFactory(structure=StructureFactory(name="L’Escale"))
    Trainee._base_manager.filter(pk=elsewhere.trainee_id).update(**vars(identity.tidy()))

    with pytest.raises(DomainError, match="autre structure") as refusal:
        do_enrol()

    assert "L’Escale" not in refusal.value.message


def test_somebody_who_left_comes_back_on_a_new_enrollment(do_enrol, identity, exit_reason, director):
    first = do_enrol()
    leave(enrollment=first, reason=exit_reason, by=director)

    second = do_enrol(identity=replace(identity, phone="0612001101"))

    assert second.trainee == first.trainee
    assert second.trainee.phone == "06 12 00 11 01"
    assert Enrollment.objects.filter(trainee=first.trainee).count() == 2


def test_homonyms_born_on_other_days_are_two_people(do_enrol, identity):
    do_enrol()

    do_enrol(identity=replace(identity, birth_date=date(1985, 1, 1)))

    assert Trainee.objects.count() == 2


@pytest.mark.parametrize(
    ("known", "typed"),
    [
        ({"birth_place": "Sète"}, {"birth_place": "Sete"}),
        ({"birth_place": ""}, {}),
        ({}, {"birth_place": ""}),
        ({"birth_name": "D'ALMEIDA"}, {"birth_name": "D’ALMEIDA"}),
        ({"birth_name": "D’ALMEIDA"}, {"birth_name": "DALMEIDA"}),
        ({"first_names": "Jean-Pierre"}, {"first_names": "Jean Pierre"}),
        ({"first_names": "Jean-Pierre"}, {"first_names": "Pierre Jean"}),
        ({"first_names": "Samira Louise"}, {"first_names": "Samira"}),
        ({"birth_name": "BENSAÏD"}, {"birth_name": "BENSAID"}),
        ({"birth_name": "LEBŒUF"}, {"birth_name": "LEBOEUF"}),
        (
            {"birth_name": "SAMIRA", "first_names": "Dupont"},
            {"birth_name": "DUPONT", "first_names": "Samira"},
        ),
        ({"usage_name": "Benali"}, {"birth_name": "BENALI"}),
        ({"birth_name": "DUPONT\u200b"}, {}),
    ],
)
def test_somebody_who_looks_like_a_known_person_is_asked_about(do_enrol, identity, known, typed):
    first = TraineeFactory(**vars(identity.tidy()) | known)
    identity = replace(identity, **typed)

    with pytest.raises(DomainError, match="Est-ce la même personne"):
        do_enrol(identity=identity)

    assert do_enrol(identity=identity, person=str(first.pk)).trainee == first
    assert Trainee.objects.get().birth_place == (first.birth_place or identity.birth_place)


def test_a_true_homonym_is_enrolled_on_purpose(do_enrol, identity):
    do_enrol()
    homonym = replace(identity, birth_place="Lodève")

    with pytest.raises(DomainError, match="Est-ce la même personne"):
        do_enrol(identity=homonym, person="nobody")

    assert do_enrol(identity=homonym, person=ANOTHER).trainee.birth_place == "Lodève"
    assert Trainee.objects.count() == 2


def test_twins_are_two_people_without_a_question(do_enrol, identity):
    do_enrol()

    do_enrol(identity=replace(identity, first_names="Lina"))

    assert Trainee.objects.count() == 2


def test_capitals_with_accents_do_not_make_another_person(do_enrol, identity):
    do_enrol(identity=replace(identity, first_names="Élodie"))

    with pytest.raises(DomainError, match="déjà inscrit"):
        do_enrol(identity=replace(identity, first_names="élodie"))


@pytest.mark.parametrize(
    ("first_names", "kept"),
    [
        ("  Thị   Hằng ", "Thị Hằng"),
        ("Олена", "Олена"),
        ("Ümit", "Ümit"),
        ("E\u0301lodie", "Élodie"),
        ("Anne\u00a0Cécile", "Anne Cécile"),
        ("N'Golo", "N'Golo"),
    ],
)
def test_names_of_any_script_are_kept_as_written(do_enrol, identity, first_names, kept):
    assert do_enrol(identity=replace(identity, first_names=first_names)).trainee.first_names == kept


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"birth_name": "  "}, "Le nom de naissance manque"),
        ({"first_names": "..."}, "Les prénoms manquent"),
        ({"birth_name": "=HYPERLINK()"}, "formule de tableur"),
        ({"usage_name": "@SUM(A1)"}, "formule de tableur"),
        ({"first_names": "Zoé 🌿"}, "contiennent « 🌿 »"),
        ({"birth_name": "<b>Durand"}, "contient « < »"),
        ({"first_names": "Jean\x00"}, "caractère invisible"),
        ({"first_names": "Jean\nPaul"}, "caractère invisible"),
        ({"first_names": "Jean\u202eluap"}, "caractère invisible"),
        ({"birth_place": "S\ufffdte"}, "a perdu une lettre"),
        ({"birth_name": "A" * 61}, "60 au plus"),
        ({"sex": "X"}, "F ou M"),
        ({"birth_country": ""}, "pays de naissance manque"),
        ({"birth_insee": "3430"}, "5 caractères"),
        ({"birth_insee": "99350"}, "pays étranger"),
        ({"email": "pas-un-courriel"}, "n’est pas valable"),
        ({"phone": "12"}, "n’est pas valable"),
    ],
)
def test_a_faulty_identity_is_refused_in_a_sentence(do_enrol, identity, changes, words):
    with pytest.raises(DomainError, match=words):
        do_enrol(identity=replace(identity, **changes))

    assert Trainee.objects.count() == 0


@pytest.mark.parametrize(
    ("years", "accepted"), [(15, False), (16, True), (79, True), (80, False), (-1, False)]
)
def test_a_trainee_is_16_to_79_when_the_contract_begins(do_enrol, identity, contract, years, accepted):
    birthday = date(contract.start.year - years, contract.start.month, min(contract.start.day, 28))
    identity = replace(identity, birth_date=birthday)

    if accepted:
        assert do_enrol(identity=identity).trainee.birth_date == birthday
    else:
        with pytest.raises(DomainError, match=r"ans au début|à venir"):
            do_enrol(identity=identity)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("06 12 00 11 01", "06 12 00 11 01"),
        ("0612001101", "06 12 00 11 01"),
        ("06.12.00.11.01", "06 12 00 11 01"),
        ("+33 6 12 00 11 01", "06 12 00 11 01"),
        ("+33 (0)6-12-00-11-01", "06 12 00 11 01"),
        ("0033612001101", "06 12 00 11 01"),
        ("612001101", "06 12 00 11 01"),
        ("+212 6 12 00 11 01", "+212612001101"),
        ("", ""),
    ],
)
def test_a_phone_is_kept_in_one_spelling(typed, kept):
    assert Identity("A", "B", "F", date(1990, 1, 1), phone=typed).tidy().phone == kept
