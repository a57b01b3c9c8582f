from django.urls import path

from clusterwerk.members import views

app_name = "members"
urlpatterns = [
    path("", views.own_members, name="own_members"),
    path("<slug:cluster>/", views.membership_list, name="membership_list"),
    path(
        "<slug:cluster>/<int:membership>/",
        views.membership_detail,
        name="membership_detail",
    ),
]
