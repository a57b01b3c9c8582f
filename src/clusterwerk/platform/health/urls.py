from django.urls import path

from clusterwerk.platform.health import views

app_name = "health"
urlpatterns = [path("", views.health_overview, name="health_overview")]
