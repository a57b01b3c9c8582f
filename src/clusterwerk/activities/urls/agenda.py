"""The public calendar of all clusters."""

from django.urls import path

from clusterwerk.activities.views import agenda

app_name = "agenda"
urlpatterns = [
    path("", agenda.agenda, name="agenda"),
    path("<uuid:uid>/", agenda.agenda_detail, name="agenda_detail"),
]
