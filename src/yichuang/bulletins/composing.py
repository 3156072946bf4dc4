"""The text of a weekly bulletin from its figures, in the sentences that the centre uses."""

from collections.abc import Mapping

from yichuang.cases.types import ACCEPTED_FLOW, CONSULTED_FLOW, HANDED_OVER_FLOW, ISSUED_FLOW

from .types import Document, Figures, Masthead, Paragraph, Run

FLOWS = (CONSULTED_FLOW, ACCEPTED_FLOW, ISSUED_FLOW, HANDED_OVER_FLOW)


def compose_weekly(masthead: Masthead, figures: Figures, *, is_draft: bool, seal: str) -> Document:
    """The weekly bulletin: what the comprehensive window did in the period and since the new year."""
    paragraphs = (
        Paragraph((Run("一、综窗改革攻坚行动"),), level=1),
        Paragraph((Run("（一）省本级综窗办件情况"),), level=2),
        Paragraph(
            (
                Run("本周，共计"),
                *_listed(figures.period, "period"),
                Run("。今年以来，累计"),
                *_listed(figures.ytd, "ytd"),
                Run("。"),
            )
        ),
    )
    return Document(masthead, paragraphs, is_draft, seal)


def _listed(values: Mapping[str, int], span: str) -> list[Run]:
    """``咨询1091人次、受理616件、…``, each number a run of its own."""
    runs: list[Run] = []
    for flow in FLOWS:
        mark = "、" if runs else ""
        runs += [Run(f"{mark}{flow.label}"), Run(str(values[flow.slug]), flow.slug, span), Run(flow.unit)]
    return runs
