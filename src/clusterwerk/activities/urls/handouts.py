"""Documents of an activity: for its team, and for visitors."""

from django.urls import path

from clusterwerk.activities.views import handouts

_OF_ACTIVITY = "<slug:cluster>/<int:activity>/handouts/"
handout_paths = [
    path(_OF_ACTIVITY, handouts.handouts, name="handouts"),
    path(f"{_OF_ACTIVITY}mail/", handouts.handouts_mail, name="handouts_mail"),
    path(f"{_OF_ACTIVITY}<int:handout>/", handouts.handout_file, name="handout_file"),
    path(f"{_OF_ACTIVITY}<int:handout>/change/", handouts.handout_change, name="handout_change"),
    path(f"{_OF_ACTIVITY}<int:handout>/remove/", handouts.handout_remove, name="handout_remove"),
]
visitor_paths = [
    path("<uuid:uid>/handouts/<int:handout>/", handouts.open_handout, name="open_handout"),
    path("registration/<slug:token>/handouts/", handouts.own_handouts, name="own_handouts"),
    path(
        "registration/<slug:token>/handouts/<int:handout>/",
        handouts.own_handout,
        name="own_handout",
    ),
]
