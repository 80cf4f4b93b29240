from django.urls import path

from juries.views import answers, letters

urlpatterns = [
    path("convocation/<str:token>/", answers.letter_answer, name="letter_answer"),
    path("jurys/<uuid:pk>/convocations/", letters.letter_list, name="letter_list"),
    path("jurys/<uuid:pk>/deplacer/", letters.session_move, name="session_move"),
    path("jurys/convocations/<uuid:pk>/renvoyer/", letters.letter_send_again, name="letter_send_again"),
    path("jurys/convocations/<uuid:pk>/reponse/", letters.letter_note, name="letter_note"),
    path("jurys/convocations/<uuid:pk>/pdf/", letters.letter_file, name="letter_file"),
    path("jurys/convocations/<uuid:pk>/agenda/", letters.letter_calendar, name="letter_calendar"),
]
