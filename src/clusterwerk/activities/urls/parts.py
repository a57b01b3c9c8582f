"""Who holds an activity together: asked under the activity, answered under the own cluster."""

from django.urls import path

from clusterwerk.activities.views import parts

part_paths = [
    path("<slug:cluster>/<int:activity>/parts/", parts.parts, name="parts"),
    path(
        "<slug:cluster>/<int:activity>/parts/<int:part>/end/",
        parts.part_end,
        name="part_end",
    ),
    path("<slug:cluster>/asked/<int:part>/", parts.part_detail, name="part_detail"),
    path("<slug:cluster>/asked/<int:part>/decline/", parts.part_decline, name="part_decline"),
    path("<slug:cluster>/asked/<int:part>/leave/", parts.part_leave, name="part_leave"),
]
