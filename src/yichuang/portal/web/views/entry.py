"""One entry: what it says, what vouches for it, and taking it back."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yichuang.kernel.permissions import may
from yichuang.ledger.queries import get_entry, proof_of
from yichuang.ui.access import Request, requires

from ...actions import reverse_entry
from ...queries import entry_for
from ..forms import ReversalForm


@requires("ledger.view")
def entry(request: Request, number: int) -> HttpResponse:
    """All fields in words, the chain of the subject, the seal, and the form to reverse."""
    return _page(request, number, ReversalForm())


@requires("ledger.view")
@require_GET
def proof(request: Request, number: int) -> JsonResponse:
    """The inclusion proof as a file."""
    get_entry(request.actor, number)
    response = JsonResponse(proof_of(number), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = f'attachment; filename="proof-{number}.json"'
    return response


@requires("ledger.reverse")
@require_POST
def reverse(request: Request, number: int) -> HttpResponse:
    """First the page that asks once more, then the correction."""
    form = ReversalForm(request.POST)
    if not form.is_valid():
        return _page(request, number, form, status=422)
    reason = form.cleaned_data["reason"]
    if "confirmed" not in request.POST:
        context = {"shown": entry_for(request.actor, number), "reason": reason, "form": form}
        return render(request, "portal/reverse.html", context)
    written = reverse_entry(number, actor=request.actor, at=timezone.now(), reason=reason)
    said = _("第 %(number)d 号条目已由第 %(written)d 号条目冲正") % {"number": number, "written": written.id}
    messages.success(request, said)
    return redirect("entry", number=written.id)


def _page(request: Request, number: int, form: ReversalForm, status: int = 200) -> HttpResponse:
    shown = entry_for(request.actor, number)
    is_reversible = shown.row.corrects is None and shown.corrected_by is None
    context = {
        "shown": shown,
        "form": form,
        "may_reverse": is_reversible and may(request.actor, "ledger.reverse"),
    }
    return render(request, "portal/entry.html", context, status=status)
