import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text_folding import folded

SPELLINGS = json.loads(Path(__file__).parents[1].joinpath("data/spellings.json").read_text())
LATIN = st.characters(max_codepoint=0x17F, exclude_characters="µ") | st.sampled_from(
    "ǅǆǰșțẞạặễộủỹỲ’‘ʼ´`-‐‑–—−\u200b\u00ad\ufeff\u202e"
)


@pytest.mark.parametrize(("words", "spellings"), SPELLINGS.items())
def test_spellings_of_the_same_words_are_equal(words, spellings):
    assert {folded(text) for text in spellings} == {words}


@pytest.mark.parametrize(
    "name", ["محمد بن علي", "გიორგი", "Ահարոն", "李小龍", "김철수", "हिन्दी", "サトウ ガク", "สมชาย", "שרה"]
)
def test_a_name_of_another_script_keeps_its_letters(name):
    assert folded(name) == unicodedata.normalize("NFC", name).lower()


def test_letters_that_another_script_tells_apart_stay_apart():
    assert folded("カク") != folded("ガク")


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert folded(folded(text)) == folded(text)


@given(st.text())
def test_composed_and_decomposed_letters_are_the_same(text):
    assert (
        folded(unicodedata.normalize("NFD", text))
        == folded(unicodedata.normalize("NFC", text))
        == folded(text)
    )


@given(st.text(LATIN))
def test_capitals_are_the_same_as_small_letters(text):
    assert folded(text.upper()) == folded(text.lower()) == folded(text)


@given(st.text(LATIN))
def test_latin_text_becomes_ascii_words(text):
    words = folded(text)
    assert words == " ".join(words.split())
    assert all(word.isascii() and word.isalnum() and word == word.lower() for word in words.split())


@given(st.text())
def test_no_letter_or_digit_is_lost(text):
    assert bool(folded(text)) or not any(sign.isalnum() for sign in text)
