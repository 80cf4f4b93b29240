import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage

from core.errors import DomainError, StaleState
from core.views.form_actions import read_reason, refusal_in_form, refusal_in_messages, sent, status_of


class DayForm(forms.Form):
    day = forms.DateField()


@pytest.fixture
def right():
    return DayForm({"day": "2026-03-02"})


@pytest.fixture
def pressed(rf):
    request = rf.post("/")
    request._messages = CookieStorage(request)
    return request


def act_on(form, refusal=None):
    """What a view does: whether it acted."""
    if form.is_valid():
        with refusal_in_form(form):
            if refusal:
                raise refusal
            return True
    return False


def test_a_page_that_is_only_read_sends_nothing(rf):
    form = DayForm(sent(rf.get("/?day=2026-03-02")))

    assert not act_on(form)
    assert status_of(form) == 200
    assert not form.errors


def test_a_form_sent_empty_is_a_form_sent(rf):
    form = DayForm(sent(rf.post("/")))

    assert not act_on(form)
    assert status_of(form) == 422
    assert "day" in form.errors


def test_a_right_form_acts(right):
    assert act_on(right)


def test_a_refusal_stands_at_the_top_of_the_form(right):
    assert not act_on(right, DomainError("Ce jour est passé."))
    assert right.non_field_errors() == ["Ce jour est passé."]
    assert status_of(right) == 422


def test_each_line_of_a_refusal_is_an_error(right):
    act_on(right, DomainError("Ce jour est passé.\nLe suivant est férié."))

    assert right.non_field_errors() == ["Ce jour est passé.", "Le suivant est férié."]


def test_a_row_moved_by_somebody_else_is_a_conflict(right):
    act_on(right, StaleState("Ce jour est déjà pris."))

    assert right.non_field_errors() == ["Ce jour est déjà pris."]
    assert status_of(right) == 409


def test_an_error_that_is_no_refusal_is_not_hidden(right, pressed):
    with pytest.raises(ValueError, match="bug"), refusal_in_form(right):
        raise ValueError("bug")
    with pytest.raises(ValueError, match="bug"), refusal_in_messages(pressed):
        raise ValueError("bug")


def test_the_refusal_of_a_button_stands_above_the_next_page(pressed):
    with refusal_in_messages(pressed):
        raise DomainError("Ce jury est déjà convoqué.")

    assert [(str(line), line.level_tag) for line in get_messages(pressed)] == [
        ("Ce jury est déjà convoqué.", "error")
    ]


def test_the_reason_beside_a_button_is_read_as_it_was_typed(rf):
    assert read_reason(rf.post("/", {"reason": "Pluie "})) == "Pluie "
    assert read_reason(rf.post("/")) == ""


def test_a_button_that_is_not_refused_says_nothing(pressed):
    with refusal_in_messages(pressed):
        pass

    assert not list(get_messages(pressed))
