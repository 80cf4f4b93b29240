"""The folded columns: true after every way of writing a row, in the order of a French list of names."""

import pytest
from django.apps import apps

from accounts.models import User
from core.models.folded import FoldedField, FoldedModel, FoldedQuerySet, matching
from tests.factories import StructureFactory, TraineeFactory, UserFactory
from trainees.models import Trainee

pytestmark = pytest.mark.django_db


@pytest.fixture
def trainee():
    return TraineeFactory(birth_name="LEFÈVRE", first_names="Zoé")


def renamed(trainee) -> bool:
    """Whether the base holds the folded words of the new name, and of no other."""
    trainee.refresh_from_db()
    return (trainee.birth_name, trainee.folded) == ("N’DIAYE", "n diaye  zoe  n diaye  ndiaye  ndiaye")


def test_a_new_row_is_folded():
    assert TraineeFactory(birth_name="ÇELİK", usage_name="Lebœuf", first_names="Élif").folded == (
        "leboeuf  elif  celik"
    )


def test_many_new_rows_are_folded():
    user = UserFactory.build(last_name="Étienne", first_name="Zoé", email="z@aci.example")

    User.objects.bulk_create([user])

    assert User.objects.get().folded == "etienne  zoe  z aci example  zaciexample"


def test_a_row_saved_whole_is_folded_again(trainee):
    trainee.birth_name = "N’DIAYE"
    trainee.save()

    assert renamed(trainee)


def test_a_name_saved_alone_is_folded_again(trainee):
    trainee.birth_name = "N’DIAYE"
    trainee.save(update_fields=["birth_name"])

    assert renamed(trainee)


def test_another_column_saved_alone_leaves_the_folded_one(trainee):
    stale = Trainee.objects.get(pk=trainee.pk)
    trainee.birth_name = "N’DIAYE"
    trainee.save()
    stale.save(update_fields=["email"])

    assert renamed(trainee)


def test_a_row_read_in_part_is_folded_again(trainee):
    part = Trainee.objects.only("birth_name").get(pk=trainee.pk)
    part.birth_name = "N’DIAYE"
    part.save()

    assert renamed(trainee)


def test_a_row_updated_or_created_is_folded_again(trainee):
    Trainee.objects.update_or_create(pk=trainee.pk, defaults={"birth_name": "N’DIAYE"})

    assert renamed(trainee)


@pytest.mark.parametrize(
    "write",
    [
        lambda row: Trainee.objects.filter(pk=row.pk).update(birth_name="N’DIAYE"),
        lambda row: Trainee.objects.bulk_update([row], ["birth_name"]),
        lambda row: Trainee.objects.bulk_create(
            [row], update_conflicts=True, unique_fields=["id"], update_fields=["birth_name"]
        ),
        lambda row: User.objects.update(last_name="N’DIAYE"),
    ],
    ids=["update", "bulk_update", "bulk_create", "manager"],
)
def test_names_are_not_written_where_nothing_folds_them(trainee, write):
    with pytest.raises(TypeError, match="would go stale"):
        write(trainee)


def test_every_model_with_a_folded_column_holds_these_paths():
    models = [
        model
        for model in apps.get_models()
        if any(isinstance(field, FoldedField) for field in model._meta.concrete_fields)
    ]

    assert len(models) >= 6
    for model in models:
        assert issubclass(model, FoldedModel), model
        assert isinstance(model._default_manager.all(), FoldedQuerySet), model


def test_every_source_is_a_column_of_its_row():
    for model in apps.get_models():
        columns = {field.name for field in model._meta.concrete_fields}
        for field in model._meta.concrete_fields:
            if isinstance(field, FoldedField):
                assert {name for source in field.sources for name in source.split(" or ")} <= columns, model


def test_people_are_in_the_order_of_the_name_shown():
    shown = [
        ("Alix", "DE BRUYN", ""),
        ("Zoé", "DEBRAY", ""),
        ("Élise", "ÉTIENNE", ""),
        ("Ali", "EVRARD", ""),
        ("Zoé", "MARTIN", ""),
        ("Ali", "MARTIN DUPONT", ""),
        ("Ali", "ZOLA", "Martinet"),
        ("Yves", "ŒUVRARD", ""),
        ("Anne", "OZOUF", ""),
    ]
    for first, birth, usage in reversed(shown):
        TraineeFactory(first_names=first, birth_name=birth, usage_name=usage)

    assert [(row.first_names, row.birth_name, row.usage_name) for row in Trainee.objects.all()] == shown


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("LEFÈVRE", "lefevre"),
        ("LEFEVRE", "lefèvre"),
        ("LEFE\u0300VRE", "LEFÈVRE"),
        ("LEFÈVRE", "lefe\u0300vre"),
        ("N'DIAYE", "n’diaye"),
        ("N’DIAYE", "ndiaye"),
        ("NDIAYE", "n'diaye"),
        ("ÇELİK", "celik"),
        ("LEBŒUF", "leboeuf"),
        ("LE BRIS", "lebris"),
        ("JEAN-PIERRE", "jean pierre"),
        ("JEANPIERRE", "Jean-Pierre"),
        ("STRAUß", "strauss"),
    ],
)
def test_a_name_is_found_however_it_is_typed(name, asked):
    found = StructureFactory(name=name)
    StructureFactory(name="Autre")

    assert list(type(found).objects.filter(matching(asked, "folded"))) == [found]


def test_signs_without_a_word_find_nobody(trainee):
    assert not Trainee.objects.filter(matching("???", "folded"))
    assert Trainee.objects.filter(matching(" ", "folded")).exists()
