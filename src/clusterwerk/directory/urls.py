from django.urls import path

from clusterwerk.directory.views import picking, register

app_name = "directory"
urlpatterns = [
    path("picker/", picking.picker, name="picker"),
    path("register/", register.register_overview, name="register_overview"),
]
