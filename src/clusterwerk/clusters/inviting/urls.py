from django.urls import path

from clusterwerk.clusters.inviting.views import accepting, people, settling

app_name = "people"
urlpatterns = [
    path("", people.own_people, name="own_people"),
    path("installation/", people.installation_people, name="installation_people"),
    path("cluster/<slug:cluster>/", people.cluster_people, name="cluster_people"),
    path("cluster/<slug:cluster>/ask/<int:position>/", settling.seat_ask, name="seat_ask"),
    path("agency/<slug:agency>/", people.agency_people, name="agency_people"),
    path(
        "organisation/<int:organisation>/", people.organisation_people, name="organisation_people"
    ),
    path("seat/<int:seat>/", settling.seat_change, name="seat_change"),
    path("request/<int:request_key>/", settling.request_settle, name="request_settle"),
    path("invitation/<int:invitation>/", settling.invitation_settle, name="invitation_settle"),
    path("accept/<str:token>/", accepting.invitation_accept, name="invitation_accept"),
]
