from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.enums import WorkState
from core.models import Work


@login_not_required
@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Whether the site and its database answer, and how much background work waits, is tried again or set aside."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    waiting = Work.objects.due().count()
    aside = Work.objects.filter(state=WorkState.SET_ASIDE).count()
    retried = Work.objects.filter(state=WorkState.PENDING).exclude(error="").count()
    counts = {"work_waiting": waiting, "work_retried": retried, "work_set_aside": aside}
    return JsonResponse({"status": "ok", **counts})
