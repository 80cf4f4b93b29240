import os

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage


class PrivateStorage(FileSystemStorage):
    """Files without a public address: one view authorises, records and streams each of them.

    The folder is read from the settings at each use, as file fields keep one storage for the whole process.
    """

    @property
    def base_location(self) -> str:
        return str(self._location or settings.PRIVATE_ROOT)

    @property
    def location(self) -> str:
        return os.path.abspath(self.base_location)

    def url(self, name: str) -> str:
        raise ValueError("A private file has no address: stream it from a view that authorises.")


def private_storage() -> Storage:
    """The storage that file fields name."""
    return PrivateStorage()
