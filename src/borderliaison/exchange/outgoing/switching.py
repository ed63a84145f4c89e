"""Switching to another generation of our own keys, when the signed directory says so."""

import structlog
from django.db import transaction

from borderliaison.exchange.core.frame import Head, sign_head
from borderliaison.exchange.core.sender import OutState
from borderliaison.exchange.deliveries import stream_id
from borderliaison.exchange.errors import KeysNotInDirectory
from borderliaison.exchange.models import OutStream
from borderliaison.exchange.workplace import Workplace
from borderliaison.kernel.cose import signer_of

log = structlog.get_logger(__name__)


def follow_directory(place: Workplace) -> bool:
    """Use the keys with which the directory says that we sign; return whether others were in use.

    Every head is then signed anew: a peer that has forgotten the old key can still check the streams.

    Raises:
        KeysNotInDirectory: the directory lists keys for this office that are not here.
    """
    kid = place.directory.signs_with(place.office)
    if kid is None:
        return False
    if not place.ring.holds(kid):
        raise KeysNotInDirectory(f"{place.office} signs with key {kid.hex()}")
    changed = place.ring.use(kid)
    _sign_heads_anew(place)
    if changed:
        log.info("exchange.keys_switched", kid=kid.hex())
    return changed


def _sign_heads_anew(place: Workplace) -> None:
    stale = [
        stream
        for stream in OutStream.objects.filter(seq__gt=0, state=OutState.OPEN).only(
            "recipient", "realm", "lane", "epoch", "seq", "head_hash", "head_signed"
        )
        if signer_of(stream.head_signed) != place.public.kid
    ]
    for stream in stale:
        head = Head(stream_id(place, stream), stream.seq, stream.head_hash)
        stream.head_signed = sign_head(head, place.keys)
    if stale:
        with transaction.atomic():
            OutStream.objects.bulk_update(stale, ["head_signed"])
