from django.http import HttpResponse
from django.urls import path


def coming(request, **kwargs):
    return HttpResponse("bientôt")


urlpatterns = [path("jurys/", coming, name="session_list")]
