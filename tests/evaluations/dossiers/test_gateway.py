import pytest
from django.urls import reverse

from core import clock
from evaluations.enums import Piece, SheetState, SignatureRole
from evaluations.models import CurrentLevel, Framework
from evaluations.queries.dossiers import read_gateway
from evaluations.services.dossiers import accept_dossier, return_dossier, seal_dossier
from tests.evaluations.conftest import evaluate_all
from tests.factories import CompetencyFactory, ExperienceSheetFactory, ImmersionFactory
from tests.factories.evaluations import reopened
from trainees.enums import EnrollmentState
from trainees.models import Pause

MOST_QUERIES = 8


def without_birthplace(enrollment):
    enrollment.trainee.birth_place = ""
    enrollment.trainee.save()


def without_plan(enrollment):
    enrollment.plans.all().delete()


def short_of_classroom(enrollment):
    enrollment.done_classroom_minutes -= 90
    enrollment.save()


def short_of_two_modalities(enrollment):
    enrollment.done_classroom_minutes, enrollment.done_production_minutes = 0, 0
    enrollment.save()


def without_levels(enrollment):
    CurrentLevel.objects.all().delete()


def with_one_more_competency(enrollment):
    CompetencyFactory(code="1.9", label="Prévenir d’une absence")


def with_five_more_competencies(enrollment):
    for n in range(5):
        CompetencyFactory(code=f"1.{n + 2}", label="Autre")


def with_two_sheets(enrollment):
    enrollment.sheets.first().delete()


def with_one_sheet_waiting(enrollment):
    enrollment.sheets.filter(pk=enrollment.sheets.first().pk).update(
        state=SheetState.SUBMITTED, validated_at=None, validated_by=None
    )


def without_immersion(enrollment):
    enrollment.immersions.all().delete()


def with_immersion_to_confirm(enrollment):
    enrollment.immersions.all().delete()
    ImmersionFactory(enrollment=enrollment)


@pytest.mark.parametrize(
    ("take_away", "piece", "sentence", "page"),
    [
        (without_birthplace, Piece.IDENTITY, "La commune de naissance", "trainees:identity"),
        (without_plan, Piece.HOURS, "Le plan de formation n’est pas encore établi", "trainees:plan"),
        (short_of_classroom, Piece.HOURS, "Il manque 1 h 30 en salle : 248 h 30 faites", "trainees:hours"),
        (
            short_of_two_modalities,
            Piece.HOURS,
            "130 h en situation de production et 85 h en",
            "trainees:hours",
        ),
        (without_levels, Piece.COMPETENCIES, "2 compétences sur 2 ne sont pas", "evaluations:booklet"),
        (
            with_one_more_competency,
            Piece.COMPETENCIES,
            "Une compétence sur 3 n’est pas encore évaluée : 1.9 Prévenir d’une absence.",
            "evaluations:booklet",
        ),
        (with_five_more_competencies, Piece.COMPETENCIES, "et 2 autres.", "evaluations:booklet"),
        (
            with_two_sheets,
            Piece.SHEETS,
            "Il manque 1 fiche d’expérience validée sur 3.",
            "evaluations:sheet_list",
        ),
        (with_one_sheet_waiting, Piece.SHEETS, "1 fiche attend d’être validée.", "evaluations:sheet_list"),
        (without_immersion, Piece.IMMERSION, "Aucune immersion", "trainees:immersion_add"),
        (with_immersion_to_confirm, Piece.IMMERSION, "reste à confirmer", "trainees:hours"),
    ],
)
def test_each_piece_says_what_it_lacks_and_where_to_mend_it(
    signed_enrollment, take_away, piece, sentence, page
):
    take_away(signed_enrollment)

    gateway = read_gateway(signed_enrollment)

    found = next(status for status in gateway.missing if status.piece == piece)
    assert sentence in found.sentence.replace("\u00a0", " ")
    assert found.url.startswith(reverse(page, args=found.arguments))
    assert {status.piece for status in gateway.missing} <= {piece, Piece.SIGNATURES}
    assert not gateway.ready
    assert not gateway.signable


def test_everything_there_but_the_signatures_can_be_signed_and_not_sealed(complete_enrollment):
    gateway = read_gateway(complete_enrollment)

    assert [piece.piece for piece in gateway.pieces] == list(Piece)
    assert [piece.sentence for piece in gateway.missing] == [
        "Il manque les signatures du salarié, de l’encadrement et de la direction."
    ]
    assert gateway.signable
    assert not gateway.ready


def test_everything_there_is_ready(signed_enrollment):
    gateway = read_gateway(signed_enrollment)

    assert gateway.ready
    assert gateway.obstacle == ""
    assert all(piece.ok for piece in gateway.pieces)


def test_levels_under_the_threshold_are_told_and_do_not_block(signed_enrollment):
    CurrentLevel.objects.filter(competency__code="9.1").update(rank=2)

    piece = next(row for row in read_gateway(signed_enrollment).pieces if row.piece == Piece.COMPETENCIES)

    assert piece.ok
    assert "dont 1 sous le niveau 3" in piece.sentence


def test_a_framework_may_ask_for_no_immersion(signed_enrollment):
    with reopened(Framework.objects.get()):
        Framework.objects.update(immersion_required=False)
    without_immersion(signed_enrollment)

    assert Piece.IMMERSION not in {piece.piece for piece in read_gateway(signed_enrollment).missing}


def test_what_changes_after_the_signatures_makes_them_void(signed_enrollment):
    ExperienceSheetFactory(
        enrollment=signed_enrollment,
        state=SheetState.VALIDATED,
        validated_at=clock.now(),
        validated_by=signed_enrollment.referent,
    )

    gateway = read_gateway(signed_enrollment)

    assert gateway.signatures == {}
    assert "on le signe de nouveau" in gateway.missing[0].sentence


def test_a_sealed_dossier_holds_the_gateway(signed_enrollment, director):
    seal_dossier(enrollment=signed_enrollment, by=director)

    gateway = read_gateway(signed_enrollment)

    assert gateway.attempt == 2
    assert "déjà scellé" in gateway.obstacle
    assert not gateway.signable


def test_a_sealed_dossier_keeps_its_signatures_in_sight(signed_enrollment, director, certifier):
    dossier = seal_dossier(enrollment=signed_enrollment, by=director)
    evaluate_all(signed_enrollment, signed_enrollment.referent, rank=4)

    gateway = read_gateway(signed_enrollment)

    assert set(gateway.signatures) == set(SignatureRole)
    assert gateway.missing == []
    accept_dossier(dossier=dossier, by=certifier)
    signed_enrollment.refresh_from_db()
    assert read_gateway(signed_enrollment).missing == []


def test_a_new_attempt_asks_for_new_signatures(signed_enrollment, director, certifier):
    dossier = seal_dossier(enrollment=signed_enrollment, by=director)
    return_dossier(dossier=dossier, reasons={Piece.SHEETS: "À préciser"}, by=certifier)
    signed_enrollment.refresh_from_db()

    gateway = read_gateway(signed_enrollment)

    assert gateway.signatures == {}
    assert [piece.piece for piece in gateway.missing] == [Piece.SIGNATURES]


def test_an_enrollment_on_a_break_holds_the_gateway(signed_enrollment):
    Pause.objects.create(enrollment=signed_enrollment, starts_on=clock.today(), reason="Congé")
    signed_enrollment.state = EnrollmentState.SUSPENDED
    signed_enrollment.save()

    assert "en pause" in read_gateway(signed_enrollment).obstacle


@pytest.mark.parametrize("more", [0, 3])
def test_reading_takes_the_same_number_of_queries_whatever_there_is(
    signed_enrollment, more, django_assert_max_num_queries, django_assert_num_queries
):
    for _ in range(more):
        ExperienceSheetFactory(enrollment=signed_enrollment)
        CompetencyFactory()
        ImmersionFactory(enrollment=signed_enrollment)
    enrollment = type(signed_enrollment).objects.get(pk=signed_enrollment.pk)

    with django_assert_num_queries(MOST_QUERIES):
        read_gateway(enrollment)
