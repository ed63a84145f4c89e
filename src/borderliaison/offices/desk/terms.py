"""What an authority decided about an office's keys, beside the request that brought them: small files.

    offices/KG-BDB.terms                dates of the present keys, and the earlier keys
    revoked/KG-BDB-<key id>.revocation  a key that counts no more

Files and cryptography only, as everything at the authority's desk.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Self

from borderliaison.kernel import canonical
from borderliaison.kernel.cose import key_id
from borderliaison.kernel.errors import LiaisonError
from borderliaison.kernel.keys import OfficePublic
from borderliaison.offices.directory.listed import (
    EPOCH,
    FOREVER,
    RetiredKey,
    Revocation,
    from_ms,
    to_ms,
)
from borderliaison.offices.errors import AuthorityError

VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Terms:
    """Since when and until when an office's keys are used, and which it had before."""

    since: datetime = EPOCH
    not_after: datetime = FOREVER
    retired: tuple[RetiredKey, ...] = ()

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read a file of terms; none says that the keys are used now and do not expire.

        Raises:
            AuthorityError: it is no such file.
        """
        try:
            data: Any = canonical.decode(path.read_bytes())
            retired = tuple(RetiredKey.from_data(one) for one in data["retired"])
            return cls(from_ms(data["since"]), from_ms(data["not_after"]), retired)
        except FileNotFoundError:
            return cls()
        except (LiaisonError, KeyError, TypeError, ValueError, OverflowError) as error:
            raise AuthorityError(f"{path}: not an office's terms") from error

    def to_bytes(self) -> bytes:
        """Return what ``read`` reads."""
        return canonical.encode(
            {
                "v": VERSION,
                "since": to_ms(self.since),
                "not_after": to_ms(self.not_after),
                "retired": [one.to_data() for one in self.retired],
            }
        )


def retire(
    public: OfficePublic, until: datetime, earlier: Iterable[RetiredKey]
) -> tuple[RetiredKey, ...]:
    """Return an office's earlier keys once its present ones are earlier, too."""
    return (*earlier, RetiredKey(public.sign_key, public.link_key, until))


def merged(
    ours: Iterable[RetiredKey], published: Iterable[RetiredKey], but: Iterable[bytes]
) -> tuple[RetiredKey, ...]:
    """Join the earlier keys that the desk knows with those that it published; but not these keys.

    A folder that came back from a backup may have forgotten some.
    """
    keys = {one.sign_key: one for one in (*published, *ours)}
    for key in but:
        keys.pop(key, None)
    return tuple(keys.values())


def read_revocation(path: Path) -> Revocation:
    """Read a file of a revocation.

    Raises:
        AuthorityError: it is no such file.
    """
    try:
        return Revocation.from_data(canonical.decode(path.read_bytes()))
    except (LiaisonError, KeyError, TypeError, ValueError, OverflowError) as error:
        raise AuthorityError(f"{path}: not a revocation") from error


def revocation_name(revocation: Revocation) -> str:
    """Return the name of a revocation's file."""
    return f"{revocation.office}-{key_id(revocation.sign_key).hex()}.revocation"
