"""What the directory knows of organisations, as it is compared; rooms above add mail domains."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator

from django.db.models import Q, QuerySet

from clusterwerk.directory.models import (
    IdentifierScheme,
    Organisation,
    OrganisationIdentifier,
)
from clusterwerk.measure.duplicates import Known, Pool, compared, domain_of

# Of these an organisation may have several, or they are no numbers.
_NOT_ONE_EACH = {
    IdentifierScheme.BE_ESTABLISHMENT,
    IdentifierScheme.FR_SIRET,
    IdentifierScheme.SOURCE_NAME,
}
ONE_EACH = frozenset(IdentifierScheme) - _NOT_ONE_EACH
CHUNK = 5000
_ENDS = 5  # letters at the beginning and end of a name that bring rows together
_TELLING = 4

MailDomains = Callable[[int | None, Collection[int]], Iterable[tuple[int, str]]]
_mail: list[MailDomains] = []


def register_mail_domains(provider: MailDomains) -> None:
    """Let a room tell e-mail addresses at organisations: (organisation, address or domain).

    Asked with a cluster (none: what no cluster owns) and with organisations.
    """
    if provider not in _mail:
        _mail.append(provider)


def organisations_seen(cluster: int | None) -> "QuerySet[Organisation]":
    """The standing organisations among which a cluster looks: the shared ones and its own."""
    own = Q(cluster_id__isnull=True)
    if cluster is not None:
        own |= Q(cluster_id=cluster)
    return Organisation.objects.standing().filter(own)


def known_organisations(
    rows: "QuerySet[Organisation]", cluster: int | None = None
) -> Iterator[Known]:
    """What is known of these organisations, with the mail of this cluster's people there."""
    plain = rows.order_by("pk").values_list(
        "pk", "name", "website", "postcode", "place__name", "municipality", "street", "country",
        "ceased_on",
    )  # fmt: skip
    chunk: list[tuple[object, ...]] = []
    for row in plain.iterator(chunk_size=CHUNK):
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield from _known(chunk, cluster)
            chunk = []
    yield from _known(chunk, cluster)


def pool_for(rows: Iterable[Known], *, cluster: int | None) -> Pool:
    """The part of the directory that may hold these rows, to match them against.

    The directory is read once, name by name; only what shares a word, an end of the name, a
    website or a number with a row is prepared. Make one pool for all rows of an import, and call
    `match_many` with it.
    """
    wanted = _Wanted(rows)
    plain = organisations_seen(cluster).values_list("pk", "name_sort", "website")
    keys = {pk for pk, name, site in plain.iterator(chunk_size=CHUNK) if wanted.has(name, site)}
    keys |= wanted.by_number()
    return Pool(_known_by_keys(sorted(keys), cluster))


def _known_by_keys(keys: list[int], cluster: int | None) -> Iterator[Known]:
    for start in range(0, len(keys), CHUNK):
        part = organisations_seen(cluster).filter(pk__in=keys[start : start + CHUNK])
        yield from known_organisations(part, cluster)


class _Wanted:
    """Raw marks of rows by which organisations that cannot match are passed over quickly."""

    def __init__(self, rows: Iterable[Known]) -> None:
        self.words: set[str] = set()
        self.ends: set[str] = set()
        self.sites: set[str] = set()
        self.numbers: set[tuple[str, str]] = set()
        for row in rows:
            self._add(row)

    def _add(self, row: Known) -> None:
        for written in (row.name, *row.other_names):
            name = compared(written)
            self.words.update(word for word in name.words if len(word) >= _TELLING)
            self.ends.update((name.compact[:_ENDS], name.compact[-_ENDS:]))
        self.sites.update(filter(None, map(domain_of, (row.website, *row.mail))))
        self.numbers |= row.numbers

    def has(self, name_sort: str, website: str) -> bool:
        words = name_sort.replace("-", " ").replace(".", "").split()
        if not self.words.isdisjoint(words):
            return True
        joined = "".join(words)
        if joined[:_ENDS] in self.ends or joined[-_ENDS:] in self.ends:
            return True
        telling = "".join(compared(name_sort).words)
        if telling[:_ENDS] in self.ends or telling[-_ENDS:] in self.ends:
            return True
        return bool(website) and domain_of(website) in self.sites

    def by_number(self) -> set[int]:
        values = {value for _scheme, value in self.numbers}
        rows = OrganisationIdentifier.objects.filter(
            scheme__in={scheme for scheme, _value in self.numbers}, value__in=values
        )
        return set(rows.values_list("organisation_id", flat=True))


def _known(rows: list[tuple[object, ...]], cluster: int | None) -> Iterator[Known]:
    keys = [int(str(row[0])) for row in rows]
    mail = _addresses(cluster, keys)
    numbers: defaultdict[object, set[tuple[str, str]]] = defaultdict(set)
    names: defaultdict[object, list[str]] = defaultdict(list)
    held = OrganisationIdentifier.objects.filter(organisation__in=keys)
    for owner, scheme, value in held.values_list("organisation_id", "scheme", "value"):
        if scheme == IdentifierScheme.SOURCE_NAME:
            names[owner].append(value)
        elif scheme in ONE_EACH:
            numbers[owner].add((scheme, value))
    for pk, name, website, postcode, place, municipality, street, country, ceased in rows:
        assert isinstance(pk, int)
        yield Known(
            key=pk,
            name=str(name),
            other_names=tuple(names[pk]),
            numbers=frozenset(numbers[pk]),
            website=str(website),
            mail=tuple(mail.get(pk, ())),
            postcode=str(postcode),
            place=str(place or municipality or ""),
            street=str(street),
            country=str(country),
            has_ended=ceased is not None,
        )


def _addresses(cluster: int | None, organisations: Collection[int]) -> dict[int, set[str]]:
    found: defaultdict[int, set[str]] = defaultdict(set)
    for provider in _mail:
        for organisation, address in provider(cluster, organisations):
            found[organisation].add(domain_of(address))
    return found
