from django.urls import path

from evaluations.views import teams

urlpatterns = [
    path("structures/equipe/<uuid:pk>/passer-la-main/", teams.crew_transfer, name="crew_transfer"),
    path("salaries/sejours/<uuid:pk>/", teams.past_placement, name="past_placement"),
]
