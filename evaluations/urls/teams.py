from django.urls import path

from evaluations.views import handover

urlpatterns = [
    path("structures/equipe/<uuid:pk>/passer-la-main/", handover.handover, name="handover"),
    path("salaries/sejours/<uuid:pk>/", handover.stay, name="stay"),
]
