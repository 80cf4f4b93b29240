import pytest

from core.errors import DomainError, StaleState
from evaluations.enums import SignatureRole
from evaluations.models import CurrentLevel, DossierSignature
from evaluations.queries.dossiers import read_gateway
from evaluations.services.dossiers import sign_dossier
from tests.evaluations.conftest import sign_all


def test_the_trainee_signs_from_their_own_account(complete_enrollment, trainee_user):
    signature = sign_dossier(
        enrollment=complete_enrollment,
        role=SignatureRole.TRAINEE,
        signatory=str(complete_enrollment.trainee).upper(),
        by=trainee_user,
    )

    assert (signature.signatory, signature.in_presence) == (str(complete_enrollment.trainee), False)
    assert signature.signed_sha256 == read_gateway(complete_enrollment).fingerprint


def test_the_trainee_signs_on_the_device_of_a_trainer(complete_enrollment, trainer):
    signature = sign_dossier(
        enrollment=complete_enrollment,
        role=SignatureRole.TRAINEE,
        signatory=str(complete_enrollment.trainee),
        in_presence=True,
        by=trainer,
    )

    assert (signature.signed_by, signature.in_presence) == (trainer, True)


@pytest.mark.parametrize(
    ("person", "role", "in_presence"),
    [
        ("director", SignatureRole.TRAINER, False),
        ("trainer", SignatureRole.DIRECTOR, False),
        ("director", SignatureRole.TRAINEE, True),
        ("trainer", SignatureRole.TRAINEE, False),
        ("stranger", SignatureRole.DIRECTOR, False),
        ("certifier", SignatureRole.DIRECTOR, False),
    ],
)
def test_nobody_signs_for_another(complete_enrollment, person, role, in_presence, request):
    somebody = request.getfixturevalue(person)

    with pytest.raises(DomainError, match=r"signature est celle|Le salarié signe"):
        sign_dossier(
            enrollment=complete_enrollment,
            role=role,
            signatory=str(complete_enrollment.trainee),
            in_presence=in_presence,
            by=somebody,
        )


def test_a_signature_is_the_name_of_the_person(complete_enrollment, director):
    with pytest.raises(DomainError, match=f"écrivez « {director} »".replace(" ", r"\s")):
        sign_dossier(
            enrollment=complete_enrollment, role=SignatureRole.DIRECTOR, signatory="moi", by=director
        )


def test_a_signature_may_leave_out_capitals_accents_and_ligatures(complete_enrollment, director):
    director.first_name, director.last_name = "Maë-Lys", "Le Cœur"
    director.save()
    signature = sign_dossier(
        enrollment=complete_enrollment, role=SignatureRole.DIRECTOR, signatory="mae lys le coeur", by=director
    )
    assert signature.signatory == "Maë-Lys Le Cœur"


def test_an_incomplete_dossier_is_not_signed(complete_enrollment, director):
    complete_enrollment.immersions.all().delete()

    with pytest.raises(DomainError, match=r"On signe un dossier complet. Aucune immersion"):
        sign_dossier(
            enrollment=complete_enrollment, role=SignatureRole.DIRECTOR, signatory=str(director), by=director
        )


def test_a_role_signs_once_what_does_not_change(signed_enrollment, director):
    with pytest.raises(StaleState, match="déjà donnée"):
        sign_dossier(
            enrollment=signed_enrollment, role=SignatureRole.DIRECTOR, signatory=str(director), by=director
        )


def test_void_signatures_are_given_again_in_their_place(signed_enrollment, trainer, director):
    CurrentLevel.objects.filter(competency__code="9.1").update(rank=4)
    assert not read_gateway(signed_enrollment).ready

    sign_all(signed_enrollment, trainer, director)

    assert read_gateway(signed_enrollment).ready
    assert DossierSignature.objects.count() == 3
