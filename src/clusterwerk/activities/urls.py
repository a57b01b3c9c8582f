from django.urls import path

from clusterwerk.activities import views

app_name = "activities"
urlpatterns = [
    path("", views.own_activities, name="own_activities"),
    path("<slug:cluster>/", views.activity_list, name="activity_list"),
    path("<slug:cluster>/<int:activity>/", views.activity_detail, name="activity_detail"),
]
