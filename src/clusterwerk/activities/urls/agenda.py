"""The public calendar of all clusters."""

from django.urls import path

from clusterwerk.activities.urls.handouts import visitor_paths
from clusterwerk.activities.urls.mailings import public_patterns
from clusterwerk.activities.views import (
    agenda,
    calendars,
    feedback,
    matching,
    personal,
    visitors,
)

app_name = "agenda"
urlpatterns = [
    *public_patterns,
    *visitor_paths,
    path("", agenda.agenda, name="agenda"),
    path("calendar.ics", calendars.agenda_calendar, name="agenda_calendar"),
    path("feed.json", calendars.agenda_feed, name="agenda_feed"),
    path("feed.xml", calendars.agenda_news, name="agenda_news"),
    path("clusters/<slug:slug>/calendar.ics", calendars.cluster_calendar, name="cluster_calendar"),
    path("own/", personal.own_calendar, name="own_calendar"),
    path("own/renew/", personal.own_calendar_renew, name="own_calendar_renew"),
    path("own/<str:token>/calendar.ics", personal.personal_calendar, name="personal_calendar"),
    path("<uuid:uid>/", agenda.agenda_detail, name="agenda_detail"),
    path("<uuid:uid>/calendar.ics", calendars.activity_calendar, name="activity_calendar"),
    path("<uuid:uid>/register/", visitors.register, name="register"),
    path("registration/<slug:token>/feedback/", feedback.feedback, name="feedback"),
    path("registration/<slug:token>/", visitors.registration_link, name="registration_link"),
    path("registration/<slug:token>/matchmaking/", matching.match_wishes, name="match_wishes"),
    path("registration/<slug:token>/timetable/", matching.match_timetable, name="match_timetable"),
    path("registration/<slug:token>/timetable.ics", matching.match_calendar, name="match_calendar"),
]
