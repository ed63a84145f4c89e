"""Vectors for what everything stands on: canonical CBOR, keys, and what is derived from a content key."""

from borderliaison.exchange.core import suites
from borderliaison.kernel import canonical

from .cast import CONTENT_KEY, KEYS, OTHER_KEY, PUBLIC, Vector, accept, refuse

GOOD = {
    "a map in order": {"b": 1, "aa": 2, "": 3, 5: b"\x00", 1: -8},
    "the ends of the numbers": [0, 23, 24, 255, 256, 2**32, 2**53 - 1, 2**64 - 1, -1, -(2**64)],
    "text in three scripts": ["Бор-Добо", "Doʻstlik", "Қорамиқ", ""],
    "nothing, yes, no": [None, True, False, [], {}],
}
BAD = {
    "nothing": "",
    "something after the end": "0000",
    "a number longer than it need be": "1801",
    "bytes of indefinite length": "5f4161ff",
    "text of indefinite length": "7f6161ff",
    "an array of indefinite length": "9fff",
    "a map of indefinite length": "bfff",
    "keys in another order": "a2616201616101",
    "the same key twice": "a2616101616101",
    "a key above 23": "a1181801",
    "a key that is a boolean": "a1f501",
    "a key that is bytes": "a1410001",
    "a date": "c11a00000000",
    "a number of more than 64 bits": "c249010000000000000000",
    "a float": "f93c00",
    "undefined": "f7",
    "text that is not UTF-8": "61ff",
    "an array longer than the data": "9bffffffffffffffff",
    "33 arrays in one another": "81" * 33 + "00",
}


def make_canonical() -> list[Vector]:
    """Return the vectors for canonical CBOR."""
    good = [
        accept(name, {"again": canonical.encode(value)}, data=canonical.encode(value))
        for name, value in GOOD.items()
    ]
    return good + [refuse(name, "E-ENC-02", data=bytes.fromhex(data)) for name, data in BAD.items()]


def make_keys() -> list[Vector]:
    """Return the vectors for the keys of offices; the secrets are published, so use none of them."""
    good = [
        accept(
            f"{office}, {keys.seal_suite.name}",
            PUBLIC[office].to_data()
            | {"kid": PUBLIC[office].kid, "seal_kid": PUBLIC[office].seal_kid},
            office=office,
            keys=keys.to_bytes(),
        )
        for office, keys in KEYS.items()
    ]
    data = {"v": 1, "seal_suite": 2, "sign_seed": bytes(32), "seal_secret": bytes(32)}
    bad = [
        ("a version that is not known", "E-WIR-02", {"v": 2}),
        ("a suite that is not installed", "E-WIR-03", {"seal_suite": 3}),
        ("a suite without a name", "E-WIR-03", {"seal_suite": 9}),
        ("a secret of another suite's length", "E-WIR-01", {"seal_suite": 1}),
        ("a seed of 31 bytes", "E-WIR-01", {"sign_seed": bytes(31)}),
    ]
    refused = [
        refuse(name, code, office="KG-BDB", keys=canonical.encode(data | change))
        for name, code, change in bad
    ]
    return good + refused


def make_derived() -> list[Vector]:
    """Return the vectors for what a content key stands for."""
    good = [
        accept(
            name,
            {"commit": suites.commitment(key), "encryption_key": suites.encryption_key(key)},
            content_key=key,
        )
        for name, key in [("a key", CONTENT_KEY), ("another key", OTHER_KEY)]
    ]
    return [*good, refuse("a key of 16 bytes", "E-WIR-01", content_key=bytes(16))]
