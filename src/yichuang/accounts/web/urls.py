"""Addresses of the app's pages."""

from django.urls import URLPattern, path

from .views import closed, me, organisation, people, person

urlpatterns: list[URLPattern] = [
    path("accounts/password/reset/", closed.forgotten_password),
    path("accounts/email/", closed.email),
    path("me", me.me, name="me"),
    path("departments", organisation.departments, name="departments"),
    path("positions", organisation.positions, name="positions"),
    path("people", people.people, name="people"),
    path("people/new", people.person_new, name="person_new"),
    path("people/<str:username>", person.person, name="person"),
    path("people/<str:username>/edit", person.edit, name="person_edit"),
    path("people/<str:username>/transfer", person.transfer, name="person_transfer"),
    path("people/<str:username>/deactivate", person.deactivate, name="person_deactivate"),
    path("people/<str:username>/reactivate", person.reactivate, name="person_reactivate"),
    path("people/<str:username>/reset-password", person.reset_password, name="person_reset_password"),
    path("people/<str:username>/positions", person.assign, name="person_assign"),
    path("people/<str:username>/positions/<int:assignment>/end", person.end_assignment, name="assignment_end"),
    path("people/<str:username>/deputies", me.name_deputy, name="person_deputy"),
    path("people/<str:username>/deputies/<int:deputyship>/end", me.end_deputy, name="deputy_end"),
    path("people/<str:username>/access-log", me.access_log, name="person_access_log"),
]
