from django.urls import path

from clusterwerk.platform.ui import views

app_name = "ui"
urlpatterns = [
    path("preferences/language/", views.language, name="language"),
    path("preferences/theme/", views.theme, name="theme"),
]
