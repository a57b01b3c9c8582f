from django.urls import path

from clusterwerk.directory.duplicates import views as duplicates
from clusterwerk.directory.views import organisations, picking, register

app_name = "directory"
urlpatterns = [
    path("", organisations.organisation_find, name="organisation_find"),
    path("add/", organisations.organisation_add, name="organisation_add"),
    path("<int:organisation>/", organisations.organisation_detail, name="organisation_detail"),
    path(
        "<int:organisation>/correct/",
        organisations.organisation_correct,
        name="organisation_correct",
    ),
    path("<int:organisation>/match/", organisations.organisation_match, name="organisation_match"),
    path(
        "<int:organisation>/publish/",
        organisations.organisation_publish,
        name="organisation_publish",
    ),
    path("duplicates/", duplicates.duplicate_list, name="duplicate_list"),
    path(
        "duplicates/<int:losing>/<int:keeping>/",
        duplicates.duplicate_compare,
        name="duplicate_compare",
    ),
    path("merges/<int:pk>/undo/", duplicates.merge_undo, name="merge_undo"),
    path("picker/", picking.picker, name="picker"),
    path("register/", register.register_overview, name="register_overview"),
]
