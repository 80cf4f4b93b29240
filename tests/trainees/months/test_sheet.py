"""The PDF of a monthly sheet, read back."""

from datetime import date, time, timedelta
from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from core.errors import DomainError
from core.formats import hours
from core.models import Work
from structures.models import Structure
from tests.factories import StructureFactory
from tests.trainees.builders import attended, last_month
from trainees.documents.months import ROWS_PER_PAGE, render, sheet_context
from trainees.models import Enrollment, MonthlySheet, TrainingSession
from trainees.services.months import (
    close_month,
    open_sheet,
    render_provisional_sheet,
    reopen_month,
    sheet_content,
)
from trainees.tasks import render_sheet

pytestmark = pytest.mark.date_sensitive


def close(enrollment, by, reason="Oubli") -> MonthlySheet:
    closing = close_month(enrollment=enrollment, month=last_month(), missing_reason=reason, by=by)
    return closing.sheets.get()


def pages_of(pdf: bytes) -> list[str]:
    """What is written on each page, spaces made plain."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


@pytest.fixture
def numbered(enrollment):
    """The enrolment and its structure, with every number that a financier asks for."""
    Structure.objects.filter(pk=enrollment.structure_id).update(
        training_body_number="76340012345", member_number="ICO-204518", address="12 chemin des Mazets"
    )
    Enrollment.objects.filter(pk=enrollment.pk).update(funding_number="APC-2026-00417")
    return Enrollment.objects.with_people().get(pk=enrollment.pk)


def test_the_sheet_carries_what_the_financiers_ask(numbered, trainer, run_work):
    attended(numbered, starts_at=time(8, 30), ends_at=time(16, 30), place="classroom", module="M1")
    attended(numbered, minutes=90, theme="Rabattre un rosier", held_on=last_month(6), signed=False)
    attended(numbered, absence="leave", held_on=last_month(7))

    sheet = close(numbered, trainer, "Téléphone perdu")
    run_work()
    sheet.refresh_from_db()
    (page,) = pages_of(open_sheet(sheet=sheet, by=trainer))

    structure = numbered.structure
    for words in [
        "Feuille d’émargement",
        "(INTRA) Les Jardins du Lez",
        "76 34 00123 45",
        hours(480),
        "1 h 30 sur 3 h",
        f"SIRET {structure.siret[:3]} {structure.siret[3:6]}",
        "12 chemin des Mazets, 34200 Sète",
        "ICO-204518",
        "APC-2026-00417",
        str(numbered.trainee),
        "M1 Compétences clés (8 h), M4 Compétences professionnelles (1 h 30)",
        "8 h 30 16 h 30 8 h Salle",
        "M4 · Rabattre un rosier non signé",
        "Congé",
        "En situation de production 1 h 30 En salle 8 h Total 9 h 30",
        "3 créneaux, dont 1 absence",
        f"Par {trainer}",
        "Signatures manquantes : Téléphone perdu",
        "Cachet de l’organisme",
        sheet.content_sha256,
    ]:
        assert " ".join(words.split()) in page
    assert "provisoire" not in page.casefold()


def test_twenty_two_slots_stand_on_one_page_and_the_total_is_carried(enrollment, trainer):
    for n in range(45):
        attended(
            enrollment, held_on=last_month(1 + n // 2), starts_at=time(9 + 5 * (n % 2)), ends_at=time(17)
        )
    minutes = sum(enrollment.attendances.values_list("minutes", flat=True))

    pages = pages_of(render(sheet_content(enrollment, last_month(), enrollment.structure)))

    assert len(pages) == 3
    assert [page.count("Tailler une haie") for page in pages] == [22, 22, 1]
    assert "À reporter 121 h" in pages[0]
    assert "Report 121 h" in pages[1]
    assert "Report 242 h" in pages[2]
    assert f"Total {hours(minutes)}".replace("\xa0", " ") in pages[2]
    assert ["Cachet" in page for page in pages] == [False, False, True]


@pytest.mark.parametrize(("slots", "pages"), [(22, 1), (23, 2)])
def test_the_longest_names_and_themes_never_spill_over(enrollment, trainer, slots, pages):
    attended(
        enrollment,
        theme="Préparer le sol d’un massif et planter des viva",
        starts_at=time(8),
        ends_at=time(17),
    )
    content = sheet_content(enrollment, last_month(), enrollment.structure)
    line = content["slots"][0] | {"trainer": "Marie-Christine Dupont-Lafontaine"}

    assert len(pages_of(render(content | {"slots": [line] * slots}))) == pages
    assert len(pages_of(render(content | {"slots": [line | {"theme": "Ma " * 53}] * slots}))) <= pages * 2


def test_a_signature_of_a_presence_corrected_since_is_not_printed(enrollment, trainer):
    row = attended(enrollment)
    row.minutes = 60
    row.save()

    (page,) = pages_of(render(close(enrollment, trainer).content))

    assert "présence corrigée, non signée de nouveau" in page


def test_a_drawn_signature_is_an_image_that_says_whose_it_is(enrollment, trainer):
    attended(enrollment)

    pdf = render(close(enrollment, trainer).content)

    catalog = PdfReader(BytesIO(pdf)).trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/Lang"] == "fr"
    alternatives = [row.get("/Alt", "") for row in elements(catalog["/StructTreeRoot"])]
    assert [words.split(", le")[0] for words in alternatives if words] == [
        f"Signature de {enrollment.trainee}",
        f"Signature de {trainer}",
    ]


def elements(node) -> list:
    """Every element of the structure of a PDF, in the order of reading."""
    children = node.get("/K", [])
    children = children.get_object() if hasattr(children, "get_object") else children
    rows = [node]
    for child in children if isinstance(children, list) else [children]:
        child = child.get_object()
        if hasattr(child, "get") and child.get("/S"):
            rows += elements(child)
    return rows


def test_a_provisional_sheet_says_so_and_leaves_its_boxes_empty(numbered, trainer):
    attended(numbered, signed=False)

    (page,) = pages_of(render_provisional_sheet(numbered, last_month(), numbered.structure))

    assert "PROVISOIRE" in page
    assert "les présences peuvent encore être corrigées" in page
    assert "non signé" not in page
    assert "Responsable de l’organisme : nom, date, signature" in page
    with pytest.raises(DomainError, match="pas de feuille"):
        render_provisional_sheet(numbered, last_month(), StructureFactory())


def test_the_file_is_drawn_once_whatever_the_worker_does(enrollment, trainer, run_work):
    attended(enrollment)
    sheet = close(enrollment, trainer)
    run_work()
    sheet.refresh_from_db()
    first = open_sheet(sheet=sheet, by=trainer)

    enrollment.structure.name = "Un autre nom"
    enrollment.structure.save()
    render_sheet.run.__wrapped__(sheet.pk)
    again = MonthlySheet.objects.get(pk=sheet.pk)

    assert (again.file.name, again.file_sha256) == (sheet.file.name, sheet.file_sha256)
    assert render(again.content, again.content_sha256) == first
    assert Work.objects.get(subject_id=sheet.pk).state == "done"


def test_a_month_reopened_before_its_sheet_was_drawn_still_gets_what_was_signed(
    enrollment, trainer, director, run_work
):
    row = attended(enrollment)
    old = close(enrollment, trainer)
    reopen_month(enrollment=enrollment, month=last_month(), reason="Erreur", by=director)
    TrainingSession.objects.filter(pk=row.session_id).update(theme="Bouturer")
    new = close(enrollment, trainer)
    run_work()
    old.refresh_from_db()
    new.refresh_from_db()

    assert "Tailler une haie" in pages_of(open_sheet(sheet=old, by=trainer))[0]
    assert "Bouturer" in pages_of(open_sheet(sheet=new, by=trainer))[0]
    assert (old.is_replaced, new.is_replaced) == (True, False)
    assert list(MonthlySheet.objects.in_force()) == [new]


def test_a_sheet_never_changes_once_the_month_is_signed(enrollment, trainer):
    attended(enrollment)
    sheet = close(enrollment, trainer)

    with pytest.raises(IntegrityError), transaction.atomic():
        MonthlySheet.objects.filter(pk=sheet.pk).update(content={})
    with pytest.raises(IntegrityError), transaction.atomic():
        MonthlySheet.objects.filter(pk=sheet.pk).update(file="a.pdf")


def test_a_file_that_was_touched_is_not_shown(enrollment, trainer, run_work):
    attended(enrollment)
    sheet = close(enrollment, trainer)
    with pytest.raises(DomainError, match="en préparation"):
        open_sheet(sheet=sheet, by=trainer)
    run_work()
    sheet.refresh_from_db()
    with open(sheet.file.path, "ab") as file:
        file.write(b"%")

    with pytest.raises(DomainError, match="ne correspond plus"):
        open_sheet(sheet=sheet, by=trainer)


def test_the_employer_left_behind_reads_its_own_sheets_and_no_other(enrollment, trainer, director, stranger):
    elsewhere = stranger.memberships.get().structure
    attended(enrollment, structure=elsewhere, held_on=last_month(2))
    attended(enrollment, held_on=last_month(20))
    closing = close_month(enrollment=enrollment, month=last_month(), by=trainer)

    assert [row.structure for row in MonthlySheet.objects.visible_to(stranger)] == [elsewhere]
    assert set(MonthlySheet.objects.visible_to(director)) == set(closing.sheets.all())


slots = st.lists(
    st.tuples(
        st.integers(0, 600),
        st.sampled_from(["production", "classroom"]),
        st.sampled_from(["M1", "M2", "M3", "M4"]),
        st.text("abc ’é", min_size=1, max_size=160),
    ),
    min_size=1,
    max_size=90,
)


@given(slots)
def test_pages_never_hold_too_much_and_totals_are_those_of_the_presences(rows):
    content = {
        "starts_on": "2026-03-01",
        "ends_on": "2026-03-31",
        "drawn_on": "2026-04-01",
        "training_body": {"number": ""},
        "signed": None,
        "slots": [
            {
                "held_on": f"{date(2026, 3, 1) + timedelta(days=n % 31)}",
                "starts_at": "08:00",
                "ends_at": "18:00",
                "place": place,
                "module": module,
                "theme": theme,
                "length": 600,
                "minutes": minutes,
                "absence": "" if minutes else "justified",
                "halves": {},
            }
            for n, (minutes, place, module, theme) in enumerate(rows)
        ],
    }

    shown = sheet_context(content)

    total = sum(minutes for minutes, *_ in rows)
    assert shown["total"] == total == shown["pages"][-1]["carried"]
    assert sum(row["minutes"] for row in shown["totals"]) == total
    assert sum(row["minutes"] for row in shown["modules"]) == total
    assert [len(page["slots"]) <= ROWS_PER_PAGE for page in shown["pages"]] == [True] * len(shown["pages"])
    assert [page["brought"] for page in shown["pages"]] == [0, *(p["carried"] for p in shown["pages"][:-1])]
    assert sum(len(page["slots"]) for page in shown["pages"]) == len(rows)
    assert sum(bool(page.get("last")) for page in shown["pages"]) == 1
