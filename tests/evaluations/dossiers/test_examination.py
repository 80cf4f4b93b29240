from threading import Barrier, Thread

import pytest
from django.db import connection

from core.errors import DomainError, StaleState
from evaluations.enums import DossierState, Piece
from evaluations.models import Dossier
from evaluations.services.dossiers import accept_dossier, return_dossier, seal_dossier
from tests.evaluations.conftest import sign_all
from trainees.enums import EnrollmentStep


@pytest.fixture
def sealed(signed_enrollment, director):
    return seal_dossier(enrollment=signed_enrollment, by=director)


def test_an_accepted_dossier_sends_the_enrollment_to_the_jury(sealed, certifier):
    dossier = accept_dossier(dossier=sealed, by=certifier)

    dossier.enrollment.refresh_from_db()
    assert (dossier.state, dossier.examined_by) == (DossierState.ACCEPTED, certifier)
    assert dossier.enrollment.step == EnrollmentStep.JURY
    assert set(dossier.reviews.values_list("piece", "accepted")) == {(piece, True) for piece in Piece.values}


def test_a_returned_dossier_says_what_to_complete_piece_by_piece(sealed, certifier):
    dossier = return_dossier(
        dossier=sealed, reasons={Piece.SHEETS: "La fiche 2 ne dit pas où."}, by=certifier
    )

    assert dossier.state == DossierState.RETURNED
    assert [(review.piece, review.reason) for review in dossier.reviews.filter(accepted=False)] == [
        (Piece.SHEETS, "La fiche 2 ne dit pas où.")
    ]
    assert dossier.reviews.filter(accepted=True).count() == len(Piece) - 1


def test_a_returned_dossier_is_presented_again_under_the_next_number(
    sealed, signed_enrollment, certifier, trainer, director
):
    return_dossier(dossier=sealed, reasons={Piece.HOURS: "Deux feuilles manquent."}, by=certifier)
    with pytest.raises(DomainError, match="Il manque les signatures"):
        seal_dossier(enrollment=signed_enrollment, by=director)

    sign_all(signed_enrollment, trainer, director)
    second = seal_dossier(enrollment=signed_enrollment, by=director)

    assert second.attempt == second.snapshot["attempt"] == 2
    assert Dossier.objects.count() == 2


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({}, "quelle pièce est à reprendre"),
        ({Piece.HOURS: " "}, "ce qui est à reprendre dans"),
        ({Piece.HOURS: "a" * 501}, "compte 501 caractères, 1 de trop"),
        ({"chapeau": "a"}, "n’a pas de pièce"),
    ],
)
def test_a_return_that_explains_nothing_is_refused(sealed, certifier, words, sentence):
    with pytest.raises(DomainError, match=sentence):
        return_dossier(dossier=sealed, reasons=words, by=certifier)

    sealed.refresh_from_db()
    assert sealed.state == DossierState.SEALED


def test_a_dossier_is_examined_once(sealed, certifier):
    accept_dossier(dossier=sealed, by=certifier)

    with pytest.raises(StaleState, match="déjà été examiné"):
        return_dossier(dossier=sealed, reasons={Piece.HOURS: "Trop tard"}, by=certifier)


@pytest.mark.django_db(transaction=True)
def test_two_directors_who_seal_at_once_make_one_dossier(signed_enrollment, director):
    together, outcomes = Barrier(2), []

    def seal():
        together.wait()
        try:
            outcomes.append(seal_dossier(enrollment=signed_enrollment, by=director).attempt)
        except StaleState as refusal:
            outcomes.append(refusal.message)
        finally:
            connection.close()

    threads = [Thread(target=seal) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Dossier.objects.count() == 1
    assert outcomes.count(1) == 1
    assert any("déjà scellé" in str(outcome) for outcome in outcomes)
