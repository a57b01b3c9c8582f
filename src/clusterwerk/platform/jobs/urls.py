from django.urls import path

from clusterwerk.platform.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.job_list, name="job_list"),
    path("all/", views.job_overview, name="job_overview"),
    path("<int:pk>/", views.job_detail, name="job_detail"),
    path("<int:pk>/cancel/", views.job_cancel, name="job_cancel"),
    path("<int:pk>/again/", views.job_again, name="job_again"),
    path("effects/<int:pk>/", views.effect_settle, name="effect_settle"),
]
