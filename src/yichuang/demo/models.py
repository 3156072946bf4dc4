"""The mark that a database holds the demonstration, and which edition of it."""

from django.db import models


class Edition(models.Model):
    """One row in a demonstration's database; none in a real one."""

    number = models.SmallIntegerField()
    entries = models.BigIntegerField()
    loaded_at = models.DateTimeField()
