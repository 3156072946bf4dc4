"""Rarely used configuration in Django's own pages: regions, departments, positions; for administrators only."""

from typing import Any, cast

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from yichuang.kernel.permissions import may
from yichuang.ui.access import Request, requires

from .models import Department, Position, Region

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]  # with lock-out and second factor
admin.site.site_header = admin.site.site_title = _("一窗 · 后台配置")


@requires("accounts.view_self")
def _change_password(request: Request, extra_context: dict[str, Any] | None = None) -> HttpResponseRedirect:
    """The page that leads to our own action, so that the change is on record."""
    return HttpResponseRedirect(reverse("account_change_password"))


admin.site.password_change = _change_password  # type: ignore[method-assign, assignment]


class Configuration(admin.ModelAdmin):  # type: ignore[type-arg]  # not subscriptable at run time
    """Open to whoever holds ``accounts.configure`` now; nothing is deleted, since codes stay in the ledger."""

    def _is_open(self, request: HttpRequest) -> bool:
        return may(cast("Request", request).actor, "accounts.configure")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._is_open(request)

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return self._is_open(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self._is_open(request)

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return self._is_open(request)

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Region)
class RegionAdmin(Configuration):
    """Administrative divisions; a code is for ever."""

    list_display = ("code", "name", "level", "parent")
    list_filter = ("level",)
    search_fields = ("code", "name")
    list_select_related = ("parent",)
    autocomplete_fields = ("parent",)

    def get_readonly_fields(self, request: HttpRequest, obj: object = None) -> tuple[str, ...]:
        return ("code",) if obj else ()


@admin.register(Department)
class DepartmentAdmin(Configuration):
    """Departments and their offices; a code is for ever."""

    list_display = ("code", "short_name", "parent", "is_in_hall", "is_authorised", "is_active")
    list_filter = ("is_in_hall", "is_authorised", "is_active")
    search_fields = ("code", "name", "short_name")
    list_select_related = ("parent",)
    autocomplete_fields = ("parent", "region")

    def get_readonly_fields(self, request: HttpRequest, obj: object = None) -> tuple[str, ...]:
        return ("code",) if obj else ()


@admin.register(Position)
class PositionAdmin(Configuration):
    """Names and use of positions; they are made, and their role is set, on the page of positions (an entry each)."""

    list_display = ("name", "role", "department", "is_active")
    list_filter = ("role", "is_active")
    search_fields = ("name",)
    list_select_related = ("department",)
    readonly_fields = ("role", "department")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
