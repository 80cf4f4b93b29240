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
    """Whether the site answers and its database too, and how much background work waits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    waiting = Work.objects.due().count()
    aside = Work.objects.filter(state=WorkState.SET_ASIDE).count()
    return JsonResponse({"status": "ok", "work_waiting": waiting, "work_set_aside": aside})
