from django.urls import URLPattern, path

from clusterwerk.platform.observing import views

app_name = "observing"
urlpatterns: list[URLPattern] = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("metrics", views.metrics, name="metrics"),
]
