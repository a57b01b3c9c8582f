"""What a column of a file can mean."""

from dataclasses import dataclass

from django.utils.functional import Promise

from clusterwerk.members.moving_in.values import Kind

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Field:
    """`key` names its headers in `data/headers.toml`."""

    key: str
    label: Words
    kind: Kind = Kind.TEXT
    is_repeated: bool = False
