"""Widgets are written as Django's own templates write them."""

import re
from datetime import date

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from clusterwerk.platform.ui.widgets import WRITTEN, Renderer
from factories.english import english

__all__ = ["english"]

ODD = """<b title="x">'&"""
CHOICES = [("", "none"), ("a", ODD), ("Group & co", [("b", _("Members")), (3, "three")])]


class EveryField(forms.Form):
    text = forms.CharField(initial=ODD, max_length=7, help_text="help")
    optional = forms.CharField(
        required=False, widget=forms.TextInput({"data-x": ODD, "hidden": True})
    )
    absent = forms.CharField(widget=forms.TextInput({"autofocus": False, "title": _("Members")}))
    marked = forms.CharField(initial=SafeString("&amp;"))
    search = forms.CharField(widget=forms.SearchInput)
    colour = forms.CharField(widget=forms.ColorInput, initial="#ff0000")
    phone = forms.CharField(widget=forms.TelInput)
    secret = forms.CharField(widget=forms.PasswordInput, initial="never shown")
    hidden = forms.IntegerField(widget=forms.HiddenInput, initial=1000)
    number = forms.IntegerField(min_value=0, initial=0)
    amount = forms.DecimalField(decimal_places=2, localize=True, initial="1250.50")
    mail = forms.EmailField(initial="a@b.example")
    site = forms.URLField(assume_scheme="https")
    day = forms.DateField(initial=date(2026, 1, 31), widget=forms.DateInput({"type": "date"}))
    moment = forms.DateTimeField()
    time = forms.TimeField()
    box = forms.BooleanField(initial=True)
    area = forms.CharField(widget=forms.Textarea, initial=f"one\n{ODD}")
    empty_area = forms.CharField(widget=forms.Textarea)
    one = forms.ChoiceField(choices=CHOICES, initial="3")
    several = forms.MultipleChoiceField(choices=CHOICES, initial=["a", "b"])
    nothing = forms.ChoiceField(choices=[])
    yes_no = forms.NullBooleanField()
    buttons = forms.ChoiceField(choices=CHOICES, widget=forms.RadioSelect, initial="a")
    boxes = forms.MultipleChoiceField(choices=CHOICES, widget=forms.CheckboxSelectMultiple)
    file = forms.FileField()


NAMES = list(EveryField.base_fields)


def together(written: str) -> str:
    """Without the ends of lines between options, which nobody sees."""
    return re.sub(r">\s+<", "><", written.strip())


@pytest.mark.parametrize("name", NAMES)
def test_a_widget_is_written_as_its_template_does(name: str) -> None:
    ours, djangos = EveryField(renderer=Renderer()), EveryField(renderer=DjangoTemplates())
    assert together(str(ours[name])) == together(str(djangos[name]))
    dress: dict[str, str | bool] = {"class": ODD, "aria-invalid": "true"}
    expected = djangos[name].as_widget(attrs=dress)
    assert together(ours[name].as_widget(attrs=dress)) == together(expected)


@pytest.mark.parametrize("name", ["buttons", "boxes"])
def test_each_of_several_choices_is_written_as_its_template_does(name: str) -> None:
    ours, djangos = EveryField(renderer=Renderer()), EveryField(renderer=DjangoTemplates())
    for own, other in zip(ours[name], djangos[name], strict=True):
        assert own.tag() == other.tag()
        labelled = other.tag(wrap_label=True).replace(">\n", ">")
        assert own.tag(wrap_label=True) == labelled


def test_every_template_that_is_replaced_is_one_of_djangos() -> None:
    for name in WRITTEN:
        DjangoTemplates().get_template(name)
