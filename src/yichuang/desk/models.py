"""What a workplace keeps for the people at it: typed text, forms sent once, notes and messages."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yichuang.accounts.types import RoleLabel

from .types import MessageKind


class Draft(models.Model):
    """What a clerk has typed at the desk and not sent yet, encrypted (SM4-GCM)."""

    person = models.IntegerField(primary_key=True)
    sealed = models.BinaryField()
    saved_at = models.DateTimeField()


class Submission(models.Model):
    """A form that was carried out, by its key: sent again (double click, reload), it is answered and not repeated."""

    person = models.IntegerField()
    key = models.CharField(max_length=36)
    at = models.DateTimeField()
    answer = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "key"], name="submission_once"),)
        indexes = (models.Index(fields=["at"], name="submission_at"),)


class ShiftNote(models.Model):
    """A note to the next shift of the same role (交班留言)."""

    role = models.CharField(max_length=12, choices=RoleLabel.choices())
    department = models.CharField(max_length=18, blank=True)
    written_by = models.IntegerField()
    written_at = models.DateTimeField(_("写于"))
    text = models.TextField(_("留言"))
    taken_by = models.IntegerField(null=True)
    taken_at = models.DateTimeField(_("接班"), null=True)

    class Meta:
        indexes = (models.Index(fields=["role", "department", "written_at"], name="shift_note_place"),)


class Message(models.Model):
    """A notice inside the application, to one person."""

    person = models.IntegerField()
    kind = models.CharField(max_length=16, choices=MessageKind.choices())
    at = models.DateTimeField()
    text = models.CharField(max_length=300)
    link = models.CharField(max_length=200, blank=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["person", "read_at", "at"], name="message_person"),)
