"""Importing an item list: one transaction, one entry, the same report whether it writes or only looks."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from django.db import connection, transaction

from yichuang.accounts import actions as accounts
from yichuang.accounts import queries as places
from yichuang.kernel.actor import Actor
from yichuang.kernel.permissions import require
from yichuang.ledger import actions as ledger
from yichuang.ledger.types import Fact, Subject

from ..importing.decoding import MAX_BYTES
from ..importing.reading import Reading, read_items
from ..models import ItemImport
from ..queries import known_items, taken_keys
from ..rules import Plan, key_candidates, plan_import
from ..types import CATALOGUE_IMPORT, ITEMS_IMPORTED, REFUSALS_KEPT, DepartmentDraft, Report, UnreadableFile
from .writing import write_plan

IMPORT_LOCK = 472_001  # of our own choice; two imports at once would both take the same row for new
Place = tuple[str, str]  # region code, department name


def run_import(path: Path, *, dry_run: bool, actor: Actor, at: datetime) -> Report:
    """Import the file at ``path``; raises :class:`UnreadableFile` when it cannot be read at all."""
    require(actor, "catalogue.import")
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UnreadableFile(f"文件超过 {MAX_BYTES // 1024 // 1024} MB，请拆分后分批导入", "too_large")
        content = path.read_bytes()
    except FileNotFoundError:
        raise UnreadableFile(f"没有这个文件：{path}，请核对路径", "not_found") from None
    except OSError as error:
        raise UnreadableFile(f"文件无法读取：{path}（{error.strerror}），请核对路径与权限", "unreadable") from None
    return import_items(content, file_name=path.name, dry_run=dry_run, actor=actor, at=at)


def import_items(content: bytes, *, file_name: str, dry_run: bool, actor: Actor, at: datetime) -> Report:
    """Take what is new, change what differs, report what is refused. A dry run writes nothing and reports the same.

    Items that the file does not name stay as they are. Nothing new and nothing changed: no entry is written.
    """
    require(actor, "catalogue.import")
    reading = read_items(content)
    with transaction.atomic():
        if not dry_run:
            _one_at_a_time()
        codes, created = _resolved(reading.departments)
        plan = _plan(reading, codes)
        report = Report(
            source=reading.source,
            file_name=file_name[:200],
            sha256=sha256(content).hexdigest(),
            is_dry_run=dry_run,
            rows=len(reading.drafts) + len(reading.refused),
            taken=len(plan.new),
            changed=len(plan.changed),
            unchanged=plan.unchanged,
            refusals=tuple(sorted((*reading.refused, *plan.refused), key=lambda one: one.line)),
            changes=plan.changes,
            departments_created=tuple(draft.name for draft in created.values()),
        )
        if dry_run:
            return report
        for region in reading.regions:
            accounts.ensure_region(region.code, region.name, actor=actor)
        for draft in created.values():
            accounts.ensure_department(
                code=draft.code,
                name=draft.name,
                region=draft.region.code,
                credit_code=draft.credit_code,
                actor=actor,
            )
        write_plan(plan, codes, source=reading.source)
        return replace(report, import_id=_keep(report, actor=actor, at=at))


def _one_at_a_time() -> None:
    """Wait for an import under way. SQLite has one writer anyway (its transactions begin IMMEDIATE)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORT_LOCK])


def _resolved(departments: Mapping[Place, DepartmentDraft]) -> tuple[dict[Place, str], dict[str, DepartmentDraft]]:
    """The department code for each place, and by code the departments that are not known yet."""
    codes: dict[Place, str] = {}
    created: dict[str, DepartmentDraft] = {}
    for place, draft in departments.items():
        found = places.department_like(
            code=draft.code, name=draft.name, region=draft.region.code, credit_code=draft.credit_code
        )
        codes[place] = found or draft.code
        if not found:
            created.setdefault(draft.code, draft)
    return codes, created


def _plan(reading: Reading, codes: Mapping[Place, str]) -> Plan:
    known = known_items(draft.code for draft in reading.drafts)
    new = [draft for draft in reading.drafts if draft.code not in known]
    asked = {draft.key for draft in reading.drafts if draft.key}
    keys = taken_keys(asked.union(*(key_candidates(draft.code) for draft in new)))
    return plan_import(reading.drafts, known, keys, codes)


def _keep(report: Report, *, actor: Actor, at: datetime) -> int:
    """Write the import's own record and its entry; returns the record's id."""
    kept = ItemImport.objects.create(
        file_name=report.file_name,
        source=report.source,
        sha256=bytes.fromhex(report.sha256),
        actor=actor.id,
        imported_at=at,
        rows=report.rows,
        taken=report.taken,
        changed=report.changed,
        unchanged=report.unchanged,
        refused=len(report.refusals),
        report=report.as_json(REFUSALS_KEPT),
    )
    if report.taken + report.changed:
        fact = Fact(
            kind=ITEMS_IMPORTED,
            subject=Subject(CATALOGUE_IMPORT, kept.pk),
            quantity=report.taken + report.changed,
            department=actor.department,
            region=actor.region,
            payload={"sha256": report.sha256, "taken": report.taken, "changed": report.changed},
        )
        ledger.record(fact, actor=actor, at=at)
    return kept.pk
