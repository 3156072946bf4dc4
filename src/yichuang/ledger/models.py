"""Append-only entries, the heads of their chains, seals, and the counters folded from them."""

from django.db import models


class Entry(models.Model):
    """One thing that happened. Ids and codes only; triggers refuse UPDATE, DELETE and TRUNCATE."""

    kind = models.SmallIntegerField()
    occurred_at = models.DateTimeField()  # decides period and counters
    recorded_at = models.DateTimeField()  # with the id decides chain and seal
    actor = models.IntegerField()
    position = models.IntegerField()
    region = models.CharField(max_length=12, blank=True)
    department = models.CharField(max_length=18, blank=True)
    item = models.CharField(max_length=12, blank=True)
    channel = models.SmallIntegerField()
    subject_type = models.SmallIntegerField()
    subject_id = models.BigIntegerField()
    quantity = models.IntegerField()
    payload = models.TextField(blank=True)  # canonical JSON, or empty
    corrects = models.BigIntegerField(null=True)
    previous = models.BigIntegerField(null=True)  # id of the subject's entry before this one
    previous_hash = models.BinaryField(max_length=32)  # its hash; empty for the first
    hash = models.BinaryField(max_length=32)

    class Meta:
        indexes = (
            models.Index(fields=["subject_type", "subject_id"], name="entry_subject"),
            models.Index(fields=["kind", "occurred_at"], name="entry_kind_occurred"),
            models.Index(fields=["occurred_at"], name="entry_occurred"),
        )


class Head(models.Model):
    """The end of a subject's chain: covers what no seal covers yet, and is the lock of the chain."""

    pk = models.CompositePrimaryKey("subject_type", "subject_id")
    subject_type = models.SmallIntegerField()
    subject_id = models.BigIntegerField()
    entry = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)
    entries = models.IntegerField()


class Seal(models.Model):
    """A Merkle root over the entries ``first_entry``–``last_entry``, chained to the seal before."""

    day = models.DateField()  # local day by recorded_at
    number = models.SmallIntegerField()  # of the day, from 1: issuing a bulletin takes an extra one
    first_entry = models.BigIntegerField()
    last_entry = models.BigIntegerField()
    entries = models.IntegerField()
    ids = models.TextField()  # ranges of the sealed ids, so that a missing one can be named
    prefixes = models.BinaryField()  # four bytes of each leaf in order, so that a changed one can be named
    root = models.BinaryField(max_length=32)
    previous_hash = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)
    sealed_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["day", "number"], name="seal_day_number"),)


class CounterState(models.Model):
    """One row: entries up to ``folded_through`` are in the counters, later ones are added when reading."""

    folded_through = models.BigIntegerField(default=0)


class TotalCounter(models.Model):
    """For bulletins: the whole hall, per day, kind and channel."""

    pk = models.CompositePrimaryKey("day", "kind", "channel")
    day = models.DateField()
    kind = models.SmallIntegerField()
    channel = models.SmallIntegerField()
    quantity = models.BigIntegerField()
    entries = models.BigIntegerField()


class CoarseCounter(models.Model):
    """By department: per day, kind, department and channel."""

    pk = models.CompositePrimaryKey("day", "kind", "department", "channel")
    day = models.DateField()
    kind = models.SmallIntegerField()
    department = models.CharField(max_length=18, blank=True)
    channel = models.SmallIntegerField()
    quantity = models.BigIntegerField()
    entries = models.BigIntegerField()

    class Meta:
        indexes = (  # as of FineCounter
            models.Index(fields=["kind", "department", "channel", "day", "quantity"], name="coarse_by_department"),
        )


class FineCounter(models.Model):
    """For analysis: with item and region."""

    pk = models.CompositePrimaryKey("day", "kind", "department", "channel", "item", "region")
    day = models.DateField()
    kind = models.SmallIntegerField()
    department = models.CharField(max_length=18, blank=True)
    channel = models.SmallIntegerField()
    item = models.CharField(max_length=12, blank=True)
    region = models.CharField(max_length=12, blank=True)
    quantity = models.BigIntegerField()
    entries = models.BigIntegerField()

    class Meta:
        indexes = (  # a year by item is summed up in the order of this index, without a look at the table
            models.Index(
                fields=["kind", "item", "channel", "department", "region", "day", "quantity"], name="fine_by_item"
            ),
        )


class PersonCounter(models.Model):
    """By person: per day, kind, department, channel and actor."""

    pk = models.CompositePrimaryKey("day", "kind", "department", "channel", "actor")
    day = models.DateField()
    kind = models.SmallIntegerField()
    department = models.CharField(max_length=18, blank=True)
    channel = models.SmallIntegerField()
    actor = models.IntegerField()
    quantity = models.BigIntegerField()
    entries = models.BigIntegerField()

    class Meta:
        indexes = (  # as of FineCounter
            models.Index(fields=["kind", "actor", "channel", "department", "day", "quantity"], name="person_by_actor"),
        )


class StockValue(models.Model):
    """What a stock metric stood at, at the end of a day, by department."""

    pk = models.CompositePrimaryKey("metric", "day", "department")
    metric = models.CharField(max_length=32)
    day = models.DateField()
    department = models.CharField(max_length=18, blank=True)
    value = models.BigIntegerField()
