"""A language that nobody speaks, made from English: it shows what of the interface is not marked to be translated.

Every text stands in brackets, is a third longer, and is written from right to left. For tests and for looking only.
"""

import re
from gettext import NullTranslations
from typing import Final

from assessment.core.language import Language

TAG: Final = "qps"
KEPT: Final = re.compile(r"(%\(\w+\)s|\{\w+\}|%%|<[^>]+>|&\w+;|\*\*|\n(?:- )?)")
ACCENTS: Final = str.maketrans("aeiouyAEIOUYcnsCNS", "áéíóúýÁÉÍÓÚÝçñšÇÑŠ")
LONGER: Final = 0.3


def pseudo(text: str) -> str:
    """Return a text in brackets, with accents, and longer; what is filled in and what formats it stay."""
    parts = [part if KEPT.fullmatch(part) else part.translate(ACCENTS) for part in KEPT.split(text)]
    letters = sum(map(str.isalpha, text))
    return f"⟦{''.join(parts)}{' ~' * round(letters * LONGER / 2)}⟧"


class Words(NullTranslations):
    """Looks nothing up."""

    def gettext(self, message: str) -> str:
        return pseudo(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return pseudo(super().ngettext(msgid1, msgid2, n))


PSEUDO: Final = Language(TAG, "Pseudo", Words(), locale="en", leftward=True)
