"""Names in addresses: a chain's name is its address, whatever characters it has."""

from __future__ import annotations

from django.urls import register_converter


class NameConverter:
    """Any name without line breaks; a slash in it travels as `~s`, a tilde as `~t`."""

    regex = "[^/\r\n]+"

    def to_python(self, value: str) -> str:
        """From the address."""
        return value.replace("~s", "/").replace("~t", "~")

    def to_url(self, value: str) -> str:
        """Into the address."""
        return value.replace("~", "~t").replace("/", "~s")


register_converter(NameConverter, "name")
