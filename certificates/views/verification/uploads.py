"""The upload of a file to verify: whole in memory, never on a disk."""

from io import BytesIO

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.datastructures import MultiValueDict

from certificates.services.verification.file_reader import MOST_BYTES
from core.bodies import announced_bytes

FORM_BYTES = 64 * 1024
"""What a form may weigh besides its file."""


class FileTooLarge(Exception):
    """The request announces more than a file of `MOST_BYTES`."""


class InMemoryHandler(FileUploadHandler):
    """Reads a file into memory whatever its size, which the request announced and the view limited."""

    def new_file(self, *args, **kwargs) -> None:
        super().new_file(*args, **kwargs)
        self.content = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.content.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.content.seek(0)
        return InMemoryUploadedFile(
            file=self.content,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )


def files_of(request: HttpRequest) -> MultiValueDict:
    """The files of a posted form, in memory; raises `FileTooLarge`, before a byte is read where it is announced.

    A form that cannot be read is one without a file.
    """
    if announced_bytes(request) > MOST_BYTES + FORM_BYTES:
        raise FileTooLarge
    request.upload_handlers = [InMemoryHandler(request)]
    try:
        files = request.FILES
    except (MultiPartParserError, BadRequest, SuspiciousOperation, UnreadablePostError):
        return MultiValueDict()
    if any((file.size or 0) > MOST_BYTES for name in files for file in files.getlist(name)):
        raise FileTooLarge
    return files
