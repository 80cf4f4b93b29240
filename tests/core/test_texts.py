import pytest

from core.errors import DomainError
from core.texts import LONGEST_REASON, required_reason, whole_text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Pluie \n", "Pluie"),
        ("Pluie\r\net vent", "Pluie\net vent"),
        ("é" * LONGEST_REASON + " ", "é" * LONGEST_REASON),
    ],
)
def test_a_reason_is_kept_whole_without_the_blanks_around_it(typed, kept):
    assert required_reason(typed, missing="Dites pourquoi.") == kept


@pytest.mark.parametrize("typed", ["", " ", "\n\t", "\u00a0"])
def test_no_reason_is_refused_in_the_words_of_the_act(typed):
    with pytest.raises(DomainError, match=r"^Dites pourquoi\.$"):
        required_reason(typed, missing="Dites pourquoi.")
    assert whole_text(typed) == ""


def test_a_reason_too_long_is_refused_with_what_is_too_much():
    with pytest.raises(DomainError, match="La légende compte 173 caractères, 13 de trop"):
        whole_text("é" * 173, name="La légende", most=160)


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\ud800"])
def test_a_sign_that_no_database_keeps_is_refused(sign):
    with pytest.raises(DomainError, match="Le motif contient un caractère invisible"):
        required_reason(f"Plu{sign}ie", missing="Dites pourquoi.")
