"""What the tags of the templates give."""

import re

from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.safestring import SafeString
from django.utils.translation import override


def rendered(code: str, address: str = "/", **values: object) -> SafeString:
    with override("en"):
        return Template(code).render(Context({"request": RequestFactory().get(address), **values}))


class Order(forms.Form):
    name = forms.CharField(label="Name", help_text="As the register writes it.")
    note = forms.CharField(label="Note", required=False)
    size = forms.ChoiceField(label="Size", choices=[("s", "small")], widget=forms.RadioSelect)


def test_text_of_people_is_escaped_in_every_component() -> None:
    bad = "<script>"
    page = rendered(
        "{% callout title=bad %}{{ bad }}{% endcallout %}"
        "{% empty_state bad %}{{ bad }}{% endempty_state %}"
        '{% source "published" %}{{ bad }}{% endsource %}{% data_table bad %}{% enddata_table %}'
        "{% table_scroll bad %}{{ bad }}{% endtable_scroll %}"
        "{% table_scroll by=bad %}{% endtable_scroll %}"
        '{% pager "" shown=bad name=bad %}',
        bad=bad,
    )
    assert "<script>" not in page
    assert page.count("&lt;script&gt;") == 11


def test_a_field_is_tied_to_its_help_and_error() -> None:
    page = rendered("{% field form.name %}", form=Order({}))
    assert '<label for="id_name">Name</label>' in page
    assert 'aria-describedby="id_name-help id_name-error"' in page
    assert '<small id="id_name-help">As the register writes it.</small>' in page
    assert 'aria-invalid="true"' in page
    assert "This field is required." in page


def test_what_may_stay_empty_says_so_where_other_fields_must_be_filled() -> None:
    page = rendered("{% field form.note %}", form=Order())
    assert '<span class="optional">optional</span>' in page


def test_where_nothing_must_be_filled_no_field_says_so() -> None:
    class Filter(forms.Form):
        words = forms.CharField(required=False)

    assert "optional" not in rendered("{% field form.words %}", form=Filter())


def test_choices_stand_in_a_group_with_a_legend() -> None:
    page = rendered("{% field form.size %}", form=Order({}))
    assert re.search(r'<fieldset class="field has-error"\s+aria-describedby="id_size-error">', page)
    assert "<legend>Size</legend>" in page
    assert '<label class="check" for="id_size_0">' in page
    assert 'id="id_size-error"' in page


def test_the_errors_of_a_form_lead_to_its_fields() -> None:
    page = rendered("{% form_errors form %}", form=Order({}))
    assert 'role="alert"' in page
    assert "2 fields need attention" in page
    assert '<a href="#id_name">Name</a>' in page
    assert rendered("{% form_errors form %}", form=Order()) == ""


def test_sorting_begins_at_the_first_page_and_keeps_the_rest_of_the_query() -> None:
    page = rendered('{% sort_header "since" label %}', "/?find=a&after=xyz", label="Since")
    assert 'href="?find=a&amp;order=since&amp;down=0"' in page
    assert "aria-sort" not in page


def test_the_head_that_is_sorted_turns_around() -> None:
    page = rendered('{% sort_header "since" label %}', "/?order=since&down=0", label="Since")
    assert 'aria-sort="ascending"' in page
    assert "down=1" in page


def test_pages_lead_on_and_back_to_the_first() -> None:
    page = rendered('{% pager "k9" shown="1" %}', "/?find=a&after=k4")
    assert 'href="?find=a"' in page
    assert 'href="?find=a&amp;after=k9" rel="next"' in page


def test_the_whole_is_downloaded_with_the_query_of_the_page() -> None:
    page = rendered('{% pager "" shown="1" download="/all.csv" %}', "/?find=a&after=k4")
    assert 'href="/all.csv?find=a" download' in page


def test_a_table_that_scrolls_is_named_by_its_heading() -> None:
    page = rendered('{% table_scroll by="h-size" %}{% endtable_scroll %}')
    assert '<div class="table-scroll" role="group" aria-labelledby="h-size" tabindex="0">' in page


def test_a_search_field_says_what_it_searches() -> None:
    page = rendered("{% search_field form.name %}", form=Order({"name": "b"}))
    assert '<label class="visually-hidden" for="id_name">Name</label>' in page
    assert re.search(r'<input[^>]* value="b"[^>]* placeholder="Name"', page)


def test_a_single_page_has_no_pager() -> None:
    assert rendered('{% pager "" %}') == ""


def test_an_icon_is_silent_unless_it_has_a_label() -> None:
    assert 'aria-hidden="true"' in rendered('{% icon "home" %}')
    assert 'role="img" aria-label="Home"' in rendered('{% icon "home" label="Home" %}')
