from django.urls import path

from clusterwerk.clusters import views

app_name = "clusters"
urlpatterns = [
    path("", views.own_sharing, name="own_sharing"),
    path("<slug:cluster>/", views.sharing, name="sharing"),
    path("<slug:cluster>/print/", views.sharing_print, name="sharing_print"),
    path("<slug:cluster>/take-out/", views.take_out, name="take_out"),
]
