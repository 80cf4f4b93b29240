from django.urls import path

from accounts.views.invitation import accept_invitation
from accounts.views.journal import journal

app_name = "accounts"
urlpatterns = [
    path("invitation/<str:token>/", accept_invitation, name="accept_invitation"),
    path("journal/", journal, name="journal"),
]
