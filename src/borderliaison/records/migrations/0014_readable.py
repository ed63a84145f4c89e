"""A marking alone is no index of a large table: there are few, and each has very many rows."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

UNINDEXED = (
    ("candidate", "marking", "records_candidate_marking_id_4aa52013"),
    ("candidate", "other_marking", "records_candidate_other_marking_id_4757a6ed"),
    ("clue", "marking", "records_clue_marking_id_5c74c3a6"),
    ("identity", "marking", "records_identity_marking_id_9c1c8db1"),
    ("judgement", "marking", "records_judgement_marking_id_e4b05f24"),
    ("lapsed", "marking", "records_lapsed_marking_id_ff8c9c6d"),
    ("link", "marking", "records_link_marking_id_2b0024c5"),
    ("statement", "marking", "records_statement_marking_id_8201d72e"),
    ("statement", "entity", "records_statement_entity_id_2c9316ad"),
)


def _kept(model: str, name: str) -> migrations.AlterField:
    of_marking = {"on_delete": django.db.models.deletion.PROTECT, "to": "markings.markingrow"}
    of_entity = {"on_delete": django.db.models.deletion.CASCADE, "to": "records.entity"}
    wanted = of_entity if name == "entity" else of_marking
    kept = models.ForeignKey(db_index=False, related_name="+", **wanted)
    return migrations.AlterField(model_name=model, name=name, field=kept)


class Migration(migrations.Migration):
    """Drops the indexes by themselves: on SQLite each altered field has its whole table written anew."""

    dependencies: ClassVar = [("markings", "0001_initial"), ("records", "0013_bare_plates")]

    operations: ClassVar = [
        migrations.SeparateDatabaseAndState(
            [
                migrations.RunSQL(
                    f'DROP INDEX IF EXISTS "{index}"',
                    f'CREATE INDEX "{index}" ON "records_{model}" ("{name}_id")',
                )
                for model, name, index in UNINDEXED
            ],
            [_kept(model, name) for model, name, _ in UNINDEXED],
        ),
        migrations.AddIndex(
            model_name="entity",
            index=models.Index(fields=["schema"], name="records_by_kind"),
        ),
        migrations.AddIndex(
            model_name="statement",
            index=models.Index(fields=["entity", "marking"], name="records_readable"),
        ),
    ]
