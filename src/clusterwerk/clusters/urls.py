from django.urls import path

from clusterwerk.clusters import views
from clusterwerk.clusters.handover import views as handover

app_name = "clusters"
urlpatterns = [
    path("", views.own_sharing, name="own_sharing"),
    path("hand-over/<int:pk>/", handover.hand_over_detail, name="hand_over_detail"),
    path("<slug:cluster>/hand-over/", handover.hand_over_propose, name="hand_over_propose"),
    path("<slug:cluster>/", views.sharing, name="sharing"),
    path("<slug:cluster>/print/", views.sharing_print, name="sharing_print"),
    path("<slug:cluster>/take-out/", views.take_out, name="take_out"),
]
