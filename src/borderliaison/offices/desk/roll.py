"""The roll of an authority's offices: their requests, what was decided on their keys, what was revoked.

What was published before is looked at, too: a folder that came back from a backup may have forgotten
earlier keys and revocations, and neither may be lost.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from borderliaison.kernel import canonical, durable
from borderliaison.kernel.cose import key_id, payload_of
from borderliaison.kernel.ids import CountryCode, OfficeCode
from borderliaison.kernel.keys import OfficePublic
from borderliaison.offices.codes import country_of
from borderliaison.offices.desk.files import remove
from borderliaison.offices.desk.terms import Terms, merged, read_revocation, retire, revocation_name
from borderliaison.offices.directory.document import Directory
from borderliaison.offices.directory.enrolment import (
    Request,
    read_request,
    read_rotation,
    rotated_office,
)
from borderliaison.offices.directory.listed import (
    EPOCH,
    FOREVER,
    ListedOffice,
    Revocation,
    RevocationReason,
)
from borderliaison.offices.errors import AuthorityError
from borderliaison.offices.trust.verdicts import listed_in

OFFICES: Final = "offices"
REVOKED: Final = "revoked"


@dataclass(frozen=True, slots=True)
class Roll:
    """One authority's offices.

    Attributes:
        folder: the authority's.
        country: whose offices they are.
        newest: the directory that was signed last.
    """

    folder: Path
    country: CountryCode
    newest: Directory | None

    def requests(self) -> list[Request]:
        """Return the requests that were accepted, by office."""
        files = sorted((self.folder / OFFICES).glob("*.request"))
        return [read_request(file.read_bytes()) for file in files]

    def present(self, office: str) -> OfficePublic:
        """Return the keys with which an office will be listed.

        Raises:
            AuthorityError: it will not be.
        """
        path = self._request_path(office)
        if not path.exists():
            raise AuthorityError(f"{office} is not listed")
        return read_request(path.read_bytes()).public

    def terms_of(self, office: str) -> Terms:
        """Return what was decided about an office's keys."""
        return Terms.read(self._terms_path(office))

    def revoked(self) -> list[Revocation]:
        """Return the keys that count no more: those that the desk knows, and those that it published."""
        files = sorted((self.folder / REVOKED).glob("*.revocation"))
        newest = self.newest
        published = newest.revoked if newest else ()
        known = {one.sign_key: one for one in (*published, *map(read_revocation, files))}
        return list(known.values())

    def listed(self) -> list[ListedOffice]:
        """Return the offices as the next directory will list them."""
        newest, revoked = self.newest, [one.sign_key for one in self.revoked()]
        earlier = {one.public.office: one.retired for one in newest.offices} if newest else {}
        found = []
        for request in self.requests():
            public, terms = request.public, self.terms_of(request.public.office)
            retired = merged(terms.retired, earlier.get(public.office, ()), revoked)
            found.append(
                ListedOffice(public, request.agencies, terms.since, terms.not_after, retired)
            )
        return found

    def enrol(
        self,
        data: bytes,
        now: datetime,
        *,
        replace: bool = False,
        not_after: datetime = FOREVER,
    ) -> Request:
        """Accept an office's request; it is listed from the next directory on.

        Args:
            data: the request file.
            now: the present instant: what other keys of the office sign counts no more from now on.
            replace: whether it may take the place of the office's earlier keys.
            not_after: when the keys expire.

        Raises:
            BadRequest: it is no request.
            AuthorityError: the office is another country's, or is listed with other keys.
        """
        request = read_request(data)
        office = request.public.office
        if country_of(office) != self.country:
            raise AuthorityError(f"{office} is not an office of {self.country}")
        path = self._request_path(office)
        earlier = read_request(path.read_bytes()) if path.exists() else request
        if earlier.public != request.public and not replace:
            raise AuthorityError(f"{office} is listed with other keys")
        terms = self.terms_of(office)
        retired = terms.retired
        if earlier.public != request.public:
            retired = retire(earlier.public, _whole(now), retired)
        durable.write_whole(
            self._terms_path(office), Terms(EPOCH, _whole(not_after), retired).to_bytes()
        )
        durable.write_whole(path, data)
        return request

    def rotate(
        self, data: bytes, *, since: datetime, until: datetime, not_after: datetime = FOREVER
    ) -> Request:
        """Accept an office's request for rotation: new keys, which its present key vouches for.

        Args:
            data: the request file.
            since: from when on the office signs with the new keys.
            until: how long what it signed with the present ones is taken in.
            not_after: when the new keys expire.

        Raises:
            BadRequest: it is no such request, or the present key did not sign it.
            AuthorityError: the office is not listed.
        """
        office = rotated_office(data)
        path, present = self._request_path(office), self.present(office)
        request = read_rotation(data, present)
        retired = retire(present, _whole(until), self.terms_of(office).retired)
        terms = Terms(_whole(since), _whole(not_after), retired)
        durable.write_whole(self._terms_path(office), terms.to_bytes())
        durable.write_whole(path, payload_of(data))
        return request

    def revoke(
        self, office: OfficeCode, kid: bytes, since: datetime, reason: RevocationReason
    ) -> list[Revocation]:
        """Let keys count no more, from the next directory on. There is no way back.

        Args:
            office: whose they are.
            kid: which one; all that are not revoked yet, where it is empty.
            since: from when on what they signed is doubtful.
            reason: why.

        Raises:
            AuthorityError: the office has no such key.
        """
        done = {one.sign_key for one in self.revoked()}
        keys = [
            key for key in self._keys_of(office) if key not in done and kid in (b"", key_id(key))
        ]
        if not keys:
            raise AuthorityError(f"{office} has no such key that counts")
        made = [Revocation(office, key, _whole(since), reason) for key in keys]
        durable.make_folder(self.folder / REVOKED)
        for one in made:
            durable.write_whole(
                self.folder / REVOKED / revocation_name(one), canonical.encode(one.to_data())
            )
        path = self._request_path(office)
        if path.exists() and read_request(path.read_bytes()).public.sign_key in keys:
            durable.remove(path)
        return made

    def withdraw(self, office: str) -> None:
        """Leave an office out from the next directory on.

        Raises:
            AuthorityError: it is not listed.
        """
        remove(self.folder / OFFICES, f"{office}.request")

    def _request_path(self, office: str) -> Path:
        return self.folder / OFFICES / f"{office}.request"

    def _terms_path(self, office: str) -> Path:
        return self.folder / OFFICES / f"{office}.terms"

    def _keys_of(self, office: OfficeCode) -> dict[bytes, None]:
        """Return every signing key that is known of an office, now and before, each once."""
        path = self._request_path(office)
        keys = [read_request(path.read_bytes()).public.sign_key] if path.exists() else []
        shown = listed_in(self.newest, office) if self.newest else None
        earlier = [*self.terms_of(office).retired, *(shown.retired if shown else ())]
        keys += [shown.public.sign_key] if shown else []
        return dict.fromkeys((*keys, *(one.sign_key for one in earlier)))


def _whole(instant: datetime) -> datetime:
    return instant.replace(microsecond=0)
