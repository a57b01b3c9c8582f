"""Which reader a cluster asks to look through."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clusterwerk.clusters.sharing.readers import Reader


class ReaderForm(forms.Form):
    """A reader, and the member organisation that stands for a member; empty is the first."""

    reader = forms.ChoiceField(label=_("Look through the eyes of"), required=False)
    member = forms.ChoiceField(label=_("Which member"), required=False)

    def __init__(
        self,
        data: Any,  # noqa: ANN401 - as Django's own
        *,
        readers: Sequence[Reader],
        members: Iterable[tuple[int, str]],
    ) -> None:
        super().__init__(data)
        self.readers = {reader.key: reader for reader in readers}
        self._choices("reader", [(reader.key, reader.label) for reader in readers])
        self._choices("member", [(str(key), name) for key, name in members])

    def _choices(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    @property
    def chosen(self) -> Reader:
        """The reader asked for, or the first when none was or it could not be read."""
        asked = self.cleaned_data.get("reader") or ""
        return self.readers.get(asked, next(iter(self.readers.values())))
