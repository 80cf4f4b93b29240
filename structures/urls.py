from django.http import HttpResponse
from django.urls import path


def coming(request, **kwargs):
    return HttpResponse("bientôt")


app_name = "structures"
urlpatterns = [path("structures/", coming, name="list"), path("structures/<uuid:pk>/", coming, name="detail")]
