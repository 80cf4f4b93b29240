from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage


class PrivateStorage(FileSystemStorage):
    """Files without a public address: one view authorises, records and streams each of them."""

    def url(self, name: str) -> str:
        raise ValueError("A private file has no address: stream it from a view that authorises.")


def private_storage() -> Storage:
    """The storage that file fields name, read from the settings when it is needed."""
    return PrivateStorage(location=settings.PRIVATE_ROOT)
