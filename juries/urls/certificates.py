from django.http import HttpResponse
from django.urls import path


def coming(request, **kwargs):
    return HttpResponse("bientôt")


urlpatterns = [path("certificats/", coming, name="certificate_list")]
