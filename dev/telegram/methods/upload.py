"""upload.*: files in parts, up and down."""

from telethon.tl import types

from dev.telegram.methods.call import Call, method
from dev.telegram.refusals import Refused
from dev.telegram.tl import Tl


@method("upload.SaveFilePart", "upload.SaveBigFilePart")
def save_file_part(call: Call) -> bool:
    """Keep a part until a message uses the file."""
    request = call.request
    call.service.uploads.setdefault(request.file_id, {})[request.file_part] = request.bytes
    return True


@method("upload.GetFile")
def get_file(call: Call) -> Tl:
    """A piece of a file, in the data centre it lives in."""
    file = call.world.files.get(call.request.location.id)
    if file is None:
        raise Refused("FILE_ID_INVALID")
    if file.dc != call.line.dc:
        raise Refused(f"FILE_MIGRATE_{file.dc}")
    piece = file.data[call.request.offset : call.request.offset + call.request.limit]
    return types.upload.File(types.storage.FilePartial(), int(call.now.timestamp()), piece)
