from django.urls import path

from clusterwerk.platform.history import seal_views, views

app_name = "history"
urlpatterns = [
    path("seals/", seal_views.seal_overview, name="seal_overview"),
    path("erase/", seal_views.person_erase, name="person_erase"),
    path("<slug:room>/<slug:record>/<int:row>/", views.record_past, name="record_past"),
    path("<slug:room>/<slug:record>/<int:row>/undo/", views.record_undo, name="record_undo"),
]
