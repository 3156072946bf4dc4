"""What the demonstration's items ask for."""

from yichuang.demo import world
from yichuang.demo.asking import conditions_of, fee_of, materials_of
from yichuang.demo.days import chance


def test_every_item_says_its_conditions_and_asks_for_materials() -> None:
    rng = chance("items")
    for item in world.items():
        conditions, materials = conditions_of(item), materials_of(item, rng)
        assert 1 <= conditions.count("。") <= 3
        assert "{" not in conditions
        assert sum(one.is_required for one in materials) >= 2
        assert 3 <= len(materials) == len({one.name for one in materials})
        assert all(one.originals + one.copies > 0 and one.note for one in materials)


def test_most_items_are_free_and_what_is_charged_names_the_list() -> None:
    fees = [fee_of(item) for item in world.items()]
    charged = [note for is_charged, note in fees if is_charged]
    assert 0 < len(charged) < len(fees) / 10
    assert all("以收费目录为准" in note for note in charged)
    assert all(note == "" for is_charged, note in fees if not is_charged)
