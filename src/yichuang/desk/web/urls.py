"""Addresses of the workplaces, each with a module of its own."""

from .desk import urls as desk
from .dispatch import urls as dispatch
from .inbox import urls as inbox
from .issue import urls as issue
from .my_day import urls as my_day
from .voids import urls as voids

urlpatterns = [
    *desk.urlpatterns,
    *dispatch.urlpatterns,
    *inbox.urlpatterns,
    *issue.urlpatterns,
    *my_day.urlpatterns,
    *voids.urlpatterns,
]
