"""A page from the web, fetched so that the office's own network stays out of reach.

Only http and https on public addresses: the name is resolved once, every address it has is checked, and the
connection goes to the very address that was checked; the same again for every redirect.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from urllib.parse import SplitResult, urljoin, urlsplit

from liandong.errors import InputError, Text

MAX_BYTES = 20 * 1024 * 1024
SECONDS = 20
REDIRECTS = 5


def check(address: str) -> SplitResult:
    """The parts of an address. Raises InputError for anything but http(s) with a public host by its form."""
    try:
        parts = urlsplit(address.strip())
        port = parts.port
    except ValueError:
        raise _refused(address) from None
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.password:
        raise _refused(address)
    if port not in (None, 80, 443):
        raise _refused(address)
    try:
        literal = ipaddress.ip_address(parts.hostname)
    except ValueError:
        return parts
    if not _public(literal):
        raise _refused(address)
    return parts


def fetch(address: str) -> bytes:
    """The bytes at an address, after at most five redirects.

    Raises InputError if it is refused, cannot be reached, is no page, or has more than 20 MB.
    """
    for _ in range(REDIRECTS + 1):
        parts = check(address)
        connection = _connect(parts, address)
        try:
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            connection.request(
                "GET", path, headers={"Host": parts.netloc, "User-Agent": "liandong", "Accept": "*/*"}
            )
            answer = connection.getresponse()
            target = answer.getheader("Location")
            if answer.status in (301, 302, 303, 307, 308) and target:
                address = urljoin(address, target)
                continue
            if answer.status != 200:
                raise _unreachable(address, f"HTTP {answer.status}")
            data = answer.read(MAX_BYTES + 1)
        except (OSError, http.client.HTTPException) as error:
            raise _unreachable(address, str(error)) from error
        finally:
            connection.close()
        if len(data) > MAX_BYTES:
            raise InputError(Text("网页超过 20 MB。", "The page has more than 20 MB."), file=address)
        return data
    raise _unreachable(address, "redirects")


def _connect(parts: SplitResult, address: str) -> http.client.HTTPConnection:
    """A connection to an address of the host that has been checked, whatever its name says a moment later."""
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        found = {str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except OSError as error:
        raise _unreachable(address, str(error)) from error
    if not found or not all(_public(ipaddress.ip_address(each.partition("%")[0])) for each in found):
        raise _refused(address)
    try:
        plain = socket.create_connection((sorted(found)[0], port), timeout=SECONDS)
        connection = http.client.HTTPConnection(host, port, timeout=SECONDS)
        connection.sock = plain
        if parts.scheme == "https":
            connection.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=host)
    except OSError as error:
        raise _unreachable(address, str(error)) from error
    return connection


def _public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    mapped = getattr(address, "ipv4_mapped", None)
    found = mapped or address
    return found.is_global and not found.is_multicast and not found.is_reserved


def _refused(address: str) -> InputError:
    return InputError(
        Text(
            "只能读取公开的 http 或 https 网址,内网和本机地址不可以。请把网页存成文件后上传。",
            "Only public http or https addresses can be read, none of the inner network or this machine. "
            "Save the page and upload the file.",
        ),
        file=address[:200],
    )


def _unreachable(address: str, why: str) -> InputError:
    return InputError(
        Text(
            f"打不开这个网址({why})。请把网页存成文件后上传。",
            f"The address cannot be opened ({why}). Save the page and upload the file.",
        ),
        file=address[:200],
    )
