from django.urls import path

from clusterwerk.platform.accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.account_overview, name="account_overview"),
    path("link/<str:token>/", views.sign_in_link, name="sign_in_link"),
]
