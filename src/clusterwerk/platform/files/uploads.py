"""Uploads that are too large are refused before they are read.

A view says its own limit with `takes_uploads`. The length that the browser announces is enough:
nothing is taken in beyond it.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.exceptions import BadRequest
from django.core.files.uploadhandler import FileUploadHandler
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

View = TypeVar("View", bound=Callable[..., Any])
MEGABYTE = 1024 * 1024


def takes_uploads(*, most: int) -> Callable[[View], View]:
    """Refuse a request to this view that brings more bytes than this."""

    def mark(view: View) -> View:
        view.most_uploaded = most  # type: ignore[attr-defined] # read below
        return view

    return mark


class TooLarge(BadRequest):
    """An upload with more bytes than a view takes."""


class Limited(FileUploadHandler):
    """Stands before the other handlers, which keep what is let through."""

    def handle_raw_input(
        self,
        _input_data: object,
        _meta: object,
        content_length: int,
        _boundary: object,
        _encoding: str | None = None,
    ) -> None:
        most = _most(self.request.path_info if self.request else "")
        if most is not None and content_length > most:
            message = _("This upload has %(size)s MB; at most %(most)s MB are taken here.")
            told = {"size": content_length // MEGABYTE, "most": most // MEGABYTE}
            raise TooLarge(message % told)

    def receive_data_chunk(self, raw_data: bytes, _start: int) -> bytes:
        return raw_data

    def file_complete(self, _file_size: int) -> None:
        return None


def _most(path: str) -> int | None:
    try:
        found: int | None = getattr(resolve(path).func, "most_uploaded", None)
    except Resolver404:
        return None
    return found
