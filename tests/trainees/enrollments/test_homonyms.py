from datetime import date

import pytest
from django.urls import reverse

from evaluations.notebook.queries.notebook import read_notebook
from evaluations.queries.entry import crew_of
from tests.factories import EnrollmentFactory
from trainees.models import Trainee
from trainees.queries.enrollments import tell_apart


def people(*born: tuple[str, str, int, int]) -> list[str]:
    rows = [
        Trainee(first_names=first, birth_name=name, birth_date=date(year, month, 1))
        for first, name, year, month in born
    ]
    tell_apart(rows)
    return [str(row) for row in rows]


@pytest.mark.parametrize(
    ("born", "shown"),
    [
        (
            [("Jean", "MARTIN", 1984, 5), ("Jean", "MARTIN", 1990, 5)],
            ["Jean MARTIN (1984)", "Jean MARTIN (1990)"],
        ),
        (
            [("Élo", "LE BRÉ", 1984, 5), ("elo", "Le-Bre", 1990, 5)],
            ["Élo LE BRÉ (1984)", "elo Le-Bre (1990)"],
        ),
        (
            [("Jean", "MARTIN", 1984, 5), ("Jean", "MARTIN", 1984, 6)],
            ["Jean MARTIN (1er\u00a0mai 1984)", "Jean MARTIN (1er\u00a0juin 1984)"],
        ),
        ([("Jean", "MARTIN", 1984, 5), ("Jeanne", "MARTIN", 1984, 5)], ["Jean MARTIN", "Jeanne MARTIN"]),
    ],
)
def test_homonyms_side_by_side_are_told_apart(born, shown):
    assert people(*born) == shown


@pytest.fixture
def homonyms(structure, trainer):
    for year in (1984, 1990):
        EnrollmentFactory(
            structure=structure,
            trainee__first_names="Jean",
            trainee__birth_name="MARTIN",
            trainee__birth_date=date(year, 5, 1),
        )
    return ["Jean MARTIN (1984)", "Jean MARTIN (1990)"]


@pytest.mark.parametrize("page", ["trainees:list", "trainees:session_log", "home"])
def test_a_page_of_the_crew_tells_homonyms_apart(page_of, trainer, homonyms, page):
    html = page_of(trainer, reverse(page))[1]

    assert all(name in html for name in homonyms)


def test_the_entry_and_the_phone_tell_homonyms_apart(trainer, homonyms):
    assert sorted(str(row.trainee) for row in crew_of(trainer).enrollments) == homonyms
    assert sorted(row["name"] for row in read_notebook(trainer)["people"]) == homonyms
