"""How a file is understood: its encoding, its headings, its years; what is asked."""

from datetime import date

import pytest

from core.errors import DomainError
from tests.trainees.imports.promotions import BARE_HEADING, HEADING, LINE, faults_of, lines
from trainees.services.imports import AmbiguousLetters, read_promotion

NAMES = "LEFÈVRE ANDRÉ;Léa", "NOËL;Françoise", "D'ALMEIDA;Jérôme", "MAÎTRE;Benoît", "GÓMEZ;Íñigo"


@pytest.mark.parametrize(
    "encoding", ["cp1252", "mac_roman", "cp850", "utf-8", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("accents", [True, False], ids=["accented headings", "bare headings"])
def test_the_encoding_is_the_one_whose_words_are_french(place, encoding, accents):
    heading = HEADING if accents else BARE_HEADING
    people = [LINE.replace("MARTIN;Jeanne", name) for name in NAMES]
    content = "\r\n".join([heading, *people]).encode(encoding)

    promotion = read_promotion(structure=place, content=content)

    assert [f"{row.identity.birth_name};{row.identity.first_names}" for row in promotion.rows] == list(NAMES)


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("cp850", "LEFÈVRE"), ("mac_roman", "LEBŒUF"), ("cp1252", "BENOÎT"), ("cp1252", "SIMÕES")],
)
def test_accents_that_read_in_two_ways_are_asked(place, encoding, name):
    content = "\n".join([BARE_HEADING, LINE.replace("MARTIN", name).replace("é", "e")]).encode(encoding)

    with pytest.raises(AmbiguousLetters) as asked:
        read_promotion(structure=place, content=content)

    assert name in asked.value.message
    chosen = read_promotion(structure=place, content=content, encoding=encoding)
    assert [row.identity.birth_name for row in chosen.rows] == [name]


def test_a_name_saved_by_an_old_mac_is_read_and_the_encoding_told(place):
    content = "\r\n".join([BARE_HEADING, LINE.replace("MARTIN;Jeanne", "ANDRÉ;Léa")]).encode("mac_roman")

    promotion = read_promotion(structure=place, content=content)

    assert promotion.rows[0].identity.birth_name == "ANDRÉ"
    assert promotion.encoding == "Mac Roman"


def test_letters_encoded_twice_are_read_and_lost_ones_refused(place):
    accented = LINE.replace("Jeanne", "Léa")
    twice = lines(HEADING, accented).decode("cp1252").encode()

    assert read_promotion(structure=place, content=twice).rows[0].identity.first_names == "Léa"
    with pytest.raises(DomainError, match="ne se lisent pas"):
        read_promotion(structure=place, content=lines(HEADING, LINE.replace("Jeanne", "L\ufffda")))


@pytest.mark.parametrize("title", ["Promotion, automne 2026", "Promotion 2026;;;;;;;;\r\n;;;;;;;;", "sep=;"])
def test_the_headings_are_found_under_a_title(place, title):
    promotion = read_promotion(structure=place, content=lines(title, HEADING, LINE))

    assert promotion.faults == []
    assert promotion.heading_line == len(title.splitlines()) + 1
    assert promotion.rows[0].line == promotion.heading_line + 1


def test_the_apostrophe_of_excel_is_taken_off_and_asked_in_a_name(place):
    typed = (
        LINE.replace("14/03/1979", "'14/03/1979").replace(";26;", ";'26;").replace("encadrant", "'encadrant")
    )
    promotion = read_promotion(structure=place, content=lines(HEADING, typed))

    assert promotion.faults == []
    assert promotion.rows[0].identity.birth_date == date(1979, 3, 14)
    assert "apostrophe" in faults_of(place, LINE.replace("MARTIN", "'T HOOFT"))[0]


@pytest.mark.parametrize(("typed", "year"), [("14/03/79", 1979), ("14.03.05", 2005), ("14-3-48", 1948)])
def test_a_birth_year_of_two_digits_is_read_when_one_century_makes_an_age(place, typed, year):
    content = lines(HEADING, LINE.replace("14/03/1979", typed).replace("02/09/2026", "02/09/26"))
    promotion = read_promotion(structure=place, content=content)

    assert promotion.faults == []
    assert promotion.rows[0].identity.birth_date == date(year, 3, 14)
    assert promotion.rows[0].contract.start == date(2026, 9, 2)


def test_a_birth_year_of_two_digits_that_makes_no_age_is_asked(place):
    assert "De quel siècle" in faults_of(place, LINE.replace("14/03/1979", "14/03/15"))[0]
