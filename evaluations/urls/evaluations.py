from django.urls import path

from evaluations.views import entry
from evaluations.views.evaluations import booklets, voiding

urlpatterns = [
    path("saisie/", entry.entry, name="entry"),
    path("salaries/<uuid:pk>/livrets/<slug:family>/", booklets.booklet, name="booklet"),
    path(
        "salaries/<uuid:pk>/competences/<uuid:competency>/",
        booklets.competency_history,
        name="competency_history",
    ),
    path("evaluations/<uuid:pk>/annuler/", voiding.evaluation_void, name="evaluation_void"),
]
