from hypothesis import given
from hypothesis import strategies as st

from assessment.store.sealing import BLOCK, Keys

SERVER_KEY = b"k" * 32
KEYS = Keys.derive("secret", SERVER_KEY)
REVISION = 3

contents = st.binary(max_size=3 * BLOCK)
server_keys = st.binary(min_size=32, max_size=64)


@given(contents, st.text(), server_keys, st.integers(min_value=0, max_value=2**31 - 1))
def test_what_is_sealed_opens_again_unchanged(content, secret, server_key, revision):
    sealed = Keys.derive(secret, server_key).seal(content, revision)

    assert Keys.derive(secret, server_key).open(sealed, revision) == content


@given(st.text(alphabet=st.characters()))
def test_any_text_that_a_browser_may_send_derives_keys(secret):
    assert len(Keys.derive(secret, SERVER_KEY).locator) == 32


@given(contents, st.data())
def test_one_altered_bit_anywhere_opens_nothing(content, data):
    sealed = bytearray(KEYS.seal(content, REVISION))
    bit = data.draw(st.integers(min_value=0, max_value=8 * len(sealed) - 1))
    sealed[bit // 8] ^= 1 << bit % 8

    assert KEYS.open(bytes(sealed), REVISION) is None


@given(contents, st.data())
def test_a_row_cut_short_opens_nothing(content, data):
    sealed = KEYS.seal(content, REVISION)
    length = data.draw(st.integers(min_value=0, max_value=len(sealed) - 1))

    assert KEYS.open(sealed[:length], REVISION) is None


@given(st.binary(max_size=2 * BLOCK), st.integers(min_value=-(2**63), max_value=2**63 - 1))
def test_bytes_that_were_never_sealed_open_nothing(sealed, revision):
    assert KEYS.open(sealed, revision) is None


@given(contents, st.integers(min_value=-(2**63), max_value=2**63 - 1).filter(lambda revision: revision != REVISION))
def test_content_opens_only_at_its_own_revision(content, other):
    assert KEYS.open(KEYS.seal(content, REVISION), other) is None


@given(contents, st.text().filter(lambda secret: secret != "secret"))
def test_another_secret_neither_finds_nor_opens(content, secret):
    other = Keys.derive(secret, SERVER_KEY)

    assert other.locator != KEYS.locator
    assert other.open(KEYS.seal(content, REVISION), REVISION) is None


@given(contents, server_keys.filter(lambda key: key.rstrip(b"\0") != SERVER_KEY))
def test_another_server_key_neither_finds_nor_opens(content, server_key):
    other = Keys.derive("secret", server_key)

    assert other.locator != KEYS.locator
    assert other.open(KEYS.seal(content, REVISION), REVISION) is None


@given(st.binary(max_size=BLOCK - 1), st.binary(max_size=BLOCK - 1))
def test_contents_below_a_kilobyte_are_all_of_one_length(one, other):
    assert len(KEYS.seal(one, REVISION)) == len(KEYS.seal(other, REVISION))


def test_the_same_content_never_looks_the_same_twice():
    assert len({KEYS.seal(b"content", REVISION) for _ in range(1000)}) == 1000


def test_keys_in_a_log_line_say_nothing():
    assert repr(KEYS).startswith("<assessment.store.sealing.Keys object at")
