import pytest
from django.db import IntegrityError, transaction

from core.errors import DomainError, StaleState
from core.models import JournalEntry
from evaluations.enums import FrameworkState
from evaluations.models import Activity, Competency, Framework, MasteryLevel
from evaluations.services.frameworks import (
    CompetencyText,
    add_competency,
    change_competency,
    change_draft,
    copy_framework,
    load_example,
    missing_pieces,
    publish,
    remove_competency,
    retire,
)
from structures.models import ProductionSupport
from tests.factories import EnrollmentFactory, FrameworkFactory, SupportFactory
from trainees.models import ExitReason


@pytest.fixture
def draft(certifier):
    return load_example(version="2026-1", by=certifier)


def test_the_example_fills_a_draft_with_the_nine_domains_and_both_grids(draft):
    assert draft.state == FrameworkState.DRAFT
    assert draft.notice == "Exemple, à remplacer par le référentiel officiel."
    assert [domain.number for domain in draft.domains.all()] == list(range(1, 10))
    assert draft.levels.count() == 4
    assert set(draft.criteria.values_list("test", flat=True)) == {"production", "interview"}
    assert Activity.objects.get(framework=draft, name="Tondre et débroussailler").competencies.count() == 5
    assert ProductionSupport.objects.count() >= 4
    assert ExitReason.objects.filter(positive=True).exists()


def test_loading_the_example_again_makes_no_second_support(draft, certifier):
    supports, reasons = ProductionSupport.objects.count(), ExitReason.objects.count()

    load_example(version="2026-2", by=certifier)

    assert (ProductionSupport.objects.count(), ExitReason.objects.count()) == (supports, reasons)


@pytest.mark.parametrize("version", ["", "   ", "2026-1", "x" * 21])
def test_a_version_needs_a_name_of_its_own(draft, certifier, version):
    with pytest.raises(DomainError):
        load_example(version=version, by=certifier)


def test_a_copy_holds_everything_and_is_a_draft_of_its_own(draft, certifier):
    publish(framework=draft, by=certifier)

    copy = copy_framework(framework=draft, version="2027-1", by=certifier)

    assert copy.is_draft
    assert missing_pieces(copy) == []
    assert Competency.objects.filter(domain__framework=copy).count() == 67
    activity = Activity.objects.get(framework=copy, name="Tondre et débroussailler")
    assert {competency.domain.framework for competency in activity.competencies.all()} == {copy}


def test_publishing_puts_the_version_in_force_and_retires_the_former(draft, certifier):
    publish(framework=draft, by=certifier)
    second = copy_framework(framework=draft, version="2027-1", by=certifier)

    publish(framework=second, by=certifier)

    draft.refresh_from_db()
    assert draft.state == FrameworkState.RETIRED
    assert set(ProductionSupport.objects.values_list("framework_version", flat=True)) == {"2027-1"}
    actions = list(JournalEntry.objects.order_by("sequence").values_list("action", flat=True))
    assert actions[-2:] == ["evaluations.framework.retired", "evaluations.framework.published"]


def test_a_support_that_the_new_version_leaves_out_announces_none(draft, certifier):
    publish(framework=draft, by=certifier)
    second = copy_framework(framework=draft, version="2027-1", by=certifier)
    for competency in Competency.objects.filter(domain__framework=second, support__code="maraichage"):
        remove_competency(competency=competency, by=certifier)

    publish(framework=second, by=certifier)

    assert ProductionSupport.objects.get(code="maraichage").framework_version == ""
    assert ProductionSupport.objects.get(code="restauration").framework_version == "2027-1"


def test_enrollments_under_way_keep_their_version(draft, certifier):
    publish(framework=draft, by=certifier)
    enrollment = EnrollmentFactory(support=SupportFactory(code="espaces-verts"))

    publish(framework=copy_framework(framework=draft, version="2027-1", by=certifier), by=certifier)

    enrollment.refresh_from_db()
    assert enrollment.framework_version == "2026-1"


def test_an_incomplete_version_is_refused_with_all_that_is_missing(certifier):
    empty = Framework.objects.create(version="vide", title="Vide", certificate_title="CQP")

    with pytest.raises(DomainError) as refusal:
        publish(framework=empty, by=certifier)

    assert "4 modules" in refusal.value.message
    assert "9 domaines" in refusal.value.message
    assert "grille" in refusal.value.message
    assert "support" in refusal.value.message


def test_a_domain_without_competency_is_named(draft, certifier):
    for competency in Competency.objects.filter(domain__framework=draft, domain__number=6):
        remove_competency(competency=competency, by=certifier)

    missing = missing_pieces(draft)

    assert len(missing) == 1
    assert "Techniques de l’information et de la communication" in missing[0]


def test_a_version_is_published_once(draft, certifier):
    publish(framework=draft, by=certifier)

    with pytest.raises(StaleState):
        publish(framework=draft, by=certifier)


def test_retiring_leaves_no_version_to_enrol_on(draft, certifier):
    publish(framework=draft, by=certifier)

    retire(framework=draft, by=certifier)

    assert set(ProductionSupport.objects.values_list("framework_version", flat=True)) == {""}
    with pytest.raises(StaleState):
        retire(framework=draft, by=certifier)


def test_a_draft_changes_competency_by_competency(draft, certifier):
    domain = draft.domains.get(number=9)
    support = ProductionSupport.objects.get(code="espaces-verts")
    activity = draft.activities.filter(support=support).first()
    text = CompetencyText(
        code="9.EV.9",
        label="Abattre un arbre",
        indicators=["Regarde", ""],
        support=support,
        activities=[activity],
    )

    added = add_competency(domain=domain, text=text, by=certifier)
    changed = change_competency(
        competency=added, text=CompetencyText(code="9.EV.9", label="Abattre un petit arbre"), by=certifier
    )

    assert added.indicators == ["Regarde"]
    assert changed.label == "Abattre un petit arbre"
    assert not changed.activities.exists()


def test_a_code_is_taken_once_in_a_version(draft, certifier):
    with pytest.raises(DomainError, match="déjà pris"):
        add_competency(
            domain=draft.domains.get(number=2), text=CompetencyText(code="1.1", label="Autre"), by=certifier
        )


def test_a_key_competency_is_common_to_all_supports(draft, certifier):
    support = ProductionSupport.objects.first()

    with pytest.raises(DomainError, match="commune"):
        add_competency(
            domain=draft.domains.get(number=1),
            text=CompetencyText(code="1.9", label="Autre", support=support),
            by=certifier,
        )


def test_the_threshold_is_a_level_of_the_scale(draft, certifier):
    change_draft(framework=draft, threshold=2, title="Nouveau titre", by=certifier)

    with pytest.raises(DomainError, match="échelle"):
        change_draft(framework=draft, threshold=9, by=certifier)

    draft.refresh_from_db()
    assert (draft.threshold, draft.title) == (2, "Nouveau titre")


def test_the_services_refuse_to_change_a_published_version(draft, certifier):
    publish(framework=draft, by=certifier)
    competency = Competency.objects.filter(domain__framework=draft).first()
    text = CompetencyText(code="1.9", label="Autre")

    for act in (
        lambda: add_competency(domain=competency.domain, text=text, by=certifier),
        lambda: change_competency(competency=competency, text=text, by=certifier),
        lambda: remove_competency(competency=competency, by=certifier),
        lambda: change_draft(framework=draft, threshold=2, by=certifier),
    ):
        with pytest.raises(StaleState, match="publiée"):
            act()


def test_the_database_refuses_to_change_a_published_version(db):
    framework = FrameworkFactory()
    competency = Competency.objects.filter(domain__framework=framework).first()

    for act in (
        lambda: Competency.objects.filter(pk=competency.pk).update(label="Autre"),
        lambda: Competency.objects.create(domain=competency.domain, code="1.9", label="Autre"),
        lambda: MasteryLevel.objects.create(framework=framework, rank=9, name="x", short="x"),
        lambda: Framework.objects.filter(pk=framework.pk).update(threshold=1),
    ):
        with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
            act()


def test_only_one_version_is_published_at_a_time(db, certifier):
    FrameworkFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        FrameworkFactory(version="2026-2")
