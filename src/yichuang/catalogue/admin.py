"""Items in the configuration pages: to look at. They change through actions only, which write entries."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from .models import HandlingItem, ItemImport, MainItem, MaterialSpec


class _LookOnly:
    """No adding, changing or deleting behind the back of the actions."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class MaterialInline(_LookOnly, admin.TabularInline):  # type: ignore[type-arg]  # not subscriptable at run time
    model = MaterialSpec
    extra = 0


@admin.register(MainItem)
class MainItemAdmin(_LookOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("name", "department", "type")
    list_filter = ("type",)
    search_fields = ("name",)


@admin.register(HandlingItem)
class HandlingItemAdmin(_LookOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("key", "name", "department", "type", "handling_kind", "is_active")
    list_filter = ("type", "handling_kind", "is_active", "source")
    search_fields = ("key", "code", "name")
    inlines = (MaterialInline,)


@admin.register(ItemImport)
class ItemImportAdmin(_LookOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("imported_at", "file_name", "source", "rows", "taken", "changed", "unchanged", "refused")
    exclude = ("sha256", "report")
