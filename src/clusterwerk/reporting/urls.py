from django.urls import path

from clusterwerk.reporting.views import (
    clusters,
    evidence,
    findings,
    oversight,
    reach,
    readings,
    stated,
)

app_name = "reporting"
urlpatterns = [
    path("", oversight.oversight, name="oversight"),
    path("clusters.<str:ending>", oversight.oversight_download, name="oversight_download"),
    path("clusters/<slug:slug>/", clusters.cluster_detail, name="cluster_detail"),
    path(
        "clusters/<slug:cluster>/as-agency/", clusters.cluster_as_agency, name="cluster_as_agency"
    ),
    path("reach/", reach.programme_reach, name="programme_reach"),
    path("stated/", stated.own_stated, name="own_stated"),
    path("stated/<slug:cluster>/", stated.stated_list, name="stated_list"),
    path("findings/", findings.finding_list, name="finding_list"),
    path("findings.json", findings.finding_download, name="finding_download"),
    path("figures/", readings.reading_list, name="reading_list"),
    path("figures.csv", readings.reading_download, name="reading_download"),
    path("figures/<int:pk>/", readings.reading_detail, name="reading_detail"),
    path("evidence/<int:pk>/", evidence.evidence, name="evidence"),
]
