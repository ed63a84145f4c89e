"""The table itself refuses to change or to lose a line. What erases lines by rule, one day, replaces this."""

from django.db import migrations

SQLITE = {
    "audit_line_is_not_changed": "BEFORE UPDATE ON audit_auditline",
    "audit_line_is_not_deleted": "BEFORE DELETE ON audit_auditline",
    # INSERT OR REPLACE takes the earlier line away and fires no trigger of DELETE
    "audit_line_is_not_replaced": (
        "BEFORE INSERT ON audit_auditline WHEN EXISTS (SELECT 1 FROM audit_auditline WHERE id = NEW.id)"
    ),
}
# A table without lines may be emptied: a restore does so before it fills it.
FUNCTION = """
CREATE OR REPLACE FUNCTION audit_line_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    holds_lines boolean := true;
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I.%I)', TG_TABLE_SCHEMA, TG_TABLE_NAME)
            INTO holds_lines;
    END IF;
    IF holds_lines THEN
        RAISE EXCEPTION 'E-AUD-01' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END
$$
"""
POSTGRES = {
    "audit_line_is_kept": "BEFORE UPDATE OR DELETE ON audit_auditline FOR EACH ROW",
    "audit_lines_are_kept": "BEFORE TRUNCATE ON audit_auditline FOR EACH STATEMENT",
}


def guard(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for name, when in SQLITE.items():
            schema_editor.execute(
                f"CREATE TRIGGER {name} {when} BEGIN SELECT RAISE(ABORT, 'E-AUD-01'); END"
            )
    else:
        schema_editor.execute(FUNCTION, params=None)
        for name, when in POSTGRES.items():
            schema_editor.execute(
                f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION audit_line_is_kept()"
            )


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for name in SQLITE:
            schema_editor.execute(f"DROP TRIGGER {name}")
    else:
        for name in POSTGRES:
            schema_editor.execute(f"DROP TRIGGER {name} ON audit_auditline")
        schema_editor.execute("DROP FUNCTION audit_line_is_kept()")


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.AlterModelOptions(
            name="auditline",
            options={"base_manager_name": "objects", "ordering": ("id",)},
        ),
        migrations.RunPython(guard, unguard),
    ]
