from django.urls import path

from evaluations.views import competencies, frameworks

urlpatterns = [
    path("referentiels/", frameworks.framework_list, name="framework_list"),
    path("referentiels/nouvelle-version/", frameworks.framework_create, name="framework_create"),
    path("referentiels/<uuid:pk>/", frameworks.framework_detail, name="framework_detail"),
    path("referentiels/<uuid:pk>/modifier/", frameworks.framework_edit, name="framework_edit"),
    path("referentiels/<uuid:pk>/publier/", frameworks.framework_publish, name="framework_publish"),
    path("referentiels/<uuid:pk>/retirer/", frameworks.framework_retire, name="framework_retire"),
    path(
        "referentiels/<uuid:pk>/domaines/<int:number>/competences/ajouter/",
        competencies.competency_add,
        name="competency_add",
    ),
    path("referentiels/competences/<uuid:pk>/", competencies.competency_edit, name="competency_edit"),
    path(
        "referentiels/competences/<uuid:pk>/retirer/",
        competencies.competency_delete,
        name="competency_delete",
    ),
]
