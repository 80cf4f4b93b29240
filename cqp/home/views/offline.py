"""What a browser shows of the site without network: one page about nobody, and the worker that stores it."""

import hashlib
import json
import re
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles.finders import find
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

PAGE, WORKER = "cqp/pages/offline.html", "js/offline-page.js"
REVALIDATED = {"Cache-Control": "no-cache"}


@login_not_required
@require_safe
def offline_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(render_to_string(PAGE), headers=REVALIDATED)


@login_not_required
@require_safe
def offline_worker(request: HttpRequest) -> HttpResponse:
    """The service worker, with the page to store and the files that it names; its version follows their content."""
    page, script = render_to_string(PAGE), Path(str(find(WORKER))).read_text()
    build = {
        "version": hashlib.sha256(f"{page}{script}".encode()).hexdigest()[:16],
        "page": reverse("offline_page"),
        "assets": sorted(set(re.findall(rf'(?:href|src)="({re.escape(settings.STATIC_URL)}[^"]+)"', page))),
    }
    return HttpResponse(
        f"const BUILD = {json.dumps(build)};\n\n{script}",
        content_type="text/javascript; charset=utf-8",
        headers=REVALIDATED,
    )
