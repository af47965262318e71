"""upload.*: files in parts, up and down.

Source: https://core.telegram.org/api/files, uploading and downloading files.
"""

from telethon.tl import functions, types

from dev.telegram.methods.call import Call, method
from dev.telegram.methods.peers import found
from dev.telegram.refusals import Refused
from dev.telegram.tl import Tl
from dev.telegram.world.world import File

MAX_PARTS = 4_000
_PART_STEP = 1024
_LARGEST_PART = 512 * 1024
_SMALL_ENDS = 10 * 1024 * 1024


@method("upload.SaveFilePart", "upload.SaveBigFilePart")
def save_file_part(call: Call) -> bool:
    """Keep a part until a message uses the file. A part that repeats its neighbour shares its memory.

    Raises Refused: FILE_PART_INVALID, FILE_PARTS_INVALID, FILE_PART_EMPTY, FILE_PART_TOO_BIG.
    """
    request = call.request
    most = request.file_total_parts if isinstance(request, functions.upload.SaveBigFilePartRequest) else MAX_PARTS
    if not 0 < most <= MAX_PARTS:
        raise Refused("FILE_PARTS_INVALID")
    if not 0 <= request.file_part < most:
        raise Refused("FILE_PART_INVALID")
    if not request.bytes:
        raise Refused("FILE_PART_EMPTY")
    if len(request.bytes) > _LARGEST_PART:
        raise Refused("FILE_PART_TOO_BIG")
    parts = call.service.uploads.setdefault(request.file_id, {})
    neighbour = next(reversed(parts.values()), b"")
    parts[request.file_part] = neighbour if neighbour == request.bytes else request.bytes
    return True


def taken(call: Call, file: Tl) -> list[bytes]:
    """The parts of an uploaded file, in order; they are forgotten here, whatever is wrong with them.

    Raises Refused: FILE_PARTS_INVALID, FILE_PART_n_MISSING, FILE_PART_SIZE_INVALID.
    """
    parts = call.service.uploads.pop(file.id, {})
    if not 0 < file.parts <= MAX_PARTS or len(parts) > file.parts:
        raise Refused("FILE_PARTS_INVALID")
    for number in range(file.parts):
        if number not in parts:
            raise Refused(f"FILE_PART_{number}_MISSING")
    pieces = [parts[number] for number in range(file.parts)]
    length = len(pieces[0])
    uneven = any(len(piece) != length for piece in pieces[:-1]) or len(pieces[-1]) > length
    if uneven or (file.parts > 1 and (length % _PART_STEP or _LARGEST_PART % length)):
        raise Refused("FILE_PART_SIZE_INVALID")
    is_big = isinstance(file, types.InputFileBig)
    if not is_big and sum(map(len, pieces)) > _SMALL_ENDS:
        raise Refused("FILE_PARTS_INVALID")
    return pieces


@method("upload.GetFile")
def get_file(call: Call) -> Tl:
    """A piece of a file or profile picture, in the data centre it lives in."""
    file = _file_at(call, call.request.location)
    if file is None:
        raise Refused("FILE_ID_INVALID")
    if file.dc != call.line.dc:
        raise Refused(f"FILE_MIGRATE_{file.dc}")
    piece = file.read(call.request.offset, call.request.limit)
    return types.upload.File(types.storage.FilePartial(), int(call.now.timestamp()), piece)


def _file_at(call: Call, location: Tl) -> File | None:
    """All sizes of a picture are the one there is: nothing here can make pictures smaller."""
    if not isinstance(location, types.InputPeerPhotoFileLocation):
        return call.world.files.get(location.id)
    chat = found(call, location.peer)
    if chat is None or chat.face is None or chat.face.file_id != location.photo_id:
        raise Refused("PEER_ID_INVALID")
    return call.world.files.get(chat.face.file_id)
