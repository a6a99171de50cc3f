"""The endpoint: one question to a chat model at the address that the user named, and at no other.

The OpenAI chat-completions protocol over the standard library's HTTP client: no redirect is followed, no
proxy of the environment is used, nothing is called unless `ask` is. A question has a deadline for the whole
exchange, an answer a largest size, and a fault a limited number of further attempts.
"""

from __future__ import annotations

import http.client
import json
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urlsplit

from liandong.errors import InputError, Text

MAX_ANSWER = 2_000_000  # bytes: a hundred times what a passage can be worth
PAUSE = 0.5  # seconds before the second attempt, doubled for each further one
LONGEST_PAUSE = 20.0  # seconds, whatever the endpoint asks for
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})  # statuses that may be over at the next attempt
_SHOWN = 200  # characters of the endpoint's own words in a message

_T = TypeVar("_T")
_SETTINGS = {"temperature": 0}  # the same page, the same proposals, as far as the model allows


class EndpointError(InputError):
    """The endpoint cannot be used: no further question makes sense."""


class AnswerError(InputError):
    """One answer cannot be used; the next question may go well."""


class _PassingError(Exception):
    """A fault that may be over at the next attempt; wait: the seconds that the endpoint asks for."""

    def __init__(self, error: EndpointError, wait: str | None = None) -> None:
        self.error = error
        self.wait = wait
        super().__init__()


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where the model is and how it is asked.

    base_url: up to and without `/chat/completions`, such as http://127.0.0.1:8000/v1. key: sent as a bearer
    token to this address alone. timeout: seconds for one exchange, from connecting to the last byte.
    attempts: how often one question is put at most. settings: further fields of the request;
    None for a temperature of 0.
    Raises InputError if the address is not one.
    """

    base_url: str
    model: str
    key: str | None = field(default=None, repr=False)
    timeout: float = 60.0
    attempts: int = 3
    settings: Mapping[str, Any] | None = None

    def __post_init__(self) -> None:
        if not _is_address(self.base_url):
            raise InputError(
                Text(
                    f"“{self.base_url}”不是模型服务地址。请填写如 http://127.0.0.1:8000/v1 的地址,密钥另填。",
                    f'"{self.base_url}" is no address of a model. Give one like http://127.0.0.1:8000/v1, '
                    "the key apart.",
                ),
                field="endpoint",
            )
        if self.key and not (self.key.isascii() and self.key.isprintable()):
            raise InputError(
                Text("密钥含有不可用的字符。", "The key holds impossible characters."), field="key"
            )
        if not self.model.strip():
            raise InputError(Text("请填写模型名称。", "Give the name of the model."), field="model")
        if self.timeout <= 0 or self.attempts < 1:
            raise InputError(
                Text(
                    "超时须大于 0 秒,次数至少 1 次。",
                    "The timeout must be above 0 s, the attempts at least 1.",
                ),
                field="timeout, attempts",
            )

    def ask(self, messages: Sequence[Mapping[str, str]], read: Callable[[str], _T]) -> _T:
        """What `read` makes of the words of the model's answer; it raises AnswerError where it makes nothing.

        Raises EndpointError if the endpoint is silent, out of reach or refuses, AnswerError if its answer
        cannot be read; both after the allowed attempts.
        """
        settings = _SETTINGS if self.settings is None else self.settings
        request = {**settings, "model": self.model, "messages": list(messages), "stream": False}
        body = json.dumps(request).encode()
        for attempt in range(1, self.attempts):
            try:
                return self._once(body, read)
            except _PassingError as fault:
                _sleep(attempt, fault.wait)
            except AnswerError:
                _sleep(attempt, None)
        try:
            return self._once(body, read)
        except _PassingError as fault:
            raise fault.error from fault

    def _once(self, body: bytes, read: Callable[[str], _T]) -> _T:
        """One attempt."""
        try:
            status, wait, answer = self._exchange(body)
        except TimeoutError as error:
            raise _PassingError(self._silent()) from error
        except (OSError, http.client.HTTPException, UnicodeError) as error:
            raise _PassingError(self._unreachable(error)) from error
        if status in _PASSING:
            raise _PassingError(self._refused(status, answer), wait)
        if status != 200:
            raise self._refused(status, answer)
        return read(_words(answer))

    def _exchange(self, body: bytes) -> tuple[int, str | None, bytes]:
        """One request: status, Retry-After, and at most MAX_ANSWER + 1 bytes."""
        parts = urlsplit(self.base_url)
        assert parts.hostname
        connection: http.client.HTTPConnection
        if parts.scheme == "https":
            connection = http.client.HTTPSConnection(
                parts.hostname, parts.port, timeout=self.timeout, context=ssl.create_default_context()
            )
        else:
            connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=self.timeout)
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        late = threading.Event()
        begun = time.monotonic()
        try:
            connection.connect()
            left = max(0.001, self.timeout - (time.monotonic() - begun))
            # a socket's own timeout starts anew with every byte; the deadline does not
            deadline = threading.Timer(left, _cut, (connection.sock, late))
            deadline.daemon = True
            deadline.start()
            try:
                path = parts.path.rstrip("/").removesuffix("/chat/completions")
                connection.request("POST", f"{path}/chat/completions", body, headers)
                response = connection.getresponse()
                answer = response.read(MAX_ANSWER + 1)
            finally:
                deadline.cancel()
            if late.is_set():
                raise TimeoutError
            return response.status, response.getheader("Retry-After"), answer
        except (OSError, http.client.HTTPException) as error:
            if late.is_set():
                raise TimeoutError from error
            raise
        finally:
            connection.close()

    def _silent(self) -> EndpointError:
        return EndpointError(
            Text(
                f"模型服务 {self._place} 在 {self.timeout:g} 秒内没有答完(共问 {self.attempts} 次)。"
                "请延长超时或换模型。",
                f"The model at {self._place} did not finish its answer within {self.timeout:g} s "
                f"({self.attempts} attempts). Allow more time or use another model.",
            ),
            field="endpoint",
        )

    def _unreachable(self, error: Exception) -> EndpointError:
        return EndpointError(
            Text(
                f"连不上模型服务 {self._place}({_short(error)};共试 {self.attempts} 次)。请检查地址和服务。",
                f"The model at {self._place} is out of reach ({_short(error)}; {self.attempts} attempts). "
                "Check the address and that it runs.",
            ),
            field="endpoint",
        )

    def _refused(self, status: int, answer: bytes) -> EndpointError:
        said = " ".join(answer[: 4 * _SHOWN].decode("utf-8", "replace").split())[:_SHOWN]
        if self.key:
            said = said.replace(self.key, "…")
        return EndpointError(
            Text(
                f"模型服务 {self._place} 返回状态 {status}:{said}",
                f"The model at {self._place} answered with status {status}: {said}",
            ),
            field="endpoint",
        )

    @property
    def _place(self) -> str:
        return urlsplit(self.base_url).netloc


def _is_address(text: str) -> bool:
    """Whether a text is http(s)://host[:port][/path] and no more."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return False
    plain = text.isascii() and text.isprintable() and " " not in text
    whole = parts.scheme in ("http", "https") and bool(parts.hostname) and port != 0
    return plain and whole and not (parts.username or parts.password or parts.query or parts.fragment)


def _cut(sock: socket.socket | None, late: threading.Event) -> None:
    """End an exchange that is over its time: the reader wakes up with an end of data."""
    late.set()
    if sock is not None:
        try:
            # of the plain socket: an encrypted one would wait for the other side's goodbye
            socket.socket.shutdown(sock, socket.SHUT_RDWR)
        except OSError:
            return  # closed meanwhile


def _words(answer: bytes) -> str:
    """choices[0].message.content of a chat completion."""
    if len(answer) > MAX_ANSWER:
        raise AnswerError(
            Text(
                f"模型的回答超过 {MAX_ANSWER:,} 字节,未采用。",
                f"The model's answer is larger than {MAX_ANSWER:,} bytes and was left out.",
            ),
            field="answer",
        )
    try:
        content = json.loads(answer)["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError):
        content = None
    if not isinstance(content, str):
        raise AnswerError(
            Text(
                "服务的回答不是 chat completions 格式。请检查地址是否为兼容 OpenAI 的接口。",
                "The answer is no chat completion. Check that the address is an OpenAI-compatible one.",
            ),
            field="answer",
        )
    return content


def _sleep(attempt: int, wait: str | None) -> None:
    asked = float(wait) if wait and wait.isascii() and wait.isdigit() else 0.0
    time.sleep(min(LONGEST_PAUSE, max(asked, PAUSE * 2 ** (attempt - 1))))


def _short(error: Exception) -> str:
    return (str(error) or type(error).__name__)[:_SHOWN]
