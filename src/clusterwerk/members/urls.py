from django.urls import path

from clusterwerk.members.views import capacity, listing, memberships, reach

app_name = "members"
urlpatterns = [
    path("", memberships.own_members, name="own_members"),
    path("own/team/", capacity.own_team, name="own_team"),
    path("own/reach/", reach.own_reach, name="own_reach"),
    path("<slug:cluster>/", listing.membership_list, name="membership_list"),
    path(
        "<slug:cluster>/<int:membership>/",
        memberships.membership_detail,
        name="membership_detail",
    ),
    path("<slug:cluster>/reach/", reach.reach, name="reach"),
    path("<slug:cluster>/team/", capacity.team, name="team"),
    path("<slug:cluster>/team/posts/", capacity.team_post_add, name="team_post_add"),
    path("<slug:cluster>/team/posts/<int:post>/", capacity.team_post_end, name="team_post_end"),
]
