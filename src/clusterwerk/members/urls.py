from django.urls import path

from clusterwerk.members.views import memberships

app_name = "members"
urlpatterns = [
    path("", memberships.own_members, name="own_members"),
    path("<slug:cluster>/", memberships.membership_list, name="membership_list"),
    path(
        "<slug:cluster>/<int:membership>/",
        memberships.membership_detail,
        name="membership_detail",
    ),
]
