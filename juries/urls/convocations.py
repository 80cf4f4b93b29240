from django.urls import path

from juries.views.convocations import convocation_replies, convocations

urlpatterns = [
    path("convocation/<str:token>/", convocation_replies.letter_answer, name="letter_answer"),
    path("jurys/<uuid:pk>/convocations/", convocations.letter_list, name="letter_list"),
    path("jurys/<uuid:pk>/deplacer/", convocations.session_move, name="session_move"),
    path("jurys/convocations/<uuid:pk>/renvoyer/", convocations.letter_send_again, name="letter_send_again"),
    path("jurys/convocations/<uuid:pk>/reponse/", convocations.letter_note, name="letter_note"),
    path("jurys/convocations/<uuid:pk>/pdf/", convocations.letter_file, name="letter_file"),
    path("jurys/convocations/<uuid:pk>/agenda/", convocations.letter_calendar, name="letter_calendar"),
]
