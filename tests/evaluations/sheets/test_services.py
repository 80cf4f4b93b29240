from datetime import timedelta
from uuid import uuid4

import pytest

from core import clock
from core.errors import DomainError, StaleState
from core.models import JournalEntry
from evaluations.enums import SheetState
from evaluations.models import Competency, ExperienceSheet
from evaluations.services.sheets import (
    change_sheet,
    return_sheet,
    submit_sheet,
    validate_sheet,
    write_sheet,
)
from tests.factories import CompetencyFactory, FrameworkFactory, SupportFactory
from trainees.enums import EnrollmentState


@pytest.fixture
def texts(enrollment, trainer):
    """The words of a sheet that can be submitted."""
    FrameworkFactory()
    return {
        "title": " La haie du stade ",
        "done_on": clock.today() - timedelta(days=3),
        "what": "J’ai taillé la haie.",
        "where": "Au stade",
        "tools": "Un taille-haie",
        "people": "L’équipe",
        "learnt": "À garder la ligne droite.",
        "claims": {Competency.objects.get(code="9.1").pk: 3},
    }


def test_a_sheet_is_written_submitted_and_validated(enrollment, trainee_user, trainer, texts):
    sheet = write_sheet(enrollment=enrollment, **texts, by=trainee_user)
    submit_sheet(sheet=sheet, by=trainee_user)
    sheet = validate_sheet(sheet=sheet, by=trainer)

    assert (sheet.title, sheet.state, sheet.validated_by) == (
        "La haie du stade",
        SheetState.VALIDATED,
        trainer,
    )
    assert [(claim.competency.code, claim.rank) for claim in sheet.claims.all()] == [("9.1", 3)]
    acts = (
        JournalEntry.objects.filter(topic_id=enrollment.pk)
        .order_by("sequence")
        .values_list("action", flat=True)
    )
    assert list(acts) == [f"evaluations.sheet.{act}" for act in ("written", "submitted", "validated")]


def test_the_same_sheet_sent_twice_is_written_once(enrollment, trainer, texts):
    sheet_id = uuid4()

    first = write_sheet(enrollment=enrollment, **texts, sheet_id=sheet_id, by=trainer)
    second = write_sheet(enrollment=enrollment, **texts, sheet_id=sheet_id, by=trainer)

    assert first == second
    assert ExperienceSheet.objects.count() == 1


def test_a_draft_can_be_rewritten_with_other_competencies(enrollment, trainer, texts):
    sheet = write_sheet(enrollment=enrollment, **texts, by=trainer)
    other = Competency.objects.get(code="1.1")

    change_sheet(sheet=sheet, **texts | {"where": "Au parc", "claims": {other.pk: 2}}, by=trainer)

    sheet.refresh_from_db()
    assert sheet.where == "Au parc"
    assert [claim.competency for claim in sheet.claims.all()] == [other]


def test_a_returned_sheet_is_a_draft_again_with_the_word(enrollment, trainer, texts):
    sheet = write_sheet(enrollment=enrollment, **texts, by=trainer)
    submit_sheet(sheet=sheet, by=trainer)

    sheet = return_sheet(sheet=sheet, reason="Dites avec quel outil.", by=trainer)

    assert (sheet.state, sheet.return_reason) == (SheetState.DRAFT, "Dites avec quel outil.")
    assert submit_sheet(sheet=sheet, by=trainer).return_reason == ""


def test_a_sheet_is_not_returned_without_a_word(enrollment, trainer, texts):
    sheet = write_sheet(enrollment=enrollment, **texts, by=trainer)
    submit_sheet(sheet=sheet, by=trainer)

    with pytest.raises(DomainError, match="ce qu’il faut reprendre"):
        return_sheet(sheet=sheet, reason="  ", by=trainer)


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ({"title": "  "}, "pas de titre"),
        ({"done_on": "tomorrow"}, "est à venir"),
        ({"done_on": "long ago"}, "précède le parcours"),
        ({"where": "a" * 201}, "dépasse 200 caractères"),
        ({"claims": "unknown"}, "pas du référentiel"),
        ({"claims": "of another support"}, "pas du référentiel"),
        ({"claims": "off the scale"}, "pas dans l’échelle"),
    ],
)
def test_a_sheet_that_cannot_be_true_is_refused(enrollment, trainer, texts, fault, sentence):
    days = {"tomorrow": clock.today() + timedelta(days=1), "long ago": clock.today() - timedelta(days=900)}
    elsewhere = CompetencyFactory(support=SupportFactory(code="restauration"))
    claims = {
        "unknown": {uuid4(): 1},
        "of another support": {elsewhere.pk: 1},
        "off the scale": {Competency.objects.get(code="9.1").pk: 5},
    }
    found = {name: days.get(value) or claims.get(value) or value for name, value in fault.items()}

    with pytest.raises(DomainError, match=sentence):
        write_sheet(enrollment=enrollment, **texts | found, by=trainer)

    assert not ExperienceSheet.objects.exists()


@pytest.mark.parametrize(
    ("left_out", "sentence"), [("learnt", "ce que vous avez appris"), ("claims", "compétence")]
)
def test_a_sheet_that_says_too_little_is_not_submitted(enrollment, trainer, texts, left_out, sentence):
    sheet = write_sheet(enrollment=enrollment, **texts | {left_out: type(texts[left_out])()}, by=trainer)

    with pytest.raises(DomainError, match=sentence):
        submit_sheet(sheet=sheet, by=trainer)


def test_a_submitted_sheet_is_not_changed_nor_submitted_again(enrollment, trainer, texts):
    sheet = write_sheet(enrollment=enrollment, **texts, by=trainer)
    submit_sheet(sheet=sheet, by=trainer)

    with pytest.raises(StaleState, match="ne change plus"):
        change_sheet(sheet=sheet, **texts, by=trainer)
    with pytest.raises(StaleState, match="déjà proposée"):
        submit_sheet(sheet=sheet, by=trainer)


def test_a_draft_is_not_validated(enrollment, trainer, texts):
    sheet = write_sheet(enrollment=enrollment, **texts, by=trainer)

    with pytest.raises(StaleState, match="encore un brouillon"):
        validate_sheet(sheet=sheet, by=trainer)


def test_a_closed_enrollment_takes_no_more_sheets(enrollment, trainer, texts):
    enrollment.state, enrollment.completed_on = EnrollmentState.COMPLETED, clock.today()
    enrollment.save()

    with pytest.raises(StaleState, match="clos"):
        write_sheet(enrollment=enrollment, **texts, by=trainer)
