from django.urls import path

from clusterwerk.platform.mail import views

app_name = "mail"
urlpatterns = [
    path("", views.message_list, name="message_list"),
    path("<str:name>/", views.message_detail, name="message_detail"),
]
