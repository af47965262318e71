"""The routes of signing in, declared by the files beside this one."""

from chalicelib.edge.api import Api

api = Api("chalicelib.features.sign_in.routes")
