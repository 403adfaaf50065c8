"""A pseudonym is HMAC-SHA256 of the id (RFC 2104), cut to 32 hexadecimal digits, whatever the key and the id."""

import hashlib
import hmac

from hypothesis import given
from hypothesis import strategies as st

from analysis.imports.pseudonyms import LENGTH, Key, Pseudonyms


@given(secret=st.binary(min_size=1, max_size=200), text=st.text())
def test_pseudonyms_are_hmac_as_the_standard_library_makes_it(secret: bytes, text: str) -> None:
    expected = hmac.new(secret, text.encode(), hashlib.sha256).hexdigest()[:LENGTH]
    pseudonyms = Pseudonyms(Key(secret))
    assert pseudonyms.of(text) == expected
    assert pseudonyms.of(text) == expected  # the second one starts where the first one did


def test_an_address_is_the_same_person_however_it_is_written() -> None:
    pseudonyms = Pseudonyms(Key(b"a key of some length"))
    assert pseudonyms.of_email("Ann.Lee@Example.org") == pseudonyms.of("ann.lee@example.org")
