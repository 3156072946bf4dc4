"""What people keep on the pages that span apps."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SavedView(models.Model):
    """A question put to the statistics, kept under a name; the whole question stands in ``query``."""

    owner = models.IntegerField()
    name = models.CharField(_("名称"), max_length=60)
    query = models.CharField(max_length=2000)
    is_shared = models.BooleanField(_("共享"), default=False)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["owner", "name"], name="saved_view_name"),)
        indexes = (models.Index(fields=["is_shared"], name="saved_view_shared"),)
