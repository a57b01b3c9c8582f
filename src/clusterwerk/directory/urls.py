from django.urls import path

from clusterwerk.directory.views import register

app_name = "directory"
urlpatterns = [
    path("register/", register.register_overview, name="register_overview"),
]
