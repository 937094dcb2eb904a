"""The database itself refuses to change or to take away a row of the audit trail; an invitation may
come from the command line. Whatever rebuilds the audit table on SQLite must call `guard` again.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

TABLE = "staff_auditevent"
KEPT = ("id", "at", "actor_name", "action", "case_number", "detail", "address", "device")
SAID = "the audit trail is append-only"

# An account may go (its link becomes empty, its name stays); nothing else ever changes.
CHANGED_SQLITE = " OR ".join(
    [f'NEW."{name}" IS NOT OLD."{name}"' for name in KEPT]
    + ["(NEW.actor_id IS NOT OLD.actor_id AND NEW.actor_id IS NOT NULL)"]
)
CHANGED_POSTGRESQL = " OR ".join(
    [f'NEW."{name}" IS DISTINCT FROM OLD."{name}"' for name in KEPT]
    + ["(NEW.actor_id IS DISTINCT FROM OLD.actor_id AND NEW.actor_id IS NOT NULL)"]
)
GUARD = {
    "sqlite": (
        f"CREATE TRIGGER audit_no_update BEFORE UPDATE ON {TABLE} WHEN {CHANGED_SQLITE} "
        f"BEGIN SELECT RAISE(ABORT, '{SAID}'); END",
        f"CREATE TRIGGER audit_no_delete BEFORE DELETE ON {TABLE} "
        f"BEGIN SELECT RAISE(ABORT, '{SAID}'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{SAID}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        f"CREATE TRIGGER audit_no_update BEFORE UPDATE ON {TABLE} FOR EACH ROW "
        f"WHEN ({CHANGED_POSTGRESQL}) EXECUTE FUNCTION audit_refuse()",
        f"CREATE TRIGGER audit_no_delete BEFORE DELETE ON {TABLE} FOR EACH ROW "
        "EXECUTE FUNCTION audit_refuse()",
    ),
}
UNGUARD = {
    "sqlite": ("DROP TRIGGER audit_no_update", "DROP TRIGGER audit_no_delete"),
    "postgresql": (
        f"DROP TRIGGER audit_no_update ON {TABLE}",
        f"DROP TRIGGER audit_no_delete ON {TABLE}",
        "DROP FUNCTION audit_refuse()",
    ),
}


def guard(apps, schema_editor):
    for statement in GUARD[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def unguard(apps, schema_editor):
    for statement in UNGUARD[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("staff", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="invitation",
            name="made_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="người mời",
            ),
        ),
        migrations.RunPython(guard, unguard),
    ]
