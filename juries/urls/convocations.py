from django.urls import path

from juries.views.convocations import convocation_replies, convocations

urlpatterns = [
    path("convocation/<str:token>/", convocation_replies.convocation_reply, name="convocation_reply"),
    path("jurys/<uuid:pk>/convocations/", convocations.convocation_list, name="convocation_list"),
    path("jurys/<uuid:pk>/deplacer/", convocations.session_move, name="session_move"),
    path(
        "jurys/convocations/<uuid:pk>/renvoyer/", convocations.convocation_resend, name="convocation_resend"
    ),
    path(
        "jurys/convocations/<uuid:pk>/reponse/",
        convocations.convocation_record_reply,
        name="convocation_record_reply",
    ),
    path("jurys/convocations/<uuid:pk>/pdf/", convocations.convocation_file, name="convocation_file"),
    path(
        "jurys/convocations/<uuid:pk>/agenda/", convocations.convocation_calendar, name="convocation_calendar"
    ),
]
