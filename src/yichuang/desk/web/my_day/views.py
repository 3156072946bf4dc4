"""One's own day: figures, what was done, what waits, messages, the note to the next shift."""

from datetime import date

from django.contrib import messages as said
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yichuang.kernel.actor import Actor
from yichuang.kernel.errors import Refusal
from yichuang.ui.access import Request, requires

from ...actions.messages import mark_all_read, mark_read
from ...actions.shift_notes import take_shift_note, write_shift_note
from ...context import bell_of, keep_to_do
from ...queries.messages import messages_of
from ...queries.my_day import done_on, own_figures
from ...queries.shift_notes import shift_notes_for
from ...queries.to_dos import ToDo, to_dos
from ..lists import carry_out, form_key, page_number
from .forms import NoteForm

UNPROCESSABLE = 422


@requires("accounts.view_self")
@require_GET
def my_day(request: Request) -> HttpResponse:
    """Everybody's own page."""
    return _page(request)


@requires("accounts.view_self")
@require_GET
def bell(request: Request) -> HttpResponse:
    """The header's bell anew: asked for by the page itself while it is looked at."""
    _count(request.actor)
    return render(request, "ui/_bell.html", {"bell": bell_of(request.actor)})


@requires("accounts.view_self")
@require_POST
def read(request: Request, message: int) -> HttpResponse:
    """Mark one message as read."""
    mark_read(message, actor=request.actor, at=timezone.now())
    return _back("messages-title")


@requires("accounts.view_self")
@require_POST
def read_all(request: Request) -> HttpResponse:
    """Mark all messages as read."""
    mark_all_read(actor=request.actor, at=timezone.now())
    return _back("messages-title")


@requires("accounts.view_self")
@require_POST
def write_note(request: Request) -> HttpResponse:
    """Leave a note for the next shift."""
    form = NoteForm(request.actor, request.POST)
    if form.is_valid():
        post, text = form.chosen, form.cleaned_data["text"]

        def write() -> str:
            note = write_shift_note(
                text, role=post.role, department=post.department, actor=request.actor, at=timezone.now()
            )
            return str(note.pk)

        try:
            carry_out(request, write)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            said.success(request, _("已留言，接班的同事会看到"))
            return _back("notes")
    return _page(request, form, status=UNPROCESSABLE)


@requires("accounts.view_self")
@require_POST
def take_note(request: Request, note: int) -> HttpResponse:
    """Take over from the shift before."""
    take_shift_note(note, actor=request.actor, at=timezone.now())
    said.success(request, _("已接班"))
    return _back("notes")


def _page(request: Request, form: NoteForm | None = None, *, status: int = 200) -> HttpResponse:
    today = timezone.localdate()
    actor = request.actor
    context = {
        "today": today,
        "own": own_figures(actor, today),
        "done": done_on(actor, today, today),
        "to_dos": _count(actor, today),
        "inbox": messages_of(actor, page=page_number(request)),
        "notes": shift_notes_for(actor),
        "form": form or (NoteForm(actor) if actor.posts else None),
        "form_key": form_key(),
    }
    return render(request, "desk/my_day.html", context, status=status)


def _count(actor: Actor, today: date | None = None) -> tuple[ToDo, ...]:
    waiting = to_dos(actor, today or timezone.localdate())
    keep_to_do(actor, sum(to_do.count for to_do in waiting if to_do.is_mine))
    return waiting


def _back(place: str) -> HttpResponse:
    return redirect(f"{reverse('my_day')}#{place}")
