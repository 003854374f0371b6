"""Keys derived from the visitor's secret; bytes sealed and opened.

The threats, and what stands against each:

- A stolen database, backup or disk opens nothing: every row's key needs the secret in one visitor's cookie.
- A stolen cookie opens nothing without the running server: the keys need the server's own key too.
- A stolen database with the server's key opens nothing either: 32 random bytes cannot be guessed.
- Someone who can write to the database cannot alter a row or put one visitor's row in another's place: it no longer
  opens. Nor can they put back an older state of the same row: the visitor's cookie knows how often it was replaced.
- The length of a row tells at most how many kilobytes its content has, not what was answered.

Not stood against: someone who reads the memory of the running server, or who has cookie, database and server key.
"""

import os
from dataclasses import dataclass
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF, HKDFExpand

BLOCK = 1024  # bytes; what is sealed is padded to a multiple of this
KEY_LENGTH = 32  # bytes
NONCE_LENGTH = 12  # bytes; random, safe for the few hundred times that one visit is sealed
MARK = b"\x80"  # ends the content, so that the padding after it can be told from it (ISO/IEC 7816-4)


@dataclass(frozen=True, slots=True, repr=False)
class Keys:
    """What one visitor's secret gives: where the row is, and what opens it. Never stored, never logged."""

    locator: bytes
    """32 bytes that find the row."""

    _cipher: AESGCM

    @classmethod
    def derive(cls, secret: str, server_key: bytes) -> Self:
        """Derive both keys. Any text is a secret: one that was never given out finds no row."""
        material = secret.encode(errors="replace")
        extracted = HKDF.extract(SHA256(), server_key, material)
        locator, key = (
            HKDFExpand(SHA256(), KEY_LENGTH, purpose).derive(extracted)
            for purpose in (b"visit locator", b"visit content")
        )
        return cls(locator, AESGCM(key))

    def seal(self, content: bytes, revision: int) -> bytes:
        """Return the content padded, encrypted and bound to this row and revision."""
        nonce = os.urandom(NONCE_LENGTH)
        return nonce + self._cipher.encrypt(nonce, _padded(content), self._row(revision))

    def open(self, sealed: bytes, revision: int) -> bytes | None:
        """Return the content; None if it was altered, or sealed for another row, revision, secret or server key."""
        nonce, encrypted = sealed[:NONCE_LENGTH], sealed[NONCE_LENGTH:]
        if len(nonce) < NONCE_LENGTH:
            return None
        try:
            padded = self._cipher.decrypt(nonce, encrypted, self._row(revision))
        except InvalidTag:
            return None
        return padded.rstrip(b"\0").removesuffix(MARK)

    def _row(self, revision: int) -> bytes:
        return self.locator + revision.to_bytes(8, "big", signed=True)


def _padded(content: bytes) -> bytes:
    marked = content + MARK
    return marked.ljust(-(-len(marked) // BLOCK) * BLOCK, b"\0")
