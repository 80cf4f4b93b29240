"""Every day that a form reads lies in years that date arithmetic does not leave."""

from importlib import import_module
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse

from core.forms.fields import DayField

MODULES = sorted(
    ".".join(path.relative_to(settings.BASE_DIR).with_suffix("").parts)
    for pattern in ("*/forms.py", "*/*/forms.py", "*/forms/**/*.py")
    for path in Path(settings.BASE_DIR).glob(pattern)
    if not path.is_relative_to(settings.BASE_DIR / "tests") and ".venv" not in path.parts
)


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2101-01-01", "9999-12-31"])
def test_a_day_of_another_century_is_refused(day):
    with pytest.raises(ValidationError, match="vérifiez l’année"):
        DayField().clean(day)


@pytest.mark.parametrize("day", ["1900-01-01", "31/12/2100"])
def test_a_day_of_a_life_is_read(day):
    assert DayField().clean(day)


@pytest.mark.parametrize("module", MODULES)
def test_the_days_of_forms_are_bounded(module):
    classes = [item for item in vars(import_module(module)).values() if isinstance(item, type)]
    fields = {
        f"{form.__name__}.{name}": field
        for form in classes
        if issubclass(form, forms.BaseForm)
        for name, field in form.base_fields.items()
    }

    unbounded = [
        name
        for name, field in fields.items()
        if isinstance(field, forms.DateField) and not isinstance(field, DayField)
    ]
    assert unbounded == []


@pytest.mark.parametrize(
    "address",
    [
        *("accounts:journal?since={day}", "accounts:journal?until={day}"),
        *("pilotage?date={day}", "pilotage_curve?date={day}"),
        *("juries:juror_list?free_on={day}", "juries:calibration?start={day}&end={day}"),
        "juries:composer?day_1={day}&region=",
    ],
)
@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_page_says_what_is_wrong_with_a_day_of_its_address(client, certifier, address, day):
    name, _, query = address.format(day=day).partition("?")
    client.force_login(certifier)

    response = client.get(f"{reverse(name)}?{query}")

    assert response.status_code in (200, 422)
