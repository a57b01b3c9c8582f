"""Classes of tables: who reads and who writes their rows, as row policies.

Every model declares its class in one line, `access = CLUSTER`. A table without a class gets no
grant. Two shapes, measured: one owner is compared through a sub-select, which hides the value from
the planner and keeps its plan; owners joined by `or` are compared through inlined functions, so
that each branch can use its index.
"""

from dataclasses import dataclass, replace

ONE = "{column} = any((select access.{setting}())::bigint[])"
INLINED = "{column} = any(access.{setting}())"


def _one(column: str, setting: str) -> str:
    return ONE.format(column=column, setting=setting)


def _any_of(*pairs: tuple[str, str]) -> str:
    return " or ".join(INLINED.format(column=column, setting=setting) for column, setting in pairs)


def _door(name: str) -> str:
    return f"(select access.unlocked('{name}'))"


@dataclass(frozen=True, slots=True)
class TableAccess:
    """Policies of one class; an empty policy means that the command is not granted at all.

    `past` says who reads the history where that is narrower than who reads the rows: what was
    published once and taken back is no longer everybody's.
    """

    name: str
    read: str
    insert: str
    update: str
    delete: str
    row_security: bool = True
    past: str = ""

    @property
    def commands(self) -> dict[str, str]:
        """Granted commands and the policy of each."""
        pairs = {
            "select": self.read,
            "insert": self.insert,
            "update": self.update,
            "delete": self.delete,
        }
        return {command: policy for command, policy in pairs.items() if policy}

    def appended_only(self) -> "TableAccess":
        """The same class for rows that are never changed or taken away by the application."""
        return replace(self, update="", delete="")

    def never_deleted(self) -> "TableAccess":
        """The same class for rows that stay, whatever becomes of them."""
        return replace(self, delete="")

    def of_the_past(self) -> "TableAccess":
        """The class of the history: triggers alone write it, as the owner of the tables."""
        read = self.past or self.read
        return TableAccess(f"past of {self.name}", read, "", "", "")


def _access(name: str, read: str, write: str, past: str = "") -> TableAccess:
    return TableAccess(name, read, write, write, write, past=past)


STEWARD = "(select access.steward())"
EVERYBODY = "true"
SHARED_ROWS = "cluster_id is null"


def _shared_or_private(name: str, organisation: str) -> TableAccess:
    """Rows without a cluster are everybody's; a row that names one is private to it.

    Its agency is written on the row only from a membership on, which it is the evidence of.
    Triggers keep keys of others away from private rows: `private_rows.py`.
    """
    private = " or ".join(
        _one(column, setting)
        for column, setting in (
            ("cluster_id", "clusters"),
            ("agency_id", "agencies"),
            (organisation, "organisations"),
        )
    )
    known = f"(select access.actor()) is not null or {STEWARD}"
    return _access(
        name,
        f"{SHARED_ROWS} or {private}",
        f"{_door('directory')} and ({SHARED_ROWS} or {_one('cluster_id', 'written_clusters')})",
        past=f"({SHARED_ROWS} and ({known})) or {private}",
    )


SHARED = _access(
    "shared",
    EVERYBODY,
    _door("directory"),
    past=f"(select access.actor()) is not null or {STEWARD}",
)
SHARED_OR_PRIVATE = _shared_or_private("shared or private", "id")
PART_OF_SHARED_OR_PRIVATE = _shared_or_private("part of shared or private", "organisation_id")
# Pairs and merges: about the shared directory for the steward, else for the cluster they name.
STEWARDS_WHERE_SHARED = f"({SHARED_ROWS} and {STEWARD})"
MERGING = _access(
    "merging",
    f"{STEWARDS_WHERE_SHARED} or {_one('cluster_id', 'clusters')}",
    f"{STEWARDS_WHERE_SHARED} or {_one('cluster_id', 'written_clusters')}",
)
MERGE = replace(MERGING.never_deleted(), name="merge")
MERGE_STEP = replace(MERGING.appended_only(), name="merge step")
# Searched by the million and filled by COPY, which no table with row policies takes: a trigger asks
# for the door instead.
REGISTER = replace(_access("register", EVERYBODY, _door("register")), row_security=False)
CLUSTER = _access("cluster", _one("cluster_id", "clusters"), _one("cluster_id", "written_clusters"))
CLUSTER_ITSELF = _access(
    "cluster itself",
    _any_of(("id", "clusters"), ("agency_id", "agencies")),
    _any_of(("id", "written_clusters"), ("agency_id", "written_agencies")),
)
MEMBERSHIP = _access(
    "membership",
    _any_of(
        ("cluster_id", "clusters"), ("agency_id", "agencies"), ("organisation_id", "organisations")
    ),
    _one("cluster_id", "written_clusters"),
)
MEMBERSHIP_AMOUNT = _access(
    "membership amount",
    _any_of(("cluster_id", "clusters"), ("organisation_id", "organisations")),
    _one("cluster_id", "written_clusters"),
)
ORGANISATION = _access(
    "organisation",
    _any_of(("cluster_id", "clusters"), ("organisation_id", "organisations")),
    _any_of(("cluster_id", "written_clusters"), ("organisation_id", "organisations")),
)
# Led by one cluster or one agency, and read by the clusters that accepted to hold it together.
LED_BY_AGENCY = "agency_id is not null and cluster_id is null and "
_JOINT_READ = (
    f"{_any_of(('cluster_id', 'clusters'))}"
    f" or ({LED_BY_AGENCY}{_any_of(('agency_id', 'agencies'))})"
    " or shared_with && access.clusters()"
)
_JOINT_WRITTEN = (
    f"{_any_of(('cluster_id', 'written_clusters'))}"
    f" or ({LED_BY_AGENCY}{_any_of(('agency_id', 'written_agencies'))})"
)
# Who left reads nothing of it any more: the past is for who leads.
_LED_READ = _JOINT_READ.removesuffix(" or shared_with && access.clusters()")
JOINT = _access("joint", _JOINT_READ, _JOINT_WRITTEN, past=_LED_READ)
# The answer of a cluster that was asked is its own.
JOINT_PART = replace(
    _access(
        "part of joint",
        f"{_JOINT_READ} or {_any_of(('asked_id', 'clusters'))}",
        _JOINT_WRITTEN,
        past=f"{_LED_READ} or {_any_of(('asked_id', 'clusters'))}",
    ),
    update=f"{_JOINT_WRITTEN} or {_any_of(('asked_id', 'written_clusters'))}",
)
# What is published of it is everybody's; earlier states stay with who leads it.
JOINT_PUBLISHED = _access("published", EVERYBODY, _JOINT_WRITTEN, past=_LED_READ)
# How many places are left is everybody's to know; who registers counts through the door.
OPEN_PLACES = _access("open places", EVERYBODY, f"{_JOINT_WRITTEN} or {_door('registration')}")
# Whoever registers has no account: the action that reads the link in the mail opens the door.
REGISTRATION = replace(
    _access(
        "registration",
        f"{_JOINT_READ} or {_door('registration')}",
        f"{_JOINT_WRITTEN} or {_door('registration')}",
        past=_LED_READ,
    ),
    delete=_JOINT_WRITTEN,
)
# What people wish of each other is for the lead's team alone, not for who holds it with them; they
# themselves come by a link.
MATCHING = _access(
    "matching",
    f"{_LED_READ} or {_door('matchmaking')}",
    f"{_JOINT_WRITTEN} or {_door('matchmaking')}",
    past=_LED_READ,
)
# The link and the returns of a mail come from nobody: their action opens the door, as do the jobs.
_OF_CLUSTER = _any_of(("cluster_id", "clusters"))
_OF_CLUSTER_WRITTEN = _any_of(("cluster_id", "written_clusters"))
MAILING = replace(
    _access(
        "mailing", f"{_OF_CLUSTER} or {_door('mailing')}", _OF_CLUSTER_WRITTEN, past=_OF_CLUSTER
    ),
    update=f"{_OF_CLUSTER_WRITTEN} or {_door('mailing')}",
)
PUBLISHED_BY_CLUSTER = _access(
    "published",
    EVERYBODY,
    _one("cluster_id", "written_clusters"),
    past=_one("cluster_id", "clusters"),
)
AGENCY_WRITES = _access(
    "agency writes",
    _any_of(("cluster_id", "clusters"), ("agency_id", "agencies")),
    _one("agency_id", "written_agencies"),
)
PROGRAMME_RULES = _access(
    "agency writes, every cluster of the programme reads",
    _one("agency_id", "programmes"),
    _one("agency_id", "written_agencies"),
)
COUNTED = _access(
    "counted",
    _any_of(("cluster_id", "clusters"), ("agency_id", "agencies")),
    f"{_door('reporting')} and ("
    + _any_of(("cluster_id", "written_clusters"), ("agency_id", "written_agencies"))
    + ")",
).appended_only()
PUBLISHED = _access(
    "published",
    EVERYBODY,
    _any_of(("cluster_id", "written_clusters"), ("agency_id", "written_agencies")),
    past=_any_of(("cluster_id", "clusters"), ("agency_id", "agencies")),
)
PUBLISHED_BY_AGENCY = _access(
    "published",
    EVERYBODY,
    _one("agency_id", "written_agencies"),
    past=_one("agency_id", "programmes"),
)
AGENCY_ITSELF = _access(
    "published", EVERYBODY, STEWARD, past=f"{STEWARD} or {_one('id', 'programmes')}"
)
# Whoever is in a programme may know who works for its agency and who evaluates it, and whoever
# represents an organisation who else does.
HAND_OVER = _access(
    "hand-over",
    _any_of(("cluster_id", "clusters"), ("to_cluster_id", "clusters"), ("agency_id", "agencies")),
    _any_of(
        ("cluster_id", "managed_clusters"),
        ("to_cluster_id", "managed_clusters"),
        ("agency_id", "written_agencies"),
    ),
).never_deleted()
_SEAT_GIVEN = (
    f"{STEWARD} or {_one('cluster_id', 'managed_clusters')}"
    " or (cluster_id is null and organisation_id is null"
    f" and {_one('agency_id', 'written_agencies')})"
)
# The action that ends a seat lets people give up their own, and an organisation end its people's.
SEAT = replace(
    _access(
        "seat",
        f"user_id = access.actor() or {STEWARD} or "
        + _any_of(
            ("cluster_id", "clusters"),
            ("agency_id", "agencies"),
            ("organisation_id", "organisations"),
        )
        + f" or (cluster_id is null and {_any_of(('agency_id', 'programmes'))})",
        _SEAT_GIVEN,
    ),
    update=f"{_SEAT_GIVEN} or ({_door('seats')} and (user_id = access.actor()"
    f" or {_one('organisation_id', 'organisations')}))",
)
# A seat of a member organisation is asked for by a cluster, or by the organisation for a
# colleague, and decided on by a steward.
SEAT_REQUEST = _access(
    "seat request",
    f"{STEWARD} or {_any_of(('cluster_id', 'clusters'), ('organisation_id', 'organisations'))}",
    f"{STEWARD} or {_any_of(('cluster_id', 'managed_clusters'))}"
    f" or (cluster_id is null and {_any_of(('organisation_id', 'organisations'))})",
).never_deleted()
# Whoever holds the link in the mail is nobody yet: the action that reads the link opens the door.
_INVITATION_READ = (
    f"{STEWARD} or "
    + _any_of(("cluster_id", "clusters"), ("organisation_id", "organisations"))
    + f" or (cluster_id is null and {_any_of(('agency_id', 'agencies'))})"
)
INVITATION = replace(
    _access(
        "invitation",
        f"{_INVITATION_READ} or {_door('invitation')}",
        _SEAT_GIVEN,
        past=_INVITATION_READ,
    ),
    update=f"{_SEAT_GIVEN} or {_door('invitation')}",
).never_deleted()
# A view of a list: the person's own, or one that the team shares. Who only reads the cluster keeps
# own ones; one that somebody left behind is taken away by a manager.
SAVED_VIEW = TableAccess(
    "saved view",
    f"{_one('cluster_id', 'clusters')} and (is_shared or owner_id = access.actor())",
    f"owner_id = access.actor() and {_one('cluster_id', 'clusters')}"
    f" and (not is_shared or {_one('cluster_id', 'written_clusters')})",
    f"owner_id = access.actor() and {_one('cluster_id', 'clusters')}"
    f" and (not is_shared or {_one('cluster_id', 'written_clusters')})",
    f"{_one('cluster_id', 'clusters')} and (owner_id = access.actor()"
    f" or (is_shared and {_one('cluster_id', 'managed_clusters')}))",
)
# Whoever asked for a job reads it, and the steward; the worker and the actions through the door.
JOB = _access("job", f"asker_id = access.actor() or {STEWARD} or {_door('jobs')}", _door("jobs"))
# Seals, their keys and the list of erasures: functions of the owner write them.
OUT_OF_REACH = TableAccess("out of reach", "false", "", "", "")
# Whoever erases reads through the door what the function of the owner took.
STEWARDS = TableAccess("stewards read", f"{STEWARD} or {_door('erasure')}", "", "", "")
OWN_FILE = _access("own file", f"owner_id = access.actor() or {_door('files')}", _door("files"))
OUTGOING_MAIL = _access("outgoing mail", _door("mail"), _door("mail"))
BREACH_LOG = _access("breach log", STEWARD, STEWARD).appended_only()
IDENTITY = _access("identity", _door("identity"), _door("identity"))
TECHNICAL = TableAccess("technical", EVERYBODY, EVERYBODY, EVERYBODY, EVERYBODY, row_security=False)
READ_ONLY = TableAccess("technical, read only", EVERYBODY, "", "", "", row_security=False)
