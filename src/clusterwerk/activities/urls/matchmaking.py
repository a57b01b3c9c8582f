"""Pages of a matchmaking day, under those of its activity."""

from django.urls import path

from clusterwerk.activities.views import matchmaking

_UNDER = "<slug:cluster>/<int:activity>/matchmaking/"
matchmaking_paths = [
    path(_UNDER, matchmaking.matchmaking, name="matchmaking"),
    path(f"{_UNDER}hours/", matchmaking.matchmaking_hours, name="matchmaking_hours"),
    path(f"{_UNDER}plan/", matchmaking.matchmaking_plan, name="matchmaking_plan"),
    path(f"{_UNDER}publish/", matchmaking.matchmaking_publish, name="matchmaking_publish"),
    path(f"{_UNDER}paper/", matchmaking.matchmaking_paper, name="matchmaking_paper"),
    path(f"{_UNDER}results/", matchmaking.matchmaking_results, name="matchmaking_results"),
    path(f"{_UNDER}results/note/", matchmaking.matchmaking_note, name="matchmaking_note"),
    path(f"{_UNDER}<int:meeting>/fix/", matchmaking.matchmaking_fix, name="matchmaking_fix"),
    path(
        f"{_UNDER}<int:meeting>/took-place/",
        matchmaking.matchmaking_took_place,
        name="matchmaking_took_place",
    ),
]
