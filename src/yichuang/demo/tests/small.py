"""A small province: the first working days of both years at a small part of their load."""

from datetime import date

from yichuang.demo.figures import Segment, scaled, segments

SMALL: tuple[Segment, ...] = (
    scaled(segments()[0], last=date(2023, 1, 20), share=0.15),
    scaled(segments()[1], last=date(2024, 1, 12), share=0.06),
)
