"""The word of a tutor goes into the dossier as it came; a dossier without it reads as before."""

from io import BytesIO

from pypdf import PdfReader

from core import clock
from evaluations.documents.dossiers import render
from evaluations.services.dossiers import seal_dossier
from tests.factories import TutorAppraisalFactory


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def test_the_sealed_dossier_carries_the_word_of_the_tutor(signed_enrollment, director):
    TutorAppraisalFactory(
        immersion=signed_enrollment.immersions.get(),
        answered_at=clock.now(),
        objectives_reached="partly",
        went_well="Soigneuse avec les plants",
        to_work_on="La conduite",
        signed_as="Paul Tuteur",
    )

    snapshot = seal_dossier(enrollment=signed_enrollment, by=director).snapshot

    assert snapshot["immersions"][0]["tutor_says"]["went_well"] == "Soigneuse avec les plants"
    text = text_of(render(snapshot, {})).replace("\u00a0", " ")
    assert "Avis de Paul Tuteur : objectifs atteints, en partie." in text
    assert "La conduite" in text


def test_a_link_without_an_answer_says_nothing_in_the_dossier(signed_enrollment, director):
    TutorAppraisalFactory(immersion=signed_enrollment.immersions.get())

    snapshot = seal_dossier(enrollment=signed_enrollment, by=director).snapshot

    assert snapshot["immersions"][0]["tutor_says"] is None


def test_a_dossier_sealed_before_tutors_were_asked_is_still_drawn(signed_enrollment, director):
    snapshot = seal_dossier(enrollment=signed_enrollment, by=director).snapshot
    del snapshot["immersions"][0]["tutor_says"]

    text = text_of(render(snapshot, {}))

    assert "Tuteur dans l’entreprise" in text
    assert "Avis de" not in text
