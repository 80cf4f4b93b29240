from evaluations.notebook import urls as notebook

from . import dossiers, evaluations, frameworks, sheets, teams

app_name = "evaluations"
urlpatterns = [
    *frameworks.urlpatterns,
    *evaluations.urlpatterns,
    *notebook.urlpatterns,
    *sheets.urlpatterns,
    *dossiers.urlpatterns,
    *teams.urlpatterns,
]
