import hashlib
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.db import DatabaseError, transaction
from pypdf import PdfReader

from core.errors import DomainError, StaleState
from core.hashing import fingerprint
from core.models import JournalEntry, Work
from evaluations.documents.dossiers import render
from evaluations.enums import DossierState
from evaluations.models import Dossier
from evaluations.services.dossiers import open_dossier, seal_dossier
from evaluations.tasks import render_dossier
from tests.evaluations.conftest import evaluate_all
from trainees.enums import EnrollmentStep


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def test_sealing_freezes_a_numbered_attempt_and_asks_for_its_file(signed_enrollment, director):
    dossier = seal_dossier(enrollment=signed_enrollment, by=director)

    signed_enrollment.refresh_from_db()
    assert (dossier.attempt, dossier.state, signed_enrollment.step) == (
        1,
        DossierState.SEALED,
        EnrollmentStep.DOSSIER,
    )
    assert Work.objects.filter(task=render_dossier.name, subject_id=dossier.pk).count() == 1
    assert JournalEntry.objects.latest("sequence").action == "evaluations.dossier.sealed"


def test_the_fingerprint_is_that_of_the_snapshot_read_back(signed_enrollment, director):
    dossier = seal_dossier(enrollment=signed_enrollment, by=director)

    kept = Dossier.objects.get(pk=dossier.pk)
    assert fingerprint(kept.snapshot) == kept.snapshot_sha256


def test_the_stored_file_says_the_facts_and_matches_its_fingerprint(
    signed_enrollment, director, trainer, run_work
):
    dossier = seal_dossier(enrollment=signed_enrollment, by=director)
    run_work()

    dossier.refresh_from_db()
    with dossier.file.open("rb") as file:
        pdf = file.read()
    assert hashlib.sha256(pdf).hexdigest() == dossier.file_sha256
    text = text_of(pdf)
    for fact in (
        str(signed_enrollment.trainee),
        "Les Jardins du Lez",
        "250 h",
        "Tailler une haie",
        "Être à l’heure",
        "Taille de la haie du stade",
        "Chantier 3",
        "Jardins du Lez",
        str(director),
        f"en présence de {trainer}",
        "Exemple, à remplacer par le référentiel officiel.",
        dossier.snapshot_sha256[:16],
    ):
        assert fact in text.replace("\u00a0", " "), fact


def test_the_same_snapshot_gives_the_same_bytes(signed_enrollment, director):
    snapshot = seal_dossier(enrollment=signed_enrollment, by=director).snapshot

    assert render(snapshot, {}) == render(snapshot, {})


def test_the_file_is_drawn_once_whatever_the_messages(signed_enrollment, director, run_work):
    dossier = seal_dossier(enrollment=signed_enrollment, by=director)
    run_work()
    dossier.refresh_from_db()
    first = dossier.file.name

    Work.objects.update(state="pending", done_at=None)
    run_work()

    dossier.refresh_from_db()
    assert dossier.file.name == first
    assert dossier.file.storage.listdir("dossiers")[1] == [first.removeprefix("dossiers/")]


@pytest.mark.parametrize(("left", "files"), [(b"%PDF half", 2), (None, 1)])
def test_what_a_dead_worker_left_is_taken_up_only_if_whole(
    signed_enrollment, director, run_work, left, files
):
    dossier = seal_dossier(enrollment=signed_enrollment, by=director)
    storage = dossier.file.storage
    storage.save(f"dossiers/{dossier.pk}.pdf", ContentFile(left or render(dossier.snapshot, {})))

    run_work()

    dossier.refresh_from_db()
    assert open_dossier(dossier=dossier, by=director).startswith(b"%PDF-")
    assert len(storage.listdir("dossiers")[1]) == files


def test_a_second_seal_is_refused_and_makes_nothing(signed_enrollment, director):
    seal_dossier(enrollment=signed_enrollment, by=director)

    with pytest.raises(StaleState, match="déjà scellé"):
        seal_dossier(enrollment=signed_enrollment, by=director)

    assert Dossier.objects.count() == 1


def test_what_comes_after_the_seal_does_not_move_it(signed_enrollment, director, trainer, run_work):
    dossier = seal_dossier(enrollment=signed_enrollment, by=director)
    evaluate_all(signed_enrollment, trainer, rank=1, situation="Après le scellement")
    run_work()

    dossier.refresh_from_db()
    assert fingerprint(dossier.snapshot) == dossier.snapshot_sha256
    assert "Après le scellement" not in text_of(open_dossier(dossier=dossier, by=director))


@pytest.mark.parametrize("field", ["snapshot", "snapshot_sha256", "sealed_at", "attempt"])
def test_the_database_refuses_to_change_what_is_sealed(signed_enrollment, director, field):
    dossier = seal_dossier(enrollment=signed_enrollment, by=director)

    with pytest.raises(DatabaseError, match="append only"), transaction.atomic():
        Dossier.objects.filter(pk=dossier.pk).update(**{field: getattr(dossier, field)})


def test_an_incomplete_dossier_is_refused_with_what_is_missing(complete_enrollment, director):
    complete_enrollment.sheets.all().delete()

    with pytest.raises(DomainError, match=r"3.fiches d’expérience validées.+signatures"):
        seal_dossier(enrollment=complete_enrollment, by=director)

    assert not Dossier.objects.exists()


def test_a_file_that_was_tampered_with_is_not_shown(signed_enrollment, director, certifier, run_work):
    dossier = seal_dossier(enrollment=signed_enrollment, by=director)
    run_work()
    dossier.refresh_from_db()
    with dossier.file.storage.open(dossier.file.name, "ab") as file:
        file.write(b"%")

    with pytest.raises(DomainError, match="ne correspond plus à son empreinte"):
        open_dossier(dossier=dossier, by=certifier)


def test_a_sight_by_the_certifier_or_a_juror_is_told_to_the_journal(
    signed_enrollment, director, trainer, certifier, juror, run_work
):
    dossier = seal_dossier(enrollment=signed_enrollment, by=director)
    run_work()
    dossier.refresh_from_db()

    for person in (director, trainer, certifier, juror):
        open_dossier(dossier=dossier, by=person)

    readers = JournalEntry.objects.filter(action="evaluations.dossier.read").values_list("actor", flat=True)
    assert set(readers) == {certifier.pk, juror.pk}


def test_a_dossier_whose_file_is_being_prepared_says_so(signed_enrollment, director):
    dossier = seal_dossier(enrollment=signed_enrollment, by=director)

    with pytest.raises(DomainError, match="en préparation"):
        open_dossier(dossier=dossier, by=director)
