"""The rows of every table, in the order in which they can be copied.

A row's id is the first free id of its table plus its place, so that rows refer to one another
before they stand.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Model

from bench.large.cast import COUNTRIES, DAY, SOURCE, Cast, MadeAgency, MadeCluster, countries
from clusterwerk.clusters.models import Agency, Cluster, ClusterHost, PublicProfile, Seat
from clusterwerk.directory.models import Organisation, OrganisationIdentifier, Place
from clusterwerk.members.models import (
    Consent,
    Contact,
    Contribution,
    Interaction,
    InteractionParty,
    Membership,
    MembershipCategory,
    Position,
    SizeStatement,
    Tag,
    TagUse,
    Task,
)
from clusterwerk.platform.access.seats import SeatKind, SeatRole
from clusterwerk.platform.models import User
from clusterwerk.programme.models import Agreement, Call, Scheme, Target
from clusterwerk.reporting.models import (
    CountedReading,
    Document,
    PublishedProject,
    PublishedProjectCluster,
    PublishedReading,
)

Row = tuple[Any, ...]
First = dict[type[Model], int]
CATEGORIES = ("Large", "SME", "Knowledge institution")
KINDS = ("enterprise",) * 17 + ("knowledge_institution", "federation", "public_body")
PEOPLE = (SeatRole.MANAGER, SeatRole.STAFF)  # of each cluster
SIZED = 0.5  # share of memberships with a statement of size
PROJECTS = 24  # of each agency
DOCUMENTS = (2018, 2019)  # years in which each agency published one
FIRST_NAMES = ("An", "Bert", "Chloé", "Dirk", "Els", "François", "Greta", "Hans", "Inge", "Jörg")
LANGUAGES = ("nl", "nl", "nl", "fr", "en", "")
TAGS = ("Board", "Export", "Pilot", "Energy", "Digital", "Circular")
EACH_TASK = 10  # one task for so many members
ROLES = ("representative", "finance", "technical", "communication", "other")
AIMED = {"members.paying": 60, "members.new": 25, "collaborations.started": 12}
COUNTS = (
    "members.paying", "members.new", "contributions.contributors", "contributions.maximum",
    "contributions.minimum", "contributions.median", "contributions.at_maximum",
    "contributions.to_half",
)  # fmt: skip
COUNTED_ON = (date(2024, 6, 30), date(2025, 6, 30), DAY)
PRINTED = (
    ("members.paying", "count", "reported"), ("collaborations.started", "count", "reported"),
    ("applications.participations", "count", ""), ("agreement.subsidy", "euro", ""),
    ("contributions.maximum", "euro", ""), ("contributions.minimum", "euro", ""),
    ("contributions.median", "euro", ""), ("contributions.at_maximum", "count", ""),
    ("contributions.to_half", "count", ""), ("contributions.contributors", "count", ""),
    ("contributions.printed_share_pct", "percent", ""),
)  # fmt: skip
OF_PROGRAMME = (
    ("members.paying", "reported"), ("members.paying", "target"), ("members.new", "reported"),
    ("members.new", "target"), ("collaborations.started", "reported"),
    ("collaborations.started", "target"), ("members.sme_pct", ""), ("cofinancing.raised", ""),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of a model by column; `id` comes first unless the key is another column."""

    model: type[Model]
    columns: str
    rows: Callable[["Ground"], Iterator[Row]]

    @property
    def has_id(self) -> bool:
        return self.columns.startswith("id ")


@dataclass(frozen=True)
class Ground:
    """The cast, and the first free id of each table."""

    cast: Cast
    first: First

    def agency(self, agency: MadeAgency) -> int:
        return self.first[Agency] + agency.place

    def cluster(self, cluster: MadeCluster) -> int:
        return self.first[Cluster] + cluster.place

    def scheme(self, cluster: MadeCluster) -> int:
        return self.first[Scheme] + cluster.agency.place * 2 + (cluster.call is None)

    def call(self, cluster: MadeCluster) -> int | None:
        if cluster.call is None:
            return None
        return self.first[Call] + cluster.agency.place * 2 + cluster.call - 1

    def organisation(self, place: int) -> int:
        return self.first[Organisation] + place

    def each_contact(self) -> Iterator[tuple[int, MadeCluster, int]]:
        """Id, cluster and place of the organisation: one contact at each member."""
        number = self.first[Contact]
        for cluster in self.cast.clusters:
            for organisation in dict.fromkeys(each.organisation for each in cluster.members()):
                yield number, cluster, organisation
                number += 1

    def each_membership(self) -> Iterator[tuple[int, MadeCluster, Any]]:
        """Id, cluster and membership of every membership."""
        number = self.first[Membership]
        for cluster in self.cast.clusters:
            for membership in cluster.members():
                yield number, cluster, membership
                number += 1


def _numbered(ground: Ground, model: type[Model], rows: Iterator[Row]) -> Iterator[Row]:
    return ((number, *row) for number, row in enumerate(rows, ground.first[model]))


def _places(_ground: Ground) -> Iterator[Row]:
    for country in countries():
        for number, town in enumerate(country.towns):
            yield f"{country.code}{number:03}", town, "", f"{country.code} ({SOURCE})"


def _organisations(ground: Ground) -> Iterator[Row]:
    cast, towns = ground.cast, len(countries()[0].towns)
    for place in range(cast.shape.organisations):
        country = place * COUNTRIES // cast.shape.organisations
        town = ground.first[Place] + country * towns + place * 5 // 3 % towns
        started = date(1950 + place * 13 % 75, 1 + place % 12, 1)
        kind = KINDS[place * 3 % len(KINDS)]
        code = countries()[country].code
        yield cast.organisation_name(place), kind, code, town, started, SOURCE, True


def _identifiers(ground: Ground) -> Iterator[Row]:
    for place in range(ground.cast.shape.organisations):
        yield ground.organisation(place), "source-name", f"{SOURCE} {place:07}"


def _agencies(ground: Ground) -> Iterator[Row]:
    for each in ground.cast.agencies:
        yield each.key, each.name, each.country.code


def _clusters(ground: Ground) -> Iterator[Row]:
    for each in ground.cast.clusters:
        keywords = list(each.keywords)
        yield ground.agency(each.agency), each.key, each.name, [], keywords, each.embedding, SOURCE


def _hosts(ground: Ground) -> Iterator[Row]:
    for each in ground.cast.clusters:
        for position, organisation in enumerate(each.hosts(), 1):
            yield (
                ground.agency(each.agency),
                ground.cluster(each),
                ground.organisation(organisation),
                position,
            )


def _profiles(ground: Ground) -> Iterator[Row]:
    for each in ground.cast.clusters:
        hosts = tuple(ground.cast.organisation_name(place) for place in each.hosts())
        yield (
            ground.cluster(each),
            ground.agency(each.agency),
            each.key,
            each.name,
            [],
            list(each.keywords),
            each.theme,
            each.rules.key,
            each.call,
            each.embedding,
            SOURCE,
            each.search_text(hosts),
        )


def _users(ground: Ground) -> Iterator[Row]:
    """Nobody signs in with these: their passwords match nothing."""
    for number in range(len(PEOPLE) * len(ground.cast.clusters) + len(ground.cast.agencies)):
        email = f"person-{number}@synthetic.example"
        yield email, f"Person {number}", "", True, True, f"{DAY} 00:00+00", "!", None


def _seats(ground: Ground) -> Iterator[Row]:
    people = iter(range(ground.first[User], 2**62))
    since = date(2020, 1, 1)
    for each in ground.cast.clusters:
        at = (ground.cluster(each), ground.agency(each.agency), None, since, None)
        for role in PEOPLE:
            yield next(people), SeatKind.CLUSTER.value, role.value, *at
    for agency in ground.cast.agencies:
        at_agency = (None, ground.agency(agency), None, since, None)
        yield next(people), SeatKind.AGENCY.value, SeatRole.PROGRAMME_MANAGER.value, *at_agency


def _schemes(ground: Ground) -> Iterator[Row]:
    for agency in ground.cast.agencies:
        for key in ("flanders-ibn", "flanders-spc"):
            yield ground.agency(agency), key, "2016"


def _calls(ground: Ground) -> Iterator[Row]:
    for agency in ground.cast.agencies:
        scheme = ground.first[Scheme] + agency.place * 2
        yield ground.agency(agency), scheme, 1
        yield ground.agency(agency), scheme, 2


def _agreements(ground: Ground) -> Iterator[Row]:
    for each in ground.cast.clusters:
        subsidy = Decimal(each.luck("subsidy").randint(100, 450)) * 1_000
        yield (
            ground.agency(each.agency),
            ground.cluster(each),
            ground.scheme(each),
            ground.call(each),
            each.starts_on,
            each.ends_on,
            SOURCE,
            subsidy,
            each.luck("outlook").choice(("", "unclear", "independent on own income")),
            "",
        )


def _targets(ground: Ground) -> Iterator[Row]:
    for each in ground.cast.clusters:
        for indicator, value in AIMED.items():
            yield (
                ground.agency(each.agency),
                ground.cluster(each),
                ground.scheme(each),
                indicator,
                value,
                each.rules.duration.months,
                SOURCE,
                True,
            )


def _categories(ground: Ground) -> Iterator[Row]:
    for each in ground.cast.clusters:
        for name in CATEGORIES:
            yield ground.cluster(each), name


def _memberships(ground: Ground) -> Iterator[Row]:
    for number, cluster, membership in ground.each_membership():
        kind = cluster.place * len(CATEGORIES) + membership.organisation % len(CATEGORIES)
        yield (
            number,
            ground.agency(cluster.agency),
            ground.cluster(cluster),
            ground.organisation(membership.organisation),
            ground.first[MembershipCategory] + kind,
            membership.period,
            membership.pays,
            SOURCE,
            True,
        )


def _contributions(ground: Ground) -> Iterator[Row]:
    """Of each paying member for the working years since it joined, in steps of a fee."""
    for number, cluster, membership in ground.each_membership():
        if not membership.pays:
            continue
        luck = membership.organisation * 31 + cluster.place
        amount = (250, 250, 500, 500, 1_000, 2_500, 10_000)[luck % 7]
        since = max((membership.first - cluster.starts_on).days // 366, 0) + 1
        for year in range(since, cluster.working_year + 1):
            organisation = ground.organisation(membership.organisation)
            yield ground.cluster(cluster), number, organisation, year, amount, True


def _sizes(ground: Ground) -> Iterator[Row]:
    for cluster in ground.cast.clusters:
        luck = cluster.luck("sizes")
        for organisation in dict.fromkeys(each.organisation for each in cluster.members()):
            if luck.random() < SIZED:
                headcount = int(luck.paretovariate(0.7)) % 20_000
                for year in (2024, 2025):
                    at = (ground.cluster(cluster), ground.organisation(organisation), year)
                    yield *at, headcount, None, None, SOURCE, True


def _contacts(ground: Ground) -> Iterator[Row]:
    """Named after where they work, so that searching finds some of them."""
    for number, cluster, organisation in ground.each_contact():
        first = FIRST_NAMES[organisation % len(FIRST_NAMES)]
        last = ground.cast.organisation_name(organisation).split()[0]
        email = f"contact-{number}@synthetic.example" if number % 8 else ""
        language = LANGUAGES[organisation % len(LANGUAGES)]
        bounced = DAY if number % 40 == 1 else None
        yield number, ground.cluster(cluster), first, last, email, language, bounced, SOURCE, True


def _positions(ground: Ground) -> Iterator[Row]:
    for number, cluster, organisation in ground.each_contact():
        if number % 10:
            role = ROLES[organisation % len(ROLES)]
            at = (ground.cluster(cluster), number, ground.organisation(organisation))
            yield *at, role, True, "[2020-01-01,)", True


def _consents(ground: Ground) -> Iterator[Row]:
    for number, cluster, organisation in ground.each_contact():
        if organisation % 5 < 3:
            state = "withdrawn" if organisation % 7 == 0 else "given"
            said = ("newsletter", state, DAY, "written", SOURCE, True)
            yield ground.cluster(cluster), number, *said


def _interactions(ground: Ground) -> Iterator[Row]:
    """One with each contact, spread over a year."""
    for _number, cluster, organisation in ground.each_contact():
        moment = f"{DAY - timedelta(days=1 + organisation % 365)} 10:00+00"
        subject = f"Talk with {ground.cast.organisation_name(organisation)}"
        yield ground.cluster(cluster), "call", moment, subject, SOURCE, True


def _parties(ground: Ground) -> Iterator[Row]:
    for place, (number, cluster, organisation) in enumerate(ground.each_contact()):
        talk = ground.first[Interaction] + place
        yield ground.cluster(cluster), talk, ground.organisation(organisation), number, True


def _tags(ground: Ground) -> Iterator[Row]:
    for cluster in ground.cast.clusters:
        for name in TAGS:
            yield ground.cluster(cluster), name, True


def _tag_uses(ground: Ground) -> Iterator[Row]:
    """None, one or two tags on each organisation."""
    for _number, cluster, organisation in ground.each_contact():
        first = ground.first[Tag] + cluster.place * len(TAGS)
        tags = {organisation % 9, organisation % 13} & set(range(len(TAGS)))
        for tag in sorted(tags):
            yield ground.cluster(cluster), first + tag, ground.organisation(organisation), True


def _tasks(ground: Ground) -> Iterator[Row]:
    for number, cluster, organisation in ground.each_contact():
        if number % EACH_TASK == 0:
            title = f"Call {ground.cast.organisation_name(organisation)}"
            at = (ground.cluster(cluster), ground.organisation(organisation), number)
            yield *at, title, DAY + timedelta(days=organisation % 90), True


def _documents(ground: Ground) -> Iterator[Row]:
    """Published before the demo's, so that what the demo shows of its newest stays as it is."""
    for agency in ground.cast.agencies:
        for year in DOCUMENTS:
            key, title = f"synthetic-{agency.place}-{year}", f"{agency.name}, {year}"
            yield ground.agency(agency), key, title, agency.name, date(year, 3, 1), SOURCE


def _document(ground: Ground, agency: MadeAgency, year: int) -> int:
    return ground.first[Document] + agency.place * len(DOCUMENTS) + DOCUMENTS.index(year)


@dataclass(frozen=True, slots=True)
class Print:
    """A figure as a document prints it: a number or a day."""

    subject: str
    indicator: str
    unit: str
    basis: str
    place: str
    number: int | None = None
    day: date | None = None

    def row(self, position: int) -> Row:
        key = f"{self.indicator}|{self.subject}|{self.basis}"
        value = (self.number, 0, self.day, None, self.unit, "", self.basis, "", self.place)
        return key, self.subject, self.indicator, *value, "", "", "{}", position


def _readings(ground: Ground) -> Iterator[Row]:
    position = 0
    for agency, cluster, year in _printing(ground):
        document = _document(ground, agency, year)
        prints = _of_cluster(cluster) if cluster else _of_programme()
        for each in prints:
            position += 1
            own = ground.cluster(cluster) if cluster else None
            yield ground.agency(agency), own, document, *each.row(position)


def _printing(ground: Ground) -> Iterator[tuple[MadeAgency, MadeCluster | None, int]]:
    """Both documents print the programme as a whole and every cluster."""
    for year in DOCUMENTS:
        for agency in ground.cast.agencies:
            yield agency, None, year
        for cluster in ground.cast.clusters:
            yield cluster.agency, cluster, year


def _of_programme() -> Iterator[Print]:
    for place, (indicator, basis) in enumerate(OF_PROGRAMME):
        yield Print("programme", indicator, "count", basis, "table 5", 100 + place * 90)


def _of_cluster(cluster: MadeCluster) -> Iterator[Print]:
    luck = cluster.luck("readings")
    for indicator, unit, basis in PRINTED:
        number = _printed(indicator, luck.random())
        yield Print(cluster.key, indicator, unit, basis, "table 7", number)
    days = {"agreement.start_date": cluster.starts_on, "agreement.end_date": cluster.ends_on}
    for indicator, day in days.items():
        yield Print(cluster.key, indicator, "date", "", "table 3", day=day)


def _printed(indicator: str, chance: float) -> int:
    most = {"contributions.to_half": 12, "contributions.at_maximum": 6}.get(indicator, 400)
    least = 60 if indicator == "contributions.contributors" else 1
    return least + int(chance * most)


def _projects(ground: Ground) -> Iterator[Row]:
    for agency in ground.cast.agencies:
        for number in range(PROJECTS):
            document = _document(ground, agency, DOCUMENTS[-1])
            title = f"{SOURCE}: project {number}"
            yield (
                ground.agency(agency), document, "application", title, "", "", None, [], "yes",
                "table 10", number,
            )  # fmt: skip


def _parts(ground: Ground) -> Iterator[Row]:
    for agency in ground.cast.agencies:
        own = [each for each in ground.cast.clusters if each.agency == agency]
        luck = own[0].luck("projects")
        for number in range(PROJECTS):
            project = ground.first[PublishedProject] + agency.place * PROJECTS + number
            for cluster in luck.sample(own, min(luck.choice((2, 2, 3, 4)), len(own))):
                yield ground.agency(agency), project, ground.cluster(cluster)


def _counts(ground: Ground) -> Iterator[Row]:
    for cluster in ground.cast.clusters:
        luck = cluster.luck("counts")
        for day in COUNTED_ON:
            for indicator in COUNTS:
                unit = "euro" if indicator.rsplit(".", 1)[1] in AMOUNTS else "count"
                yield (
                    ground.agency(cluster.agency), ground.cluster(cluster), indicator, 1, day,
                    luck.randint(1, cluster.memberships), unit, f"{luck.getrandbits(256):064x}",
                    cluster.memberships, True, day + timedelta(days=1), None,
                )  # fmt: skip


AMOUNTS = {"maximum", "minimum", "median"}


def _with_id(model: type[Model], columns: str, rows: Callable[[Ground], Iterator[Row]]) -> Table:
    return Table(model, f"id {columns}", lambda ground: _numbered(ground, model, rows(ground)))


TABLES = (
    _with_id(Place, "nis_code name province region", _places),
    _with_id(
        Organisation, "name kind country place_id started_on source is_demo", _organisations
    ),
    _with_id(OrganisationIdentifier, "organisation_id scheme value", _identifiers),
    _with_id(Agency, "key name country", _agencies),
    _with_id(
        Cluster, "agency_id key name aliases theme_keywords embedding origin", _clusters
    ),
    _with_id(ClusterHost, "agency_id cluster_id organisation_id position", _hosts),
    Table(
        PublicProfile,
        "cluster_id agency_id slug name aliases theme_keywords theme scheme call_number embedding"
        " origin search_text",
        _profiles,
    ),
    _with_id(
        User, "email name language is_active is_demo created_at password last_login", _users
    ),
    _with_id(
        Seat, "user_id kind role cluster_id agency_id organisation_id since until", _seats
    ),
    _with_id(Scheme, "agency_id key version", _schemes),
    _with_id(Call, "agency_id scheme_id number", _calls),
    _with_id(
        Agreement,
        "agency_id cluster_id scheme_id call_id starts_on ends_on period_basis subsidy outlook"
        " outlook_elsewhere",
        _agreements,
    ),
    _with_id(
        Target,
        "agency_id cluster_id scheme_id indicator value due_after_months source is_demo",
        _targets,
    ),
    _with_id(MembershipCategory, "cluster_id name", _categories),
    Table(
        Membership,
        "id agency_id cluster_id organisation_id category_id period is_paying source is_demo",
        _memberships,
    ),
    _with_id(
        Contribution,
        "cluster_id membership_id organisation_id working_year amount is_demo",
        _contributions,
    ),
    _with_id(
        SizeStatement,
        "cluster_id organisation_id year headcount turnover balance_total source is_demo",
        _sizes,
    ),
    Table(
        Contact,
        "id cluster_id first_name last_name email language bounced_on source is_demo",
        _contacts,
    ),
    _with_id(
        Position, "cluster_id contact_id organisation_id role is_main period is_demo", _positions
    ),
    _with_id(
        Consent, "cluster_id contact_id purpose state said_on way source is_demo", _consents
    ),
    _with_id(
        Interaction, "cluster_id kind happened_at subject source is_demo", _interactions
    ),
    _with_id(
        InteractionParty, "cluster_id interaction_id organisation_id contact_id is_demo", _parties
    ),
    _with_id(Tag, "cluster_id name is_demo", _tags),
    _with_id(TagUse, "cluster_id tag_id organisation_id is_demo", _tag_uses),
    _with_id(Task, "cluster_id organisation_id contact_id title due_on is_demo", _tasks),
    _with_id(Document, "agency_id key title publisher published_on digest", _documents),
    _with_id(
        PublishedReading,
        "agency_id cluster_id document_id key subject indicator number decimals day text unit"
        " qualifier basis as_of place dimension segment attributes position",
        _readings,
    ),
    _with_id(
        PublishedProject,
        "agency_id document_id kind title title_basis instrument years partners approved place"
        " position",
        _projects,
    ),
    _with_id(PublishedProjectCluster, "agency_id project_id cluster_id", _parts),
    _with_id(
        CountedReading,
        "agency_id cluster_id indicator definition_version day number unit evidence_digest"
        " evidence_count includes_demo recorded_at recorded_by_id",
        _counts,
    ),
)  # fmt: skip
