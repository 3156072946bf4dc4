"""Every read of the cases app."""

from .applicants import ApplicantHints, applicant_hints
from .attachments import attachment_for
from .case import CaseHead, CaseShown, case_for, case_head
from .counting import Standing, awaiting_due_day, numbers_of, open_cases, standing_of
from .dispatch import (
    DispatchFilters,
    DispatchPage,
    DispatchRow,
    SheetLine,
    UnsignedRow,
    count_unsigned,
    dispatch_queue,
    sheet_for,
    sheets_for,
    unsigned_handovers,
)
from .inbox import InboxFilters, InboxPage, InboxRow, InboxTab, colleagues_for, inbox
from .issuing import IssueFilters, IssuePage, IssueRow, IssueTab, issue_queue
from .lines import CaseLine
from .notices import notice_for
from .paging import Tally, looks_like_number
from .people import ApplicantShown
from .scanning import number_of_code
from .search import CasePage, opened_search, sealed_search, search_cases
from .timeline import TimelineStep
from .verifying import Verified, verify
from .voiding import VoidAsked, decided_voids, void_requests_for

__all__ = [
    "ApplicantHints",
    "ApplicantShown",
    "CaseHead",
    "CaseLine",
    "CasePage",
    "CaseShown",
    "DispatchFilters",
    "DispatchPage",
    "DispatchRow",
    "InboxFilters",
    "InboxPage",
    "InboxRow",
    "InboxTab",
    "IssueFilters",
    "IssuePage",
    "IssueRow",
    "IssueTab",
    "SheetLine",
    "Standing",
    "Tally",
    "TimelineStep",
    "UnsignedRow",
    "Verified",
    "VoidAsked",
    "applicant_hints",
    "attachment_for",
    "awaiting_due_day",
    "case_for",
    "case_head",
    "colleagues_for",
    "count_unsigned",
    "decided_voids",
    "dispatch_queue",
    "inbox",
    "issue_queue",
    "looks_like_number",
    "notice_for",
    "number_of_code",
    "numbers_of",
    "open_cases",
    "opened_search",
    "sealed_search",
    "search_cases",
    "sheet_for",
    "sheets_for",
    "standing_of",
    "unsigned_handovers",
    "verify",
    "void_requests_for",
]
