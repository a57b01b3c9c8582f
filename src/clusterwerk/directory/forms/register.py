"""The file of the enterprise register that a steward uploads."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

LARGEST = 2 * 1024**3  # bytes; a full extract has about 300 million
ZIP = b"PK\x03\x04"


class RegisterFileForm(forms.Form):
    file = forms.FileField(
        label=_("ZIP file of the open data"),
        help_text=_("A full extract or an update, as it was fetched; up to 2 GB."),
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ".zip,application/zip"}),
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        """What is inside is looked at by the job; what is no ZIP at all is said at once."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(_("The file is larger than 2 GB; no extract is."))
        if file.read(len(ZIP)) != ZIP:
            raise forms.ValidationError(_("This is no ZIP file. Upload it as it was fetched."))
        file.seek(0)
        return file
