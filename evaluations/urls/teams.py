from django.urls import path

from evaluations.views import crew_transfer

urlpatterns = [
    path("structures/equipe/<uuid:pk>/passer-la-main/", crew_transfer.handover, name="handover"),
    path("salaries/sejours/<uuid:pk>/", crew_transfer.stay, name="stay"),
]
