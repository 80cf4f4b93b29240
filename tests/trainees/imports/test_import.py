from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from core import clock
from core.errors import DomainError
from core.models import JournalEntry
from tests.factories import EnrollmentFactory, TraineeFactory
from tests.trainees.imports.promotions import HEADING, LINE, faults_of, lines
from trainees.enums import EnrollmentState
from trainees.models import Enrollment, ExitReason, Trainee
from trainees.services.imports import (
    ImportRefused,
    import_promotion,
    model_file,
    read_promotion,
)

IMPORT = reverse("trainees:import")
DATA = Path(__file__).parents[2] / "data"


def run(file: Path, structure, **options) -> str:
    out, err = StringIO(), StringIO()
    try:
        call_command(
            "import_trainees", str(file), structure=structure.siret, stdout=out, stderr=err, **options
        )
    except CommandError as error:
        return f"{err.getvalue()}{error}"
    return out.getvalue()


def test_the_promotion_of_twelve_is_enrolled(place, director):
    output = run(DATA / "promotion.csv", place)

    assert Enrollment.objects.filter(structure=place).count() == 12
    assert "12\u00a0personnes" in output
    assert JournalEntry.objects.filter(action="trainees.enrollment.opened", actor=director).count() == 12
    names = set(Trainee.objects.values_list("first_names", flat=True))
    assert {"Олена", "Thị Hằng", "Ümit", "João Pedro", "Marie-Antoinette Joséphine Caroline"} <= names
    assert Trainee.objects.filter(birth_name="MARTIN", first_names="Jean").count() == 2
    assert Trainee.objects.get(first_names="João Pedro").phone == "06 12 00 11 05"


def test_a_file_of_an_older_spreadsheet_reads_the_same(place):
    run(DATA / "promotion-windows-1252.csv", place)

    assert Enrollment.objects.count() == 9
    kevin = Enrollment.objects.get(trainee__first_names="Kévin")
    assert (kevin.trainee.birth_name, kevin.weekly_hours) == ("LEFÈVRE", 26.5)


def test_every_line_of_the_faulty_file_is_refused_and_nothing_is_written(place):
    expected = {
        2: ("Date de naissance", "n’existe pas"),
        3: ("Sexe", "F ou M"),
        4: ("Nom de naissance", "vide"),
        5: ("Fin du contrat", "avant d’avoir commencé"),
        6: ("Heures hebdo", "vingt-six"),
        7: ("Support de production", "Haute couture"),
        8: ("Courriel", "n’est pas valable"),
        9: ("Référent (courriel)", "inconnu@cqp.example"),
        10: ("Date de naissance", "7 ans"),
        11: ("Nom de naissance", "déjà à la ligne 7"),
        12: ("Nom de naissance", "formule"),
        13: ("", "coupée"),
    }

    promotion = read_promotion(structure=place, content=(DATA / "promotion-faulty.csv").read_bytes())
    output = run(DATA / "promotion-faulty.csv", place)

    assert {fault.line for fault in promotion.faults} == set(expected)
    for line, (column, words) in expected.items():
        assert any(
            fault.line == line and fault.column == column and words in fault.sentence
            for fault in promotion.faults
        ), line
    assert len(promotion.faults) == 12, "no line is blamed for what it has not done"
    assert "ligne 2, colonne «\u00a0Date de naissance\u00a0»\u00a0:" in output
    assert "Rien n’a été inscrit" in output
    assert (Trainee.objects.count(), Enrollment.objects.count()) == (0, 0)


def test_every_fault_of_a_line_is_told(place):
    found = faults_of(place, "MARTIN;;X;31/02/1979;02/09/2026;01/09/2026;x;Couture;personne")

    assert len(found) == 7


@pytest.mark.parametrize(
    "content",
    [
        lines(HEADING.upper().replace("É", "E"), LINE),
        lines(HEADING.replace(";", ","), LINE.replace(";", ",")),
        lines(HEADING.replace(";", "\t"), LINE.replace(";", "\t")),
        lines(HEADING, "", ";;;;;;;;", LINE, ""),
        f"{HEADING}\r\n{LINE}\r\n".encode("utf-16"),
        lines("Téléphone;" + HEADING, "0033 6-12-00-11-01;" + LINE),
        lines(HEADING, LINE + ";;"),
        lines(HEADING, LINE.replace("Espaces verts", "ESPACES  VERTS").replace(";26;", ";26h30;")),
    ],
    ids=[
        "capitals",
        "commas",
        "tabulators",
        "empty lines",
        "utf-16",
        "other order",
        "loose ends",
        "spellings",
    ],
)
def test_the_ways_of_spreadsheets_are_understood(place, content):
    promotion = read_promotion(structure=place, content=content)

    assert promotion.faults == []
    assert [row.identity.first_names for row in promotion.rows] == ["Jeanne"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "vide"),
        (b"\xef\xbb\xbf\r\n;;;\r\n", "vide"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04...", "classeur"),
        (b"x" * 10 * 1024 * 1024, "1 Mo"),
        (b"a;b\x00c", "lettres"),
        (lines(HEADING), "que ses titres"),
        (lines("a;b", "1;2"), "aucun des titres"),
        (lines(HEADING.replace("Sexe;", ""), LINE), "Il manque les colonnes «\u00a0Sexe\u00a0»"),
        (lines("Pointure;" + HEADING, "42;" + LINE), "«\u00a0Pointure\u00a0»"),
        (lines("Sexe;" + HEADING, "F;" + LINE), "en double"),
        (lines(HEADING, '"MARTIN;Jeanne'), "ligne 2"),
        (lines(HEADING, *[LINE] * 501), "501 lignes"),
    ],
)
def test_a_file_that_is_no_promotion_is_refused_in_a_sentence(place, content, words):
    with pytest.raises(DomainError, match=words.replace("(", r"\(")):
        read_promotion(structure=place, content=content)


NAMES = "LEFÈVRE ANDRÉ;Léa", "NOËL;Françoise", "D'ALMEIDA;Jérôme", "MAÎTRE;Benoît", "GÓMEZ;Íñigo"


def test_a_line_too_long_is_told(place):
    assert "11 cellules au lieu de 9" in faults_of(place, LINE + ";x;y")[0]


def test_a_person_on_an_enrollment_is_a_fault_and_one_who_left_comes_back(place):
    facts = {"birth_name": "MARTIN", "first_names": "Jeanne", "birth_date": "1979-03-14", "birth_place": ""}
    trainee = TraineeFactory(**facts)
    running = EnrollmentFactory(trainee=trainee)

    assert "autre structure" in faults_of(place, LINE)[0]

    reason = ExitReason.objects.create(code="emploi", name="Emploi")
    running.state, running.left_on, running.exit_reason = EnrollmentState.LEFT, clock.today(), reason
    running.save()
    promotion = read_promotion(structure=place, content=lines(HEADING, LINE))
    assert promotion.faults == []
    assert promotion.rows[0].known


def test_two_lines_that_may_be_one_person_are_a_fault(place):
    twice = LINE.replace("MARTIN;Jeanne", "Martin;Jeanne-Marie")

    assert "déjà à la ligne 2" in faults_of(place, LINE, twice)[0]


def test_a_line_that_looks_like_a_known_person_waits_for_an_answer(client, place, director):
    known = TraineeFactory(birth_name="MARTÍN", first_names="Jeanne", birth_date=date(1979, 3, 14))
    client.force_login(director)
    file = SimpleUploadedFile("promotion.csv", lines(HEADING, LINE))

    preview = client.post(IMPORT, {"file": file})
    sent = {"content": preview.context["content"], "confirmed": "1"}

    assert f'value="{known.pk}"' in preview.text
    assert "Est-ce la même personne" in client.post(IMPORT, sent).text
    assert client.post(IMPORT, sent | {"person-2": str(known.pk)}).status_code == 302
    assert Enrollment.objects.get().trainee == known


def test_a_promotion_is_written_whole_or_not_at_all(place, director):
    promotion = read_promotion(
        structure=place, content=lines(HEADING, LINE, LINE.replace("Jeanne", "Louise"))
    )
    EnrollmentFactory(
        trainee=TraineeFactory(
            birth_name="MARTIN", first_names="Louise", birth_date="1979-03-14", birth_place=""
        )
    )

    with pytest.raises(ImportRefused, match="ligne 3"):
        import_promotion(structure=place, rows=promotion.rows, by=director)

    assert Enrollment.objects.filter(structure=place).count() == 0


def test_a_structure_that_is_not_accredited_imports_nothing(place):
    place.accredited_until = clock.today().replace(day=1)
    place.save()

    with pytest.raises(DomainError, match="a pris fin"):
        read_promotion(structure=place, content=lines(HEADING, LINE))


def test_the_model_file_is_a_promotion_that_can_be_read(place):
    promotion = read_promotion(structure=place, content=model_file())

    assert [fault.column for fault in promotion.faults] == ["Référent (courriel)"]


@pytest.mark.parametrize(
    ("file", "siret", "options", "words"),
    [
        ("nowhere.csv", None, {}, "ne se lit pas"),
        ("promotion.csv", "12345678901234", {}, "Aucune structure"),
        ("promotion.csv", None, {"by": "nobody@x.example"}, "Personne n’a l’adresse"),
    ],
)
def test_the_command_says_what_it_lacks(place, file, siret, options, words):
    with pytest.raises(CommandError, match=words):
        call_command("import_trainees", str(DATA / file), structure=siret or place.siret, **options)


@pytest.mark.parametrize("year", ["0001", "9999"])
def test_a_year_outside_of_the_calendar_of_the_site_is_told(place, year):
    (fault,) = faults_of(place, LINE.replace("02/09/2026", f"02/09/{year}"))

    assert "Vérifiez l’année" in fault
