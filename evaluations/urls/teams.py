from django.urls import path

from evaluations.views import teams

urlpatterns = [
    path("structures/equipe/<uuid:pk>/passer-la-main/", teams.handover, name="handover"),
    path("salaries/sejours/<uuid:pk>/", teams.stay, name="stay"),
]
