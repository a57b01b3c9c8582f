from django.urls import path

from clusterwerk.platform.ui import views

app_name = "ui"
urlpatterns = [
    path("styleguide/", views.styleguide, name="styleguide"),
    path("preferences/language/", views.language, name="language"),
    path("preferences/theme/", views.theme, name="theme"),
    path("preferences/keys/", views.keys, name="keys"),
]
