"""Every write of the workplaces."""

from .drafts import drop_draft, save_draft
from .submitting import once

__all__ = ["drop_draft", "once", "save_draft"]
