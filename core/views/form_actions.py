"""What a view does with a form, or with the press of a button, that a service may refuse.

A page with a form::

    form = DayForm(sent(request))
    if form.is_valid():
        with refusal_in_form(form):
            book_day(by=request.user, **form.cleaned_data)
            return redirect(...)
    return render(request, ..., {"form": form}, status=status_of(form))

A button, whose page is shown again as the rows now are::

    with refusal_in_messages(request):
        cancel_day(day=day, by=request.user)
        return redirect(...)
    return show_day(request, ..., status=409)
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from types import TracebackType

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, QueryDict

from core.errors import DomainError, StaleState

STALE = "stale"
"""The code of an error of a form that was right, but came after somebody else had moved the row."""


class _Shown(AbstractContextManager[None, bool]):
    """Give a refusal to `show` and go on after the `with`; let every other error through."""

    def __init__(self, show: Callable[[DomainError], None]) -> None:
        self.show = show

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if not isinstance(error, DomainError):
            return False
        self.show(error)
        return True


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with, even if nothing; None while the page is only read."""
    return request.POST if request.method == "POST" else None


def refusal_in_form(form: BaseForm) -> AbstractContextManager[None, bool]:
    """Show a refusal at the top of the form, each of its lines as one error, and go on after the `with`."""

    def show(error: DomainError) -> None:
        code = STALE if isinstance(error, StaleState) else None
        form.add_error(None, [ValidationError(line, code=code) for line in error.message.splitlines()])

    return _Shown(show)


def refusal_in_messages(request: HttpRequest) -> AbstractContextManager[None, bool]:
    """Show a refusal above the next page, and go on after the `with`.

    For a button, and for a form that its page no longer shows once the row has moved.
    """
    return _Shown(lambda error: messages.error(request, error.message))


def read_reason(request: HttpRequest) -> str:
    """The reason typed beside a button; whether it is there and can be kept is for the service to say."""
    return request.POST.get("reason", "")


def status_of(form: BaseForm) -> int:
    """The status of a page that shows a form.

    200 for a new one, 409 when somebody else was first, 422 when what was typed is wrong or refused.
    """
    if not form.is_bound:
        return 200
    return 409 if form.has_error(NON_FIELD_ERRORS, STALE) else 422
