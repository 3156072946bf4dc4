"""Two people import the same file at the same moment."""

import threading

import pytest
from django.db import connections
from django.utils.timezone import now

from yichuang.catalogue import actions
from yichuang.catalogue.models import HandlingItem, MainItem, MaterialSpec
from yichuang.catalogue.types import Report
from yichuang.kernel.actor import SYSTEM
from yichuang.ledger.models import Entry

from . import samples

IMPORTERS = 3


@pytest.mark.usefixtures("postgresql_only", "shared_database")
def test_one_takes_the_rows_and_the_others_find_them_known() -> None:
    content = samples.guangdong(*(samples.guangdong_row(number) for number in range(1, 301)))
    gate = threading.Barrier(IMPORTERS)
    reports: list[Report] = []

    def run() -> None:
        try:
            gate.wait(10)
            reports.append(actions.import_items(content, file_name="a", dry_run=False, actor=SYSTEM, at=now()))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(IMPORTERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted((report.taken, report.unchanged) for report in reports) == [(0, 300), (0, 300), (300, 0)]
    assert (HandlingItem.objects.count(), MaterialSpec.objects.count(), MainItem.objects.count()) == (300, 600, 1)
    assert Entry.objects.count() == 1
