from django.urls import path

from clusterwerk.clusters import views
from clusterwerk.clusters.handover import views as handover
from clusterwerk.clusters.saved_views import views as saved_views

app_name = "clusters"
urlpatterns = [
    path("", views.own_sharing, name="own_sharing"),
    path("hand-over/<int:pk>/", handover.hand_over_detail, name="hand_over_detail"),
    path("<slug:cluster>/hand-over/", handover.hand_over_propose, name="hand_over_propose"),
    path("<slug:cluster>/", views.sharing, name="sharing"),
    path("<slug:cluster>/print/", views.sharing_print, name="sharing_print"),
    path("<slug:cluster>/views/", saved_views.saved_view_keep, name="saved_view_keep"),
    path(
        "<slug:cluster>/views/<int:view>/remove/",
        saved_views.saved_view_remove,
        name="saved_view_remove",
    ),
    path("<slug:cluster>/take-out/", views.take_out, name="take_out"),
]
