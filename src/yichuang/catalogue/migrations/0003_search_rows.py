"""Search rows for the items that are there."""

from django.db import migrations, models

from yichuang.catalogue.finding import Named, found_by


def fill(apps, schema_editor):
    items = apps.get_model("catalogue", "HandlingItem").objects.select_related("main_item", "department")
    rows = apps.get_model("catalogue", "ItemSearch").objects
    rows.bulk_create(
        (
            rows.model(
                item=item,
                is_active=item.is_active,
                **found_by(
                    Named(
                        name=item.name,
                        main_item=item.main_item.name,
                        key=item.key,
                        code=item.code,
                        department=item.department.name,
                        department_short=item.department.short_name,
                    )
                )._asdict(),
            )
            for item in items.iterator(chunk_size=1_000)
        ),
        batch_size=500,
    )


class Migration(migrations.Migration):

    dependencies = [
        ("catalogue", "0002_found_and_asked"),
        ("accounts", "0001_initial"),
    ]

    operations = [
        migrations.AddField("itemsearch", "sounds", models.TextField(default=""), preserve_default=False),
        migrations.AddField("itemsearch", "is_active", models.BooleanField(default=True), preserve_default=False),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
