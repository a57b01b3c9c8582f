"""The public site: find a cluster, read what is published of it."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwerk.clusters.models import PublicProfile
from clusterwerk.platform.access.replica import published
from clusterwerk.platform.ui.context import page_language
from clusterwerk.platform.ui.kept import page_for
from clusterwerk.portal import kept
from clusterwerk.portal.kept import Asked
from clusterwerk.portal.selection import selection_of


@login_not_required
@published
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Search, clusters as list or map, and the programme's figures; htmx asks for the answer."""
    language, version = page_language().code, kept.version()
    selection = selection_of(request.GET.dict())
    if request.htmx and not request.htmx.history_restore_request:  # type: ignore[attr-defined]
        found = kept.found(version, selection, language)
        response = render(request, "portal/_answer.html", {"found": found})
    else:
        asked = Asked("portal/home.html", selection.page, language, selection)
        response = page_for(request, asked, version)
    patch_vary_headers(response, ["HX-Request", "Accept-Language"])
    return response


@login_not_required
@published
@require_safe
def cluster_detail(request: HttpRequest, slug: str) -> HttpResponse:
    asked = Asked("portal/cluster_detail.html", request.path, page_language().code, slug)
    try:
        return page_for(request, asked, kept.version())
    except PublicProfile.DoesNotExist as error:
        raise Http404(_("There is no published cluster with this address.")) from error


@login_not_required
@published
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/about.html", {"is_demo": settings.DEMO})


@login_not_required
@published
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/accessibility.html")


@login_not_required
@published
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/privacy.html")


@login_not_required
@published
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everything public may be read by search engines; signed-in rooms only cost them time."""
    sitemap_address = request.build_absolute_uri(reverse("portal:sitemap"))
    closed = "".join(f"Disallow: {path}\n" for path in ("/account/", "/accounts/", "/desk/"))
    text = f"User-agent: *\n{closed}\nSitemap: {sitemap_address}\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@login_not_required
@published
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The front page, the pages about the site, and every published cluster."""
    pages = [reverse(f"portal:{view}") for view in ("home", "about", "accessibility", "privacy")]
    slugs = PublicProfile.objects.values_list("slug", flat=True)
    pages += [reverse("portal:cluster_detail", args=[slug]) for slug in slugs]
    addresses = [request.build_absolute_uri(page) for page in pages]
    return render(
        request, "portal/sitemap.xml", {"addresses": addresses}, content_type="application/xml"
    )
