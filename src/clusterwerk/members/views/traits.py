"""Tags and own fields: which there are, and their use on an organisation or contact."""

from http import HTTPStatus

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from clusterwerk.directory.models import Organisation
from clusterwerk.members import access, actions
from clusterwerk.members.forms.traits import FieldForm, TagForm, ValuesForm
from clusterwerk.members.models import Contact, CustomField, Tag
from clusterwerk.members.queries.people import OwnValue, own_values
from clusterwerk.members.views.about import (
    About,
    asked_about,
    edit_page,
    go_back,
    locked,
    saved,
    say_saved,
    tells_gone,
)
from clusterwerk.members.views.choosing import own_cluster
from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.ui.templatetags.ui import count

READ_OR_SEND = ["GET", "HEAD", "POST"]


@require_http_methods(READ_OR_SEND)
def tag_list(request: HttpRequest, cluster: str) -> HttpResponse:
    """The tags of the cluster with their use; a new one is added here."""
    own = own_cluster(request, cluster)
    seats = seats_of(request)
    form = TagForm(request.POST or None, present={})
    if request.method == "POST":
        access.may_keep_own_words(seats, own.pk).require()
        if saved(form, lambda: actions.add_tag(seats=seats, cluster=own, **form.cleaned_data)):
            messages.success(request, _("The tag is there."))
            return redirect("members:tag_list", own.key)
    context = {
        "cluster": own,
        "tags": Tag.objects.filter(cluster=own).annotate(number=Count("uses")),
        "fields": CustomField.objects.filter(cluster=own).annotate(number=Count("values")),
        "form": form,
        "may_keep": access.may_keep_own_words(seats, own.pk),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "members/tag_list.html", context, status=status)


@require_http_methods(READ_OR_SEND)
@tells_gone
def tag_change(request: HttpRequest, cluster: str, tag: int) -> HttpResponse:
    """Another name, or away from everything that carries it."""
    own = own_cluster(request, cluster)
    seats = seats_of(request)
    access.may_keep_own_words(seats, own.pk).require()
    row: Tag = locked(Tag.objects.filter(cluster=own), request, tag)
    if "delete" in request.POST:
        number = actions.delete_tag(seats=seats, tag=row)
        told = ngettext(
            "The tag left %(number)s organisation.",
            "The tag left %(number)s organisations.",
            number,
        )
        messages.success(request, told % {"number": count(number)})
        return redirect("members:tag_list", own.key)
    form = TagForm(request.POST or None, present={"name": row.name, "kind": row.kind})
    if request.method == "POST" and saved(
        form, lambda: actions.change_tag(seats=seats, tag=row, **form.cleaned_data)
    ):
        say_saved(request, form, _("The tag was saved."))
        return redirect("members:tag_list", own.key)
    return edit_page(
        request, form, About(own), title=_("Tag"), lead=row.name, remove=_("Delete"), row=row
    )


@require_POST
def organisation_tag(request: HttpRequest, cluster: str) -> HttpResponse:
    """Put a tag on the organisation of the form, or take it off."""
    about = asked_about(request, own_cluster(request, cluster))
    if about.organisation is None:
        return go_back(request, about)
    try:
        _tag(request, about.organisation, about)
    except DomainError as error:
        messages.error(request, str(error))
    return go_back(request, about)


def _tag(request: HttpRequest, organisation: Organisation, about: About) -> None:
    seats = seats_of(request)
    taken_off = request.POST.get("untag", "")
    if taken_off.isdecimal():
        tag = get_object_or_404(Tag, cluster=about.cluster, pk=taken_off)
        actions.untag_organisations(seats=seats, tag=tag, organisations=[organisation.pk])
        return
    kind = request.POST.get("kind") or "free"
    form = TagForm({"name": request.POST.get("name", ""), "kind": kind}, present={})
    if not form.is_valid():
        raise DomainError(_("Write a tag of at most 60 signs."))
    tag, _is_new = actions.add_tag(seats=seats, cluster=about.cluster, **form.cleaned_data)
    actions.tag_organisation(seats=seats, tag=tag, organisation=organisation)


@require_http_methods(READ_OR_SEND)
def field_add(request: HttpRequest, cluster: str) -> HttpResponse:
    own = own_cluster(request, cluster)
    seats = seats_of(request)
    access.may_keep_own_words(seats, own.pk).require()
    form = FieldForm(request.POST or None)
    if request.method == "POST" and saved(
        form, lambda: actions.add_field(seats=seats, cluster=own, new=form.new())
    ):
        messages.success(request, _("The field was added."))
        return redirect("members:tag_list", own.key)
    return edit_page(request, form, About(own), title=_("Add a field"), submit=_("Add"))


@require_http_methods(READ_OR_SEND)
@tells_gone
def field_change(request: HttpRequest, cluster: str, field: int) -> HttpResponse:
    own = own_cluster(request, cluster)
    seats = seats_of(request)
    access.may_keep_own_words(seats, own.pk).require()
    row: CustomField = locked(CustomField.objects.filter(cluster=own), request, field)
    form = FieldForm(request.POST or None, kept=row)
    if request.method == "POST" and saved(
        form, lambda: actions.change_field(seats=seats, field=row, **form.facts())
    ):
        say_saved(request, form, _("The field was saved."))
        return redirect("members:tag_list", own.key)
    lead = f"{row.get_subject_display()}, {row.get_kind_display()}"
    return edit_page(request, form, About(own), title=row.label, lead=lead, row=row)


@require_http_methods(READ_OR_SEND)
def value_change(request: HttpRequest, cluster: str, field: int) -> HttpResponse:
    """One own field, in its place on the page; without script on a page of its own."""
    own = own_cluster(request, cluster)
    seats = seats_of(request)
    access.may_keep_people(seats, own.pk).require()
    about = asked_about(request, own)
    row: CustomField = get_object_or_404(CustomField.objects.filter(cluster=own), pk=field)
    of = about.contact or about.organisation
    if of is None:
        return redirect("members:tag_list", own.key)
    form = ValuesForm(request.POST or None, values=_values_of(about, row))
    if request.method == "POST" and saved(form, lambda: _set_value(seats, row, of, form)):
        if not _is_part(request):
            say_saved(request, form, _("The field was saved."))
            return go_back(request, about)
        return _value_part(request, about, row)
    if not _is_part(request):
        return edit_page(request, form, about, title=row.label, lead=str(of))
    return _value_part(request, about, row, None if "keep" in request.GET else form)


def _is_part(request: HttpRequest) -> bool:
    return bool(request.htmx and not request.htmx.history_restore_request)  # type: ignore[attr-defined] # set by its middleware


def _values_of(about: About, field: CustomField) -> list[OwnValue]:
    """The value of the field alone; nothing where the field is about something else."""
    named = {"contact": about.contact} if about.contact else {"organisation": about.organisation}
    keys = {name: row.pk for name, row in named.items() if row}
    return [each for each in own_values(about.cluster.pk, **keys) if each.field == field]


def _set_value(
    seats: Seats, field: CustomField, of: Organisation | Contact, form: ValuesForm
) -> None:
    for _same, typed in form.typed():
        actions.set_custom_value(seats=seats, new=actions.NewValue(field, of, typed))


def _value_part(
    request: HttpRequest, about: About, field: CustomField, form: ValuesForm | None = None
) -> HttpResponse:
    """The value, or the form with it; 422 when what was typed does not fit."""
    name = "contact" if about.contact else "organisation"
    key = about.contact.pk if about.contact else about.organisation and about.organisation.pk
    values = _values_of(about, field)
    if not values:
        raise Http404
    context = {
        "cluster": about.cluster,
        "about": about,
        "each": values[0],
        "form": form,
        "about_name": name,
        "about_key": key,
        "value_of": f"{name}={key}",
        "may_keep": True,
    }
    wrong = form is not None and bool(form.errors)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    template = "members/_value_form.html" if form else "members/_value.html"
    return render(request, template, context, status=status)


@require_http_methods(READ_OR_SEND)
def values_change(request: HttpRequest, cluster: str) -> HttpResponse:
    """The own fields of the organisation or contact that the address names."""
    own = own_cluster(request, cluster)
    seats = seats_of(request)
    access.may_keep_people(seats, own.pk).require()
    about = asked_about(request, own)
    of = about.contact or about.organisation
    if of is None:
        return redirect("members:tag_list", own.key)
    named = "contact" if about.contact else "organisation"
    form = ValuesForm(request.POST or None, values=own_values(own.pk, **{named: of.pk}))

    def save() -> None:
        for field, typed in form.typed():
            new = actions.NewValue(field, of, typed)
            actions.set_custom_value(seats=seats, new=new)

    if request.method == "POST" and saved(form, save):
        say_saved(request, form, _("The fields were saved."))
        return go_back(request, about)
    return edit_page(request, form, about, title=_("Own fields"), lead=str(of))
