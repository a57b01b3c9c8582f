from django.urls import path

from clusterwerk.activities.urls.groups import group_patterns
from clusterwerk.activities.urls.handouts import handout_paths
from clusterwerk.activities.urls.mailings import mailing_patterns
from clusterwerk.activities.urls.matchmaking import matchmaking_paths
from clusterwerk.activities.urls.parts import part_paths
from clusterwerk.activities.views import (
    activities,
    competences,
    door,
    embeds,
    participation,
    questions,
    registrations,
)

app_name = "activities"
urlpatterns = [
    path("", activities.own_activities, name="own_activities"),
    *mailing_patterns,
    *group_patterns,
    path("own/participation/", participation.own_participation, name="own_participation"),
    path("<slug:cluster>/", activities.activity_list, name="activity_list"),
    path("<slug:cluster>/participation/", participation.participation, name="participation"),
    path(
        "<slug:cluster>/participation/members/",
        participation.participation_members,
        name="participation_members",
    ),
    path(
        "<slug:cluster>/participation/<int:organisation>/",
        participation.participation_evidence,
        name="participation_evidence",
    ),
    path("<slug:cluster>/competences/", competences.competences, name="competences"),
    path("<slug:cluster>/website/", embeds.website, name="website"),
    path("<slug:cluster>/add/", activities.activity_add, name="activity_add"),
    path("<slug:cluster>/<int:activity>/", activities.activity_detail, name="activity_detail"),
    path(
        "<slug:cluster>/<int:activity>/change/", activities.activity_change, name="activity_change"
    ),
    path(
        "<slug:cluster>/<int:activity>/publish/",
        activities.activity_publish,
        name="activity_publish",
    ),
    path(
        "<slug:cluster>/<int:activity>/cancel/", activities.activity_cancel, name="activity_cancel"
    ),
    path("<slug:cluster>/<int:activity>/held/", activities.activity_held, name="activity_held"),
    path("<slug:cluster>/<int:activity>/drop/", activities.activity_drop, name="activity_drop"),
    path("<slug:cluster>/<int:activity>/questions/", questions.questions, name="questions"),
    path(
        "<slug:cluster>/<int:activity>/questions/<slug:question>/",
        questions.question_change,
        name="question_change",
    ),
    path(
        "<slug:cluster>/<int:activity>/questions/<slug:question>/remove/",
        questions.question_remove,
        name="question_remove",
    ),
    path("<slug:cluster>/<int:activity>/door/", door.door, name="door"),
    path("<slug:cluster>/<int:activity>/door/add/", door.door_add, name="door_add"),
    path("<slug:cluster>/<int:activity>/door/paper/", door.door_paper, name="door_paper"),
    path(
        "<slug:cluster>/<int:activity>/door/<int:registration>/arrive/",
        door.door_arrive,
        name="door_arrive",
    ),
    path(
        "<slug:cluster>/<int:activity>/door/<int:attendance>/leave/",
        door.door_leave,
        name="door_leave",
    ),
    path(
        "<slug:cluster>/<int:activity>/registrations/",
        registrations.registration_list,
        name="registration_list",
    ),
    path(
        "<slug:cluster>/<int:activity>/registrations/add/",
        registrations.registration_add,
        name="registration_add",
    ),
    path(
        "<slug:cluster>/<int:activity>/registrations/<int:registration>/",
        registrations.registration_detail,
        name="registration_detail",
    ),
    path(
        "<slug:cluster>/<int:activity>/registrations/<int:registration>/approve/",
        registrations.registration_approve,
        name="registration_approve",
    ),
    path(
        "<slug:cluster>/<int:activity>/registrations/<int:registration>/cancel/",
        registrations.registration_cancel,
        name="registration_cancel",
    ),
    *matchmaking_paths,
    *part_paths,
    *handout_paths,
]
