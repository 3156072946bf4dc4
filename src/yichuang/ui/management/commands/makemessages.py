"""``makemessages`` that also finds the labels of ledger kinds and the messages of refusals."""

import pkgutil
from collections.abc import Iterator
from importlib import import_module

from django.core.management.base import CommandParser
from django.core.management.commands import makemessages

from yichuang import kernel
from yichuang.kernel.errors import Refusal

for module in pkgutil.iter_modules(kernel.__path__, f"{kernel.__name__}."):
    import_module(module.name)  # apps are loaded; of the kernel some parts may not be used yet


def refusals(root: type[Refusal] = Refusal) -> Iterator[str]:
    """Names of all classes of refusals; their first argument is a message for people."""
    yield root.__name__
    for child in root.__subclasses__():
        yield from refusals(child)


class Command(makemessages.Command):
    """See Django's own. There is one catalogue, English, because the words in the code are Chinese.

    Messages of refusals are f-strings: they are collected with their braces and matched by ``ui.wording``.
    """

    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]  # noqa: RUF012
    xgettext_options = [  # noqa: RUF012
        *makemessages.Command.xgettext_options,
        "--keyword=_now",  # gettext beside gettext_lazy
        "--keyword=Kind:3",
        "--keyword=SubjectType:3",
        "--keyword=__init__:1",  # of subclasses of Refusal
        *(f"--keyword={name}:1" for name in sorted(set(refusals()))),
    ]

    def add_arguments(self, parser: CommandParser) -> None:
        """Django's, leaving out what only tests say."""
        super().add_arguments(parser)
        parser.set_defaults(ignore_patterns=["*/tests/*"])
