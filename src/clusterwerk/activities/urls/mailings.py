"""Mailings as their team keeps them, and what everybody sees of them."""

from django.urls import path

from clusterwerk.activities.mailings import public, views

_ONE = "<slug:cluster>/mailings/<int:mailing>/"
mailing_patterns = [
    path("own/mailings/", views.own_mailings, name="own_mailings"),
    path("<slug:cluster>/mailings/", views.mailing_list, name="mailing_list"),
    path("<slug:cluster>/mailings/add/", views.mailing_add, name="mailing_add"),
    path(_ONE, views.mailing_detail, name="mailing_detail"),
    path(f"{_ONE}change/", views.mailing_change, name="mailing_change"),
    path(f"{_ONE}parts/", views.mailing_parts, name="mailing_parts"),
    path(f"{_ONE}audience/", views.mailing_audience, name="mailing_audience"),
    path(f"{_ONE}preview/", views.mailing_preview, name="mailing_preview"),
    path(f"{_ONE}test/", views.mailing_test, name="mailing_test"),
    path(f"{_ONE}send/", views.mailing_send, name="mailing_send"),
    path(f"{_ONE}again/", views.mailing_again, name="mailing_again"),
    path(f"{_ONE}pause/", views.mailing_pause, name="mailing_pause"),
    path(f"{_ONE}resume/", views.mailing_resume, name="mailing_resume"),
    path(f"{_ONE}stop/", views.mailing_stop, name="mailing_stop"),
    path(f"{_ONE}copy/", views.mailing_copy, name="mailing_copy"),
    path(f"{_ONE}drop/", views.mailing_drop, name="mailing_drop"),
    path(f"{_ONE}unpublish/", views.mailing_unpublish, name="mailing_unpublish"),
    path(f"{_ONE}recipients/", views.recipient_list, name="recipient_list"),
    path(f"{_ONE}recipients/<int:recipient>/", views.recipient_detail, name="recipient_detail"),
]
public_patterns = [
    path("unsubscribe/<slug:token>/", public.unsubscribe, name="unsubscribe"),
    path("clusters/<slug:slug>/news/", public.newsletter_list, name="newsletter_list"),
    path("clusters/<slug:slug>/news.xml", public.newsletter_feed, name="newsletter_feed"),
    path("news/<uuid:uid>/", public.newsletter_detail, name="newsletter_detail"),
]
