from django.urls import path

from certificates.views import rendering

urlpatterns = [
    path("certificats/fabrication/", rendering.drawing, name="drawing"),
    path("certificats/fabrication/suspendre/", rendering.drawing_hold, name="drawing_hold"),
    path("certificats/fabrication/reprendre/", rendering.drawing_resume, name="drawing_resume"),
    path("certificats/fabrication/relancer/", rendering.drawing_retry, name="drawing_retry"),
]
