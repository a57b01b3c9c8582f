"""Governing bodies and standing groups as their team keeps them."""

from django.urls import path

from clusterwerk.activities.groups import views

_GROUP = "<slug:cluster>/groups/<int:group>/"
_MEETING = "<slug:cluster>/<int:activity>/meeting/"
group_patterns = [
    path("own/groups/", views.own_groups, name="own_groups"),
    path("<slug:cluster>/groups/", views.group_list, name="group_list"),
    path("<slug:cluster>/groups/add/", views.group_add, name="group_add"),
    path(_GROUP, views.group_detail, name="group_detail"),
    path(f"{_GROUP}change/", views.group_change, name="group_change"),
    path(f"{_GROUP}meet/", views.group_meet, name="group_meet"),
    path(f"{_GROUP}mandates/add/", views.mandate_add, name="mandate_add"),
    path(f"{_GROUP}mandates/<int:mandate>/", views.mandate_change, name="mandate_change"),
    path(f"{_GROUP}mandates/<int:mandate>/drop/", views.mandate_drop, name="mandate_drop"),
    path(_MEETING, views.group_meeting, name="group_meeting"),
    path(f"{_MEETING}minutes/", views.group_minutes, name="group_minutes"),
    path(f"{_MEETING}invite/", views.group_invite, name="group_invite"),
    path(f"{_MEETING}present/", views.group_present, name="group_present"),
    path(f"{_MEETING}fix/", views.minutes_fix, name="minutes_fix"),
    path(f"{_MEETING}send/", views.minutes_send, name="minutes_send"),
    path(f"{_MEETING}drop/", views.group_meeting_drop, name="group_meeting_drop"),
    path(f"{_MEETING}points/add/", views.point_add, name="point_add"),
    path(f"{_MEETING}points/<int:point>/", views.point_change, name="point_change"),
    path(f"{_MEETING}points/<int:point>/move/", views.point_move, name="point_move"),
    path(f"{_MEETING}points/<int:point>/drop/", views.point_drop, name="point_drop"),
]
