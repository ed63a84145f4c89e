import pytest

from borderliaison.ui.parts.fields import Choice, FieldView, Widget
from tests.ui.rendering import draw

CHOICES = (Choice("a", "Alpha"), Choice("b", "Beta", "the second", group="Greek"))


def field(widget: Widget = Widget.TEXT, **more: object) -> FieldView:
    values: dict[str, object] = {"name": "gross", "label": "Gross weight", "choices": CHOICES}
    return FieldView(**(values | {"widget": widget} | more))  # type: ignore[arg-type]


@pytest.mark.parametrize("widget", [one for one in Widget if one is not Widget.HIDDEN])
def test_every_widget_is_drawn_with_its_label(widget: Widget) -> None:
    html = draw("{% field f %}", f=field(widget, value="a", hint="Net weight is 14.600 kg"))
    assert "Gross weight" in html
    assert 'name="gross"' in html
    assert "Net weight" in html


@pytest.mark.parametrize("widget", [one for one in Widget if one is not Widget.HIDDEN])
def test_an_error_stands_above_the_control_and_describes_it(widget: Widget) -> None:
    html = draw("{% field f %}", f=field(widget, error="Enter 14.600 kg or more"))
    assert html.index("Enter 14.600 kg or more") < html.index('name="gross"')
    assert 'id="f-gross-error"' in html
    assert "f-gross-error" in html.split("aria-describedby=", 1)[1].split(">", 1)[0]


def test_what_was_typed_comes_back_even_if_it_is_no_date() -> None:
    html = draw("{% field f %}", f=field(Widget.DATETIME, value="tomorrow <noon>"))
    assert 'value="tomorrow &lt;noon&gt;"' in html


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("2026-05-14T22:00", "14.05.2026 22:00"),
        ("2026-05-14 22:00", "14.05.2026 22:00"),
        ("1987-03-14", "14.03.1987"),
        ("14.05.2026 22:00", "14.05.2026 22:00"),
        ("", ""),
    ],
)
def test_a_date_is_shown_as_officers_write_it(value: str, shown: str) -> None:
    assert field(Widget.DATETIME, value=value).shown == shown


def test_a_password_never_comes_back() -> None:
    assert "secret" not in draw("{% field f %}", f=field(Widget.PASSWORD, value="secret"))


def test_a_list_keeps_its_headings_and_its_choice() -> None:
    html = draw("{% field f %}", f=field(Widget.SELECT, value="b", is_required=True))
    assert '<optgroup label="Greek">' in html
    assert '<option value="b" selected' in html
    assert '<option value="">' not in html


def test_several_may_be_chosen() -> None:
    html = draw("{% field f %}", f=field(Widget.CHECKBOXES, value=("a", "b")))
    assert html.count(" checked") == 2


def test_the_summary_leads_to_each_wrong_field() -> None:
    wrong = [
        field(error="Enter 14.600 kg or more"),
        field(Widget.RADIOS, name="action", error="Choose one"),
        field(name="right"),
    ]
    html = draw("{% error_summary f %}", f=wrong)
    assert "2 fields need your attention" in html
    assert 'href="#f-gross"' in html
    assert 'href="#f-action-1"' in html
    assert "right" not in html


def test_without_errors_there_is_no_summary() -> None:
    assert "error" not in draw("{% error_summary f %}", f=[field()])


def test_further_attributes_are_escaped() -> None:
    attributes = (("inputmode", "decimal"), ("data-x", '"><script>'), ("autofocus", True))
    html = draw("{% field f %}", f=field(attributes=attributes))
    assert 'inputmode="decimal"' in html
    assert "<script>" not in html
    assert " autofocus" in html
