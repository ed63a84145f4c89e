"""Values in Arabic letters are found by one letter where keyboards write several: their keys are made anew."""

from typing import Any

from django.db import migrations

_AS_FOLDED = str.maketrans("يىېۍكګةەھہ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "ییییکگهههه01234567890123456789")
_AT_ONCE = 1000


def fold(apps: Any, schema_editor: Any) -> None:
    """Fold the letters of keys as ``borderliaison.forms.folding`` does since then."""
    statements = apps.get_model("records", "Statement").objects
    changed = []
    for one in statements.filter(key__regex="[\u0600-\u06ff]").only("pk", "key").iterator(_AT_ONCE):
        key = one.key.translate(_AS_FOLDED).replace("\u0640", "")
        if key != one.key:
            one.key = key
            changed.append(one)
        if len(changed) >= _AT_ONCE:
            statements.bulk_update(changed, ["key"])
            changed = []
    statements.bulk_update(changed, ["key"])


class Migration(migrations.Migration):
    dependencies = [("records", "0021_named_in_a_sentence")]

    operations = [migrations.RunPython(fold, migrations.RunPython.noop, elidable=True)]
