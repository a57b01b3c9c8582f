from django.urls import path

from clusterwerk.platform.legal import views

app_name = "legal"
urlpatterns = [
    path("", views.pack, name="pack"),
    path("breaches/", views.breach_list, name="breach_list"),
    path("breaches.<str:ending>", views.breach_download, name="breach_download"),
    path("breaches/new/", views.breach_add, name="breach_add"),
    path("breaches/<int:breach>/", views.breach_detail, name="breach_detail"),
    path("breaches/<int:breach>/amend/", views.breach_amend, name="breach_amend"),
    path("<str:language>/<slug:document>/", views.document_detail, name="document_detail"),
    path(
        "<str:language>/<slug:document>.<str:ending>",
        views.document_download,
        name="document_download",
    ),
]
