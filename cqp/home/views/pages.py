from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "cqp/pages/help.html")


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "cqp/pages/accessibility.html")


@login_not_required
@require_safe
def legal(request: HttpRequest) -> HttpResponse:
    return render(request, "cqp/pages/legal.html")


@login_not_required
@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """The icon that a browser asks for beside a file that names none, as a PDF or a picture."""
    return redirect(static("img/mark-192.png"))
