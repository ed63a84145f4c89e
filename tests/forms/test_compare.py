from borderliaison.forms.check import check
from borderliaison.forms.compare import Change, diff, show_diff


def test_a_correction_shows_what_stood_and_what_stands(lookout, grey_lorry, context, directory):
    old = check(lookout, grey_lorry, context).values
    typed = grey_lorry | {"action": "observe", "plate": "", "lane": "both"}
    new = check(lookout, typed, context).values
    changes = diff(lookout, old, new)
    assert [one.name for one in changes] == ["plate", "lane", "action"]
    shown = show_diff(lookout, changes, "ru", directory)
    assert (shown[0].old, shown[0].new) == ("KG 01 7784 AD", "")
    assert (shown[2].label, shown[2].new) == ("Требуемое действие", "Наблюдать, не показывая вида")


def test_the_same_values_do_not_differ(lookout, grey_lorry, context):
    values = check(lookout, grey_lorry, context).values
    assert diff(lookout, values, dict(values)) == ()
    assert diff(lookout, {}, {"subject": " "}) == ()


def test_a_number_and_a_yes_are_not_the_same(result):
    assert diff(result, {"detained": 1}, {"detained": True}) == (Change("detained", 1, True),)


def test_a_field_that_the_form_does_not_have_is_compared_too(lookout):
    (shown,) = show_diff(lookout, diff(lookout, {}, {"later": "x"}), "en")
    assert (shown.name, shown.old, shown.new) == ("later", "", "x")
