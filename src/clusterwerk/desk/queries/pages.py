"""Pages of the menus whose name holds what was typed."""

from clusterwerk.platform.searching import typed_words
from clusterwerk.platform.text import folded
from clusterwerk.platform.ui.navigation import Link, Navigation


def pages_found(menus: Navigation, typed: str) -> tuple[Link, ...]:
    """Entries of the sidebar, of the top and of the account in which every word stands."""
    words = typed_words(typed)
    lines = (entry for group in menus.groups for entry in group.entries)
    every = [*lines, *menus.top, *menus.account]
    if not words:
        return ()
    return tuple(
        entry for entry in every if all(word in folded(str(entry.label)) for word in words)
    )
