"""The counter by person tells channels apart; being derived, it is made anew from the entries folded so far."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from ..sql import local_day, lock_exclusive

BEFORE = "kind, department, actor"
AFTER = "kind, department, channel, actor"


def _count_anew(schema_editor: BaseDatabaseSchemaEditor, keys: str) -> None:
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO ledger_personcounter (day, {keys}, quantity, entries) "
            f"SELECT {local_day(connection, 'occurred_at')} AS day, {keys}, SUM(quantity), COUNT(*) FROM ledger_entry "
            "WHERE id <= (SELECT COALESCE(MAX(folded_through), 0) FROM ledger_counterstate) "
            f"GROUP BY day, {keys} ORDER BY day, {keys}"
        )


def keep_others_out(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Nobody folds while the table is exchanged."""
    with schema_editor.connection.cursor() as cursor:
        lock_exclusive(schema_editor.connection, cursor)


def with_channel(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Fill the new table."""
    _count_anew(schema_editor, AFTER)


def without_channel(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Fill the old table."""
    _count_anew(schema_editor, BEFORE)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [
        migrations.RunPython(keep_others_out, without_channel),
        migrations.DeleteModel(name="PersonCounter"),
        migrations.CreateModel(
            name="PersonCounter",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "day", "kind", "department", "channel", "actor",
                        blank=True, editable=False, primary_key=True, serialize=False,
                    ),
                ),
                ("day", models.DateField()),
                ("kind", models.SmallIntegerField()),
                ("department", models.CharField(blank=True, max_length=18)),
                ("channel", models.SmallIntegerField()),
                ("actor", models.IntegerField()),
                ("quantity", models.BigIntegerField()),
                ("entries", models.BigIntegerField()),
            ],
        ),
        migrations.RunPython(with_channel, keep_others_out),
        migrations.AddIndex(
            model_name="personcounter",
            index=models.Index(
                fields=["kind", "actor", "channel", "department", "day", "quantity"], name="person_by_actor"
            ),
        ),
        migrations.AddIndex(
            model_name="coarsecounter",
            index=models.Index(
                fields=["kind", "department", "channel", "day", "quantity"], name="coarse_by_department"
            ),
        ),
        migrations.AddIndex(
            model_name="finecounter",
            index=models.Index(
                fields=["kind", "item", "channel", "department", "region", "day", "quantity"], name="fine_by_item"
            ),
        ),
    ]
