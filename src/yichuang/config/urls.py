"""Every address of the platform; no language prefix."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("yichuang.ui.web.urls")),
    path("", include("yichuang.portal.web.urls")),
    path("", include("yichuang.accounts.web.urls")),
    path("", include("yichuang.calendars.web.urls")),
    path("", include("yichuang.catalogue.web.urls")),
    path("", include("yichuang.cases.web.urls")),
    path("", include("yichuang.desk.web.urls")),
    path("", include("yichuang.bulletins.web.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]
