from django.urls import path

from structures.views import accreditation, browse, details, team

app_name = "structures"
urlpatterns = [
    path("structures/", browse.structure_list, name="list"),
    path("structures/nouvelle/", details.structure_create, name="create"),
    path("structures/<uuid:pk>/", browse.structure_detail, name="detail"),
    path("structures/<uuid:pk>/modifier/", details.structure_edit, name="edit"),
    path("structures/<uuid:pk>/agreer/", accreditation.structure_accredit, name="accredit"),
    path("structures/<uuid:pk>/suspendre/", accreditation.structure_suspend, name="suspend"),
    path("structures/<uuid:pk>/reprendre/", accreditation.structure_resume, name="resume"),
    path("structures/<uuid:pk>/terminer/", accreditation.structure_end, name="end"),
    path("structures/<uuid:pk>/visite/", accreditation.structure_visit, name="visit"),
    path("structures/<uuid:pk>/equipe/ajouter/", team.member_add, name="member_add"),
    path("structures/equipe/<uuid:pk>/fin/", team.member_end, name="member_end"),
    path("structures/equipe/<uuid:pk>/inviter/", team.member_invite, name="member_invite"),
]
