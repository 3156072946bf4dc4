"""On PostgreSQL the access log is partitioned by month, so that old looks are erased by dropping a table."""

from django.db import migrations

PARTITIONED = """
DROP TABLE accounts_accesslog;
CREATE SEQUENCE accounts_accesslog_id_seq;
CREATE TABLE accounts_accesslog (
    id bigint NOT NULL DEFAULT nextval('accounts_accesslog_id_seq'),
    at timestamp with time zone NOT NULL,
    person integer NOT NULL,
    subject_type smallint NOT NULL,
    subject_id bigint NOT NULL,
    purpose varchar(40) NOT NULL,
    PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);
ALTER SEQUENCE accounts_accesslog_id_seq OWNED BY accounts_accesslog.id;
CREATE INDEX access_subject ON accounts_accesslog (subject_type, subject_id, at);
CREATE INDEX access_person ON accounts_accesslog (person, at);
CREATE TABLE accounts_accesslog_default PARTITION OF accounts_accesslog DEFAULT;
"""


def partition(apps, schema_editor):
    """The table was made a moment ago by 0001 and is empty."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(PARTITIONED)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunPython(partition, migrations.RunPython.noop)]
