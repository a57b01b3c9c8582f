"""The public site: find a cluster, read what is published of it."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from clusterwerk.portal import queries


@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    cards = queries.cluster_cards(request.GET.get("find", ""), language=request.LANGUAGE_CODE)
    return render(request, "portal/home.html", {"groups": queries.by_theme(cards)})
