"""The organisation of a row: found, chosen, fetched from the register, or typed in."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterwerk.directory.models import Postcode
from clusterwerk.members.moving_in.answers import answered, tell_origin
from clusterwerk.members.moving_in.claims import Claim, Firm
from clusterwerk.members.moving_in.context import Comparison, Import
from clusterwerk.members.moving_in.drafts import NEW, NONE, ORGANISATION, Draft, alive, written
from clusterwerk.members.moving_in.fields import Field
from clusterwerk.members.moving_in.firms import Found
from clusterwerk.members.moving_in.making import make_organisations
from clusterwerk.members.moving_in.values import Kind, kind_told

ORGANISATION_FIELDS = (
    Field("name", gettext_lazy("Organisation")),
    Field("number", gettext_lazy("Enterprise or VAT number"), Kind.NUMBER),
    Field("street", gettext_lazy("Street and number")),
    Field("postcode", gettext_lazy("Postcode"), Kind.POSTCODE),
    Field("municipality", gettext_lazy("Municipality")),
    Field("country", gettext_lazy("Country"), Kind.COUNTRY),
    Field("website", gettext_lazy("Website"), Kind.URL),
    Field("organisation_kind", gettext_lazy("Kind of organisation"), Kind.ORGANISATION),
)


class OrganisationPart:
    """`makes`: an unknown organisation is typed in; else the row goes on without it.

    `is_needed`: a row without an organisation is wrong.
    """

    fields: tuple[Field, ...] = ORGANISATION_FIELDS

    def __init__(self, *, makes: bool = True, is_needed: bool = True) -> None:
        self.makes = makes
        self.is_needed = is_needed

    def compare(self, context: Comparison, drafts: Sequence[Draft]) -> None:
        wanted = [(draft, claim) for draft in alive(drafts) if (claim := _claim(draft)) is not None]
        _check_postcodes(context, [draft for draft, _claim in wanted])
        context.firms.learn([claim for _draft, claim in wanted])
        context.firms.know(draft.choices.get(ORGANISATION, "") for draft, _claim in wanted)
        context.look()
        claimed = {draft.row for draft, _claim in wanted}
        for draft, claim in wanted:
            self._settle(context, draft, claim)
        for draft in alive(drafts):
            if self.is_needed and draft.row not in claimed:
                draft.wrong(_("The name of the organisation is missing."), "name")

    def _settle(self, context: Comparison, draft: Draft, claim: Claim) -> None:
        draft.title = draft.title or claim.name or claim.number
        chosen = draft.choices.get(ORGANISATION, "")
        if chosen in context.firms.by_ref:
            tell_origin(draft, ORGANISATION)
            self._take(context, draft, context.firms.by_ref[chosen])
            return
        found = Found()
        if chosen not in {NEW, NONE}:
            found = self._found(context, draft, claim)
        if found.doubt is not None:
            draft.doubts.append(found.doubt)
        elif found.firm is not None:
            self._take(context, draft, found.firm)
        else:
            self._without(context, draft, claim)

    def _found(self, context: Comparison, draft: Draft, claim: Claim) -> Found:
        """Who is meant, or the question; not one that the team answered before."""
        if context.is_seen and (doubt := draft.seen_doubt(ORGANISATION)):
            return Found(doubt=doubt)
        may_ask = not context.is_seen
        found = context.firms.find(claim, may_make=self.makes, may_ask=may_ask)
        if found.doubt is None:
            return found
        ref = answered(context, draft, found.doubt, context.firms.by_ref)
        if not ref:
            return found
        return Found(context.firms.by_ref.get(ref))

    def _take(self, context: Comparison, draft: Draft, firm: Firm) -> None:
        context.firms.mean(firm)
        draft.organisation = firm.ref
        if firm.pk is None and firm.entry is not None:
            draft.makes_also("organisation")
            draft.notes["register"] = firm.name

    def _without(self, context: Comparison, draft: Draft, claim: Claim) -> None:
        if not self.makes or draft.choices.get(ORGANISATION) == NONE:
            if self.is_needed:
                draft.wrong(_("No organisation of this name is known here."), "name")
            return
        if not claim.name:
            message = _("No organisation with this number is known, and the row has no name.")
            draft.wrong(message, "number")
            return
        firm = context.firms.plan(claim, draft.number)
        draft.organisation = firm.ref
        if firm.row == draft.number:
            draft.makes_also("organisation")

    def write(self, context: Import, drafts: Sequence[Draft]) -> None:
        rows = [draft for draft in written(drafts) if draft.organisation]
        members = {draft.organisation for draft in rows if "membership" in draft.makes}
        make_organisations(context, [draft.organisation for draft in rows], members)


def _check_postcodes(context: Comparison, drafts: Sequence[Draft]) -> None:
    """A Belgian postcode that no municipality has is told; the row comes in with it."""
    if "postcodes" not in context.shelf:
        context.shelf["postcodes"] = set(Postcode.objects.values_list("code", flat=True))
    known: set[str] = context.shelf["postcodes"]
    for draft in drafts:
        code = draft.get("postcode")
        if known and code and draft.get("country") in {None, "BE"} and code not in known:
            message = _("No Belgian municipality has the postcode %(code)s.")
            draft.remark(message % {"code": code}, "postcode")


def _claim(draft: Draft) -> Claim | None:
    """None when the row says nothing of an organisation."""
    name, number = draft.get("name") or "", draft.get("number") or ""
    if not name and not number:
        return None
    if not name and draft.get("website"):
        name = str(draft.get("website")).partition("://")[2].removeprefix("www.")
    return Claim(
        name=name[:200],
        number=number,
        postcode=draft.get("postcode") or "",
        municipality=draft.get("municipality") or "",
        website=draft.get("website") or "",
        email=draft.get("email") or "",
        street=draft.get("street") or "",
        country=draft.get("country") or "BE",
        kind=draft.get("organisation_kind") or kind_told(draft.get("category") or "") or "",
    )
