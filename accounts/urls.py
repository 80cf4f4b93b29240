from django.http import HttpResponse
from django.urls import path


def coming(request, **kwargs):
    return HttpResponse("bientôt")


app_name = "accounts"
urlpatterns = [
    path("invitation/<str:token>/", coming, name="accept_invitation"),
    path("journal/", coming, name="journal"),
]
