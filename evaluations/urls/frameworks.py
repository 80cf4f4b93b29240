from django.urls import path

from evaluations.views.frameworks import competencies, versions

urlpatterns = [
    path("referentiels/", versions.framework_list, name="framework_list"),
    path("referentiels/nouvelle-version/", versions.framework_create, name="framework_create"),
    path("referentiels/<uuid:pk>/", versions.framework_detail, name="framework_detail"),
    path("referentiels/<uuid:pk>/modifier/", versions.framework_edit, name="framework_edit"),
    path("referentiels/<uuid:pk>/publier/", versions.framework_publish, name="framework_publish"),
    path("referentiels/<uuid:pk>/retirer/", versions.framework_retire, name="framework_retire"),
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
