from django.urls import path

from clusterwerk.platform.history import views

app_name = "history"
urlpatterns = [
    path("<slug:room>/<slug:record>/<int:row>/", views.record_past, name="record_past"),
    path("<slug:room>/<slug:record>/<int:row>/undo/", views.record_undo, name="record_undo"),
]
