"""Browsers without a screen: they ask for pages over kept connections, or listen to the feed."""

import asyncio
import time
from collections.abc import Sequence

LIMIT_S = 60.0


class PageFailed(Exception):
    """A page was not answered as it should be."""


async def pages_per_second(
    port: int, path: str, cookies: Sequence[str], seconds: float, at_once: int
) -> float:
    """Ask for one page again and again, so many at once; return pages a second."""
    until = time.monotonic() + seconds
    began = time.monotonic()
    asked = await asyncio.gather(
        *[_ask(port, path, cookies[n % len(cookies)], until) for n in range(at_once)]
    )
    return sum(asked) / (time.monotonic() - began)


async def _ask(port: int, path: str, cookie: str, until: float) -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    request = _request(port, path, cookie)
    number = 0
    try:
        while time.monotonic() < until:
            writer.write(request)
            async with asyncio.timeout(LIMIT_S):
                await _answer(reader, path)
            number += 1
    finally:
        writer.close()
    return number


async def _answer(reader: asyncio.StreamReader, path: str) -> None:
    head = await reader.readuntil(b"\r\n\r\n")
    if b" 200 " not in head.split(b"\r\n", 1)[0]:
        raise PageFailed(f"{path}: {head[:60]!r}")
    lines = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:] if b": " in line)
    if b"content-length" in lines:
        await reader.readexactly(int(lines[b"content-length"]))
        return
    while size := int(await reader.readuntil(b"\r\n"), 16):
        await reader.readexactly(size + 2)
    await reader.readexactly(2)


class Listener:
    """One page that is open: it hears the feed.

    Attributes:
        heard_at: when each event came.
    """

    def __init__(self) -> None:
        self.heard_at: list[float] = []
        self._writer: asyncio.StreamWriter
        self._reading: asyncio.Task[None]

    async def open(self, port: int, cookie: str) -> None:
        """Open the stream; return when it is open."""
        reader, self._writer = await asyncio.open_connection("127.0.0.1", port)
        self._writer.write(_request(port, "/events", cookie))
        async with asyncio.timeout(LIMIT_S):
            head = await reader.readuntil(b"\r\n\r\n")
            if b" 200 " not in head.split(b"\r\n", 1)[0]:
                raise PageFailed(f"/events: {head[:60]!r}")
            await reader.readuntil(b"retry:")
        self._reading = asyncio.create_task(self._read(reader))

    async def _read(self, reader: asyncio.StreamReader) -> None:
        while line := await reader.readline():
            if line.startswith(b"event: thread"):
                self.heard_at.append(time.monotonic())

    async def close(self) -> None:
        """Leave the page."""
        self._reading.cancel()
        await asyncio.gather(self._reading, return_exceptions=True)
        self._writer.close()


def _request(port: int, path: str, cookie: str) -> bytes:
    lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", f"Cookie: {cookie}", "", ""]
    return "\r\n".join(lines).encode("latin-1")
