"""Write the vectors of PR-3: ``python tests/vectors/directory/generate.py [--check]``.

Everything is made from fixed labels and is the same each time. ``--check`` writes nothing and fails
where a file differs from what would be written.
"""

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[2]))

from borderliaison.kernel import canonical  # noqa: E402
from borderliaison.kernel.cose import sign1  # noqa: E402
from borderliaison.kernel.keys import SealSuite  # noqa: E402
from borderliaison.offices.directory import document as wire  # noqa: E402
from borderliaison.offices.directory import enrolment  # noqa: E402
from borderliaison.offices.directory import listed as listing  # noqa: E402
from borderliaison.offices.directory.authorities import AAD as AUTHORITY_AAD  # noqa: E402
from borderliaison.offices.directory.fingerprints import of_office  # noqa: E402
from tests.offices.authorities import (  # noqa: E402
    KG,
    KG_ALONE,
    NOW,
    UZ,
    UZ_ALONE,
    Authority,
    listed,
    office_public,
    private_key,
)

Vector = dict[str, Any]


def plain(value: Any) -> Any:
    """Return a value as JSON holds it: byte strings in hexadecimal."""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, list | tuple) else value


def accept(name: str, given: Any, result: Any) -> Vector:
    return {"name": name, "input": plain(given), "result": plain(result)}


def refuse(name: str, given: Any, code: str) -> Vector:
    return {"name": name, "input": plain(given), "refused": code}


def directories() -> Iterator[Vector]:
    """One file and the key that should have signed it."""

    def given(signed: bytes) -> dict[str, bytes]:
        return {"signed": signed, "sign_key": KG.public.sign_key}

    def forged(**changes: Any) -> dict[str, bytes]:
        data = {**KG.directory().to_data(), **changes}
        return given(sign1(KG.key, canonical.encode(data), wire.AAD))

    first = KG.publish()
    for name, chain in (("the first one", first), ("the next one", first.publish())):
        made = wire.open_directory(chain.last, KG.public.sign_key)
        yield accept(
            name,
            given(chain.last),
            {"data": made.to_data(), "hash": wire.directory_hash(chain.last)},
        )
    alone = KG_ALONE.publish(offices=())
    yield accept(
        "no offices, nobody recognised",
        given(alone.last),
        {
            "data": KG_ALONE.directory(offices=()).to_data(),
            "hash": wire.directory_hash(alone.last),
        },
    )
    earlier = tuple(
        replace(one, public=replace(one.public, link_key=b"")) for one in KG.directory().offices
    )
    version_1 = KG.directory(version=1, offices=earlier)
    signed = version_1.sign(KG.key)
    yield accept(
        "version 1",
        given(signed),
        {"data": version_1.to_data(), "hash": wire.directory_hash(signed)},
    )
    changed = rotated(KG).publish()
    made = wire.open_directory(changed.last, KG.public.sign_key)
    yield accept(
        "an office with an earlier key, and a revoked one",
        given(changed.last),
        {"data": made.to_data(), "hash": wire.directory_hash(changed.last)},
    )
    payload = canonical.encode(KG.directory().to_data())
    offices = KG.directory().to_data()["offices"]
    yield refuse("signed by another authority", given(UZ.publish().last), "E-SIG-01")
    yield refuse(
        "signed for another purpose", given(sign1(KG.key, payload, b"BL1/letter")), "E-SIG-01"
    )
    yield refuse("the signature is changed", given(first.last[:-1] + b"\x00"), "E-SIG-01")
    yield refuse("not canonical", given(b"\x9f" + first.last[1:] + b"\xff"), "E-ENC-02")
    yield refuse("something after the end", given(first.last + b"\x00"), "E-ENC-02")
    yield refuse("a version that is not known", forged(v=3), "E-DIR-01")
    yield refuse("a field too many", forged(more=1), "E-DIR-01")
    yield refuse("serial 0", forged(serial=0), "E-DIR-01")
    yield refuse("a first one that follows something", forged(prev=b"\x01" * 32), "E-DIR-01")
    yield refuse("a second one that follows nothing", forged(serial=2), "E-DIR-01")
    yield refuse("expires when it is issued", forged(valid_until=listing.to_ms(NOW)), "E-DIR-01")
    yield refuse("offices out of order", forged(offices=offices[::-1]), "E-DIR-01")
    yield refuse("an office twice", forged(offices=[offices[0], offices[0]]), "E-DIR-01")
    shared = [offices[0], {**offices[1], "seal_key": offices[0]["seal_key"]}]
    yield refuse("two offices with one key", forged(offices=shared), "E-DIR-01")
    wrong = [{**offices[0], "seal_suite": int(SealSuite.HYBRID)}]
    yield refuse("a sealing key of another length", forged(offices=wrong), "E-DIR-01")
    wrong = [{**offices[0], "agencies": ["KG-CUS", "KG-BOR"]}]
    yield refuse("agencies out of order", forged(offices=wrong), "E-DIR-01")
    wrong = [{**offices[0], "agencies": []}]
    yield refuse("an office without an agency", forged(offices=wrong), "E-DIR-01")
    wrong = [{**offices[0], "office": "UZ-DUS"}]
    yield refuse("an office of another country", forged(offices=wrong), "E-DIR-04")
    wrong = [{**offices[0], "agencies": ["UZ-CUS"]}]
    yield refuse("an agency of another country", forged(offices=wrong), "E-DIR-04")
    yield from _wrong_keys(forged)
    own = [KG.public.to_data()]
    yield refuse("recognises its own country", forged(recognises=own), "E-DIR-01")
    two = [UZ.public.to_data(), Authority("UZ", keys=" new").public.to_data()]
    yield refuse("two authorities of one country", forged(recognises=two), "E-DIR-01")


def rotated(authority: Authority) -> Authority:
    """The authority once KG-BDB has new keys, and a key of KG-DST was revoked."""
    old, dst = authority.offices
    until = NOW + timedelta(days=60)
    bdb = replace(
        old,
        public=office_public("KG-BDB", " 2"),
        since=NOW + timedelta(days=3),
        not_after=NOW + timedelta(days=730),
        retired=(listing.RetiredKey(old.public.sign_key, old.public.link_key, until),),
    )
    lost = listing.Revocation(
        dst.public.office,
        office_public("KG-DST", " lost").sign_key,
        NOW - timedelta(days=1),
        listing.RevocationReason.STOLEN,
    )
    return replace(authority, offices=(bdb, dst), revoked=(lost,))


def _wrong_keys(forged: Callable[..., Any]) -> Iterator[Vector]:
    """Directories whose dates, earlier keys or revocations are wrong."""
    data = rotated(KG).directory().to_data()
    bdb, dst = data["offices"]
    lost = data["revoked"][0]

    def refused(name: str, code: str = "E-DIR-01", **changes: Any) -> Vector:
        return refuse(name, forged(**{**data, **changes}), code)

    def bad(name: str, **changes: Any) -> Vector:
        return refused(name, offices=[{**bdb, **changes}, dst])

    yield bad("keys that expire before they are used", not_after=bdb["since"])
    yield bad("an earlier key that is the present one", retired=[{**bdb["retired"][0], "sign_key": bdb["sign_key"]}])  # fmt: skip # noqa: E501
    yield bad("an earlier key of another length", retired=[{**bdb["retired"][0], "sign_key": bytes(31)}])  # fmt: skip # noqa: E501
    yield bad("a link key of another length", link_key=bytes(31))
    yield bad("a link key that is empty", link_key=b"")
    later = {"sign_key": bytes(32), "until": bdb["retired"][0]["until"] + 1}
    yield bad("earlier keys out of order", retired=[later, bdb["retired"][0]])
    yield refused(
        "a key that is listed and revoked", revoked=[{**lost, "sign_key": dst["sign_key"]}]
    )
    yield refused("an earlier key that is revoked", revoked=[{**lost, "sign_key": bdb["retired"][0]["sign_key"]}])  # fmt: skip # noqa: E501
    yield refused("a key that is revoked twice", revoked=[lost, lost])
    yield refused("revoked for no known reason", revoked=[{**lost, "reason": "because"}])
    yield refused("revokes a key abroad", "E-DIR-04", revoked=[{**lost, "office": "UZ-DUS"}])
    yield refused("version 1 with revocations", v=1)


def receiving() -> Iterator[Vector]:
    """What a node holds, what comes, and what becomes of it."""

    def given(then: bytes, *held: bytes) -> dict[str, Any]:
        return {"pin": KG.public.to_data(), "held": held, "then": then}

    def became(arrival: str, missed: int = 0) -> dict[str, Any]:
        return {"arrival": arrival, "missed": missed}

    first = KG.publish()
    second, third = first.publish(), first.publish().publish()
    other = KG.publish(offices=())
    uz = UZ.publish()
    shut = replace(first, recognises=()).publish()
    tj = Authority("TJ", offices=(listed("TJ-KZA"),))
    uz_and_tj = replace(UZ, recognises=(KG_ALONE, tj)).publish()
    posing = replace(UZ.directory(offices=(), recognises=()), country=KG.public.country)
    yield accept("the first", given(first.last), became("first"))
    yield accept("a first with a later serial", given(third.last), became("first", 2))
    yield accept("the next", given(second.last, first.last), became("next"))
    yield accept("after a gap", given(third.last, first.last), became("after_a_gap", 1))
    yield accept("the same again", given(first.last, first.last), became("same"))
    yield refuse("older", given(first.last, second.last), "E-DIR-05")
    yield refuse("older, and another history", given(other.last, second.last), "E-DIR-05")
    yield refuse("two of one serial", given(other.last, first.last), "E-DIR-06")
    yield refuse("follows another history", given(other.publish().last, first.last), "E-DIR-07")
    leaping = first.publish(serial=5).last
    yield refuse("a serial that leaps over nothing", given(leaping, first.last), "E-DIR-07")
    yield refuse("foreign, before our own is held", given(uz.last), "E-DIR-02")
    alone = KG_ALONE.publish().last
    yield refuse("foreign, not recognised", given(uz.last, alone), "E-DIR-02")
    yield accept("foreign, recognised", given(uz.last, first.last), became("first"))
    yield refuse("foreign, recognised no more", given(uz.last, first.last, shut.last), "E-DIR-02")
    yield refuse(
        "recognised by whom we recognise",
        given(tj.publish().last, first.last, uz_and_tj.last),
        "E-DIR-02",
    )
    yield refuse("speaks for another country", given(posing.sign(UZ.key), first.last), "E-DIR-03")
    yield refuse(
        "under another name",
        given(UZ.publish(authority="KG authority").last, first.last),
        "E-DIR-03",
    )


def verdicts() -> Iterator[Vector]:
    """What a node holds, and with whom its office may exchange at an instant."""
    first, uz = KG.publish(), UZ.publish()
    shut = replace(first, recognises=()).publish()
    stale = UZ_ALONE.publish()
    day = timedelta(days=1)
    expires = KG.directory().valid_until

    def verdict(
        name: str,
        held: list[bytes],
        office: str,
        words: str,
        now: Any = NOW,
        *,
        warn: bool = False,
        us: str = "KG-BDB",
    ) -> Vector:
        send, receive, reason = words.split()
        dated = reason in ("recognised", "own_country", "lapsed")
        stops = reason in ("recognised", "lapsed")
        given = {
            "pin": KG.public.to_data(),
            "held": held,
            "office": office,
            "us": us,
            "now": listing.to_ms(now),
        }
        return accept(
            name,
            given,
            {
                "may_send": send == "yes",
                "may_receive": receive == "yes",
                "reason": reason,
                "warn": warn,
                "expires": listing.to_ms(expires) if dated else None,
                "stops": listing.to_ms(expires + 30 * day) if stops else None,
            },
        )

    both = [first.last, uz.last]
    short = tuple(
        replace(one, not_after=NOW + day) if one.public.office == "KG-DST" else one
        for one in KG.offices
    )
    gone = listing.Revocation(
        office_public("KG-DST").office,
        office_public("KG-DST").sign_key,
        NOW,
        listing.RevocationReason.LOST,
    )
    expiring = [replace(KG, offices=short).publish().last, uz.last]
    without = [replace(KG, offices=KG.offices[:1], revoked=(gone,)).publish().last, uz.last]
    yield verdict("revoked", without, "KG-DST", "no no revoked")
    yield verdict("we are revoked", without, "UZ-DUS", "no yes own_keys_revoked", us="KG-DST")
    yield verdict("keys on their last day", expiring, "KG-DST", "yes yes own_country")
    yield verdict("keys expired", expiring, "KG-DST", "no yes keys_expired", NOW + day)
    yield verdict(
        "our keys expired", expiring, "UZ-DUS", "no yes own_keys_expired", NOW + day, us="KG-DST"
    )
    yield verdict("nothing is held", [], "KG-DST", "no no no_own_directory")
    yield verdict("at home", [first.last], "KG-DST", "yes yes own_country")
    yield verdict("at home, not listed", [first.last], "KG-ZZZ", "no no unknown_office")
    yield verdict("each recognises the other", both, "UZ-DUS", "yes yes recognised")
    yield verdict("abroad, not listed", both, "UZ-ZZZ", "no no unknown_office")
    alone = [KG_ALONE.publish().last]
    yield verdict("we do not recognise them", alone, "UZ-DUS", "no no not_recognised")
    yield verdict("we do no more", [*both, shut.last], "UZ-DUS", "no no not_recognised")
    yield verdict(
        "they do not recognise us",
        [first.last, stale.last],
        "UZ-DUS",
        "no no does_not_recognise_us",
    )
    yield verdict("theirs is not here", [first.last], "UZ-DUS", "no no no_foreign_directory")
    yield verdict("the last day", both, "UZ-DUS", "yes yes recognised", expires - day)
    yield verdict("expired", both, "UZ-DUS", "yes yes recognised", expires, warn=True)
    yield verdict(
        "expired 29 days ago", both, "UZ-DUS", "yes yes recognised", expires + 29 * day, warn=True
    )
    yield verdict(
        "expired 30 days ago", both, "UZ-DUS", "no yes lapsed", expires + 30 * day, warn=True
    )
    yield verdict(
        "expired 30 days ago, at home",
        both,
        "KG-DST",
        "yes yes own_country",
        expires + 30 * day,
        warn=True,
    )


def requests() -> Iterator[Vector]:
    """An enrolment request."""
    public, key = office_public("KG-BDB"), private_key("KG-BDB sign")
    content = {"v": 1, "public": public.to_data(), "agencies": ["KG-BOR"], "created": 0}

    def forged(signer: str = "KG-BDB sign", aad: bytes = enrolment.AAD, **changes: Any) -> Any:
        data = canonical.encode({**content, **changes})
        return {"signed": sign1(private_key(signer), data, aad)}

    made = enrolment.make_request(public, ("KG-BOR", "KG-CUS"), key, NOW)  # type: ignore[arg-type]
    yield accept(
        "two agencies",
        {"signed": made},
        {
            "public": public.to_data(),
            "agencies": ["KG-BOR", "KG-CUS"],
            "created": listing.to_ms(NOW),
            "fingerprint": of_office(public),
        },
    )
    yield refuse("signed with another key", forged(signer="somebody else"), "E-ENR-01")
    yield refuse("signed for another purpose", forged(aad=wire.AAD), "E-ENR-01")
    yield refuse("a version that is not known", forged(v=2), "E-ENR-01")
    yield refuse("no agency", forged(agencies=[]), "E-ENR-01")
    yield refuse("an agency of another country", forged(agencies=["UZ-CUS"]), "E-ENR-01")
    yield refuse("agencies out of order", forged(agencies=["KG-CUS", "KG-BOR"]), "E-ENR-01")
    short = {**public.to_data(), "seal_key": bytes(31)}
    yield refuse("a sealing key of another length", forged(public=short), "E-ENR-01")


def rotations() -> Iterator[Vector]:
    """A request for rotation, and the keys with which the office is listed."""
    present, present_key = office_public("KG-BDB"), private_key("KG-BDB sign")
    new, new_key = office_public("KG-BDB", " 2"), private_key("KG-BDB 2 sign")
    agencies: Any = ("KG-BOR",)
    request = enrolment.make_request(new, agencies, new_key, NOW)

    def given(signed: bytes) -> dict[str, Any]:
        return {"signed": signed, "present": present.to_data()}

    def of(public: Any, key: Any) -> bytes:
        inner = enrolment.make_request(public, agencies, key, NOW)
        return enrolment.make_rotation(inner, present_key)

    yield accept(
        "new keys",
        given(enrolment.make_rotation(request, present_key)),
        {"public": new.to_data(), "fingerprint": of_office(new)},
    )
    yield refuse(
        "signed with the new key", given(enrolment.make_rotation(request, new_key)), "E-ENR-01"
    )
    yield refuse("not signed by the present key", given(request), "E-ENR-01")
    signed = sign1(present_key, request, enrolment.AAD)
    yield refuse("signed for another purpose", given(signed), "E-ENR-01")
    yield refuse("the same keys", given(of(present, present_key)), "E-ENR-01")
    half = replace(new, seal_key=present.seal_key)
    yield refuse("the same sealing key", given(of(half, new_key)), "E-ENR-01")
    bare = replace(new, link_key=b"")
    yield refuse("no link key", given(of(bare, new_key)), "E-ENR-01")
    other, other_key = office_public("KG-DST"), private_key("KG-DST sign")
    yield refuse("another office", given(of(other, other_key)), "E-ENR-01")


def authorities() -> Iterator[Vector]:
    """An authority's public key file."""
    data = {"v": 1, **KG.public.to_data()}

    def forged(key: Any = KG.key, **changes: Any) -> dict[str, bytes]:
        return {"signed": sign1(key, canonical.encode({**data, **changes}), AUTHORITY_AAD)}

    yield accept(
        "an authority",
        {"signed": KG.key_file},
        {"data": KG.public.to_data(), "fingerprint": KG.public.fingerprint},
    )
    yield refuse("signed with another key", forged(UZ.key), "E-AUT-02")
    yield refuse("a version that is not known", forged(v=2), "E-AUT-02")
    yield refuse("a country of three letters", forged(country="KGZ"), "E-AUT-02")
    yield refuse("a name of two lines", forged(authority="KG\nauthority"), "E-AUT-02")


MAKERS: dict[str, tuple[Callable[[], Iterator[Vector]], str]] = {
    "directories": (directories, "Verify a signed directory with its authority's key; read it."),
    "receiving": (receiving, "Take `held` in, in order, then `then`: what becomes of it."),
    "verdicts": (verdicts, "Take `held` in, in order: may the node exchange with `office`?"),
    "requests": (requests, "Read an enrolment request; give its fingerprint."),
    "rotations": (rotations, "Read a request for rotation, given the present keys of the office."),
    "authorities": (authorities, "Read an authority's public key file; give its fingerprint."),
}


def main() -> int:
    """Write the files, or with ``--check`` compare them; return the exit code."""
    differ = []
    for name, (make, about) in MAKERS.items():
        content = {"protocol": "PR-3", "operation": name, "about": about, "vectors": list(make())}
        text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
        path = HERE / f"{name}.json"
        if "--check" not in sys.argv[1:]:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            differ.append(name)
    sys.stderr.writelines(f"differs: {name}\n" for name in differ)
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
