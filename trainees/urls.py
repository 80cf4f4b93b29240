from django.http import HttpResponse
from django.urls import path


def coming(request, **kwargs):
    return HttpResponse("bientôt")


app_name = "trainees"
urlpatterns = [path("salaries/", coming, name="list"), path("seances/", coming, name="session_list")]
