from django.urls import path

from clusterwerk.platform.mail import views

app_name = "mail"
urlpatterns = [
    path("", views.mail_list, name="mail_list"),
    path("<str:name>/", views.mail_detail, name="mail_detail"),
]
