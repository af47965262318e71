"""The built web app's files: pages fall back to the app, hashed assets are kept for ever."""

import mimetypes
from pathlib import Path

from aiohttp import web

COMPRESSED = ("text/", "application/javascript", "application/json", "image/svg+xml", "application/manifest+json")
CONDITIONS = {"If-Modified-Since", "If-None-Match"}
FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
LOCAL_MARK = '<meta name="wireroom-local" content="1">'
"""Tells the web app that mails and the phone are pages of this product, so that it can link to them."""
_HASHED = "assets"


class Pages:
    """Serves one folder, and the app for each path whose last part has no dot (PagesAreTheApp in infra/edge.yaml)."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """The file a path names.

        Raises:
            HTTPNotFound: no such file, or a path out of the folder.
            HTTPServiceUnavailable: the app has never been built.
        """
        if not (self._folder / "index.html").is_file():
            raise web.HTTPServiceUnavailable(text="The web app is not built yet. Run `make run`, which builds it.\n")
        file = self._file(request.path)
        if file.name == "index.html":
            return self._app()
        response = web.FileResponse(file, headers={"Cache-Control": self._caching(file)})
        response.content_type = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        # aiohttp would send the end of an empty gzip stream after a 304, which browsers take for the next answer.
        if response.content_type.startswith(COMPRESSED) and not CONDITIONS & request.headers.keys():
            response.enable_compression()
        return response

    def _app(self) -> web.Response:
        text = (self._folder / "index.html").read_text().replace("<head>", f"<head>{LOCAL_MARK}", 1)
        return web.Response(text=text, content_type="text/html", headers={"Cache-Control": ASK_AGAIN})

    def _file(self, path: str) -> Path:
        if "." not in path.rsplit("/", 1)[-1]:
            return self._folder / "index.html"
        file = (self._folder / path.lstrip("/")).resolve()
        if not file.is_relative_to(self._folder) or not file.is_file():
            raise web.HTTPNotFound(text="There is nothing at this address.\n")
        return file

    def _caching(self, file: Path) -> str:
        return FOR_EVER if file.parent == self._folder / _HASHED else ASK_AGAIN
