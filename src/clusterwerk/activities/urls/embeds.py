"""Pages that the websites of clusters show inside their own."""

from django.urls import path

from clusterwerk.activities.views import embeds

app_name = "embeds"
urlpatterns = [
    path("<slug:language>/<slug:slug>/agenda/", embeds.frame_agenda, name="frame_agenda"),
    path(
        "<slug:language>/<slug:slug>/agenda/<uuid:uid>/",
        embeds.frame_activity,
        name="frame_activity",
    ),
    path(
        "<slug:language>/<slug:slug>/agenda/<uuid:uid>/register/",
        embeds.frame_register,
        name="frame_register",
    ),
]
