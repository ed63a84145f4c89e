"""A directory of offices in one file, for nodes of tests: the offices' public keys, and nothing signed."""

import json
from pathlib import Path

from borderliaison.exchange.ports import DirectoryAge, Standing
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.keys import OfficePublic, OfficeSigners, SealSuite


class PaperDirectory:
    """Everybody in the file may exchange with everybody."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def _offices(self) -> list[OfficePublic]:
        return [
            OfficePublic(
                OfficeCode(one["office"]),
                bytes.fromhex(one["sign_key"]),
                SealSuite(one["seal_suite"]),
                bytes.fromhex(one["seal_key"]),
            )
            for one in json.loads(self._path.read_text(encoding="ascii"))
        ]

    def offices(self) -> list[OfficeCode]:
        return [one.office for one in self._offices()]

    def public_of(self, office: OfficeCode) -> OfficePublic | None:
        return next((one for one in self._offices() if one.office == office), None)

    def signers_of(self, office: OfficeCode) -> OfficeSigners | None:
        public = self.public_of(office)
        return OfficeSigners(office, (public.sign_key,)) if public else None

    past_signers_of = signers_of

    def signs_with(self, office: OfficeCode) -> bytes | None:
        public = self.public_of(office)
        return public.kid if public else None

    def may_exchange(self, office: OfficeCode) -> Standing:
        return Standing.ALLOWED if self.public_of(office) else Standing.UNKNOWN_OFFICE

    def age(self) -> DirectoryAge:
        return DirectoryAge.CURRENT

    def note_held(self) -> None:
        """Nothing here has a serial."""


def write(path: Path, offices: list[OfficePublic]) -> None:
    data = [
        {
            "office": one.office,
            "sign_key": one.sign_key.hex(),
            "seal_suite": int(one.seal_suite),
            "seal_key": one.seal_key.hex(),
        }
        for one in offices
    ]
    spare = path.with_suffix(".new")
    spare.write_text(json.dumps(data), encoding="ascii")
    spare.replace(path)
