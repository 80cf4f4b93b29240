from django.urls import path

from certificates.views import rendering

urlpatterns = [
    path("certificats/fabrication/", rendering.rendering, name="rendering"),
    path("certificats/fabrication/suspendre/", rendering.rendering_pause, name="rendering_pause"),
    path("certificats/fabrication/reprendre/", rendering.rendering_resume, name="rendering_resume"),
    path("certificats/fabrication/relancer/", rendering.rendering_retry, name="rendering_retry"),
]
