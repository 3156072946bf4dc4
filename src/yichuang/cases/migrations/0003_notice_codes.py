"""Notices given before they had codes get theirs."""

from django.db import migrations, models

from yichuang.cases.sealing import verification_code

CHUNK = 2000


def give_codes(apps, schema_editor):
    Notice = apps.get_model("cases", "Notice")
    without = Notice.objects.filter(code=None).order_by("pk")
    while chunk := list(without[:CHUNK]):
        for notice in chunk:
            notice.code = verification_code(f"notice:{notice.department}:{notice.year}:{notice.number}")
        Notice.objects.bulk_update(chunk, ["code"])


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_the_desk")]

    operations = [
        migrations.RunPython(give_codes, migrations.RunPython.noop),
        migrations.AlterField("notice", "code", models.CharField(max_length=16, unique=True)),
    ]
