"""The routes of identity, declared by the files beside this one."""

from chalicelib.edge.api import Api

api = Api("chalicelib.features.identity.routes")
