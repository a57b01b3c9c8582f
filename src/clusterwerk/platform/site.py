"""The site as people outside reach it."""

from django.conf import settings


def public_address(path: str) -> str:
    """A whole address for mails and files that no request asked for; `path` begins with a slash.

    A page that answers a request takes `request.build_absolute_uri` instead: that is the name the
    visitor came by.
    """
    return f"{settings.PUBLIC_ORIGIN}{path}"
