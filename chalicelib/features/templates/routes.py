"""Routes of templates and their folders."""

from __future__ import annotations

from chalicelib.edge.api import Api
from chalicelib.edge.call import Call
from chalicelib.features.files.model import FileNotFound
from chalicelib.features.templates import schemas, use_cases
from chalicelib.features.templates.model import (
    ChangeTemplate,
    FolderChanged,
    FolderNotFound,
    ShortcutTaken,
    Template,
    TemplateChanged,
    TemplateInvalid,
    TemplateLimitReached,
    TemplateNotFound,
)
from chalicelib.kernel import ids
from chalicelib.kernel.errors import ChatNotFound
from chalicelib.kernel.ids import ChatId, FolderId, TemplateId
from chalicelib.kernel.names import NameInvalid
from chalicelib.kernel.permissions import Action

api = Api(__name__)


@api.get("/workspaces/{workspace_id}/templates", allow=Action.SEE_CRM)
def list_templates(call: Call) -> schemas.TemplatesOut:
    """The templates and folders that the workspace shares, and the caller's own."""
    return schemas.TemplatesOut.of(use_cases.list_templates(tenant=call.tenant))


@api.get("/workspaces/{workspace_id}/templates/{template_id}", allow=Action.SEE_CRM, raises=(TemplateNotFound,))
def get_template(call: Call, template_id: str) -> schemas.TemplateOut:
    """One template as it is written, and its files."""
    return _out(call, use_cases.template(_id(template_id), tenant=call.tenant))


@api.get(
    "/workspaces/{workspace_id}/chats/{chat_id}/templates/{template_id}",
    allow=Action.SEE_CRM,
    raises=(TemplateNotFound, ChatNotFound),
)
def render_template(call: Call, chat_id: str, template_id: str) -> schemas.RenderedOut:
    """One template's text as it would go to a chat."""
    return schemas.RenderedOut.of(use_cases.render_template(_id(template_id), ChatId(chat_id), tenant=call.tenant))


@api.post(
    "/workspaces/{workspace_id}/templates",
    allow=Action.EDIT_VALUES,
    status=201,
    once=True,
    raises=(NameInvalid, TemplateInvalid, FolderNotFound, FileNotFound, ShortcutTaken, TemplateLimitReached),
)
def create_template(call: Call, body: schemas.TemplateIn) -> schemas.TemplateOut:
    """Keep a text, for oneself or for everybody."""
    return _out(call, use_cases.create_template(body.to_draft(), tenant=call.tenant, once=call.idempotency_key))


@api.put(
    "/workspaces/{workspace_id}/templates/{template_id}",
    allow=Action.EDIT_VALUES,
    raises=(
        *(TemplateNotFound, NameInvalid, TemplateInvalid, FolderNotFound, FileNotFound),
        *(ShortcutTaken, TemplateLimitReached, TemplateChanged),
    ),
)
def change_template(call: Call, body: schemas.TemplateChangeIn, template_id: str) -> schemas.TemplateOut:
    """Put a template as a whole in place of the version the caller saw; `is_shared` moves it to where it says."""
    command = ChangeTemplate(template_id=_id(template_id), draft=body.to_draft(), version=body.version)
    return _out(call, use_cases.change_template(command, tenant=call.tenant))


@api.delete(
    "/workspaces/{workspace_id}/templates/{template_id}",
    allow=Action.SEE_CRM,
    status=204,
    raises=(TemplateNotFound, TemplateChanged),
)
def delete_template(call: Call, template_id: str) -> None:
    """Take a template away. For 24 hours it can be restored."""
    use_cases.delete_template(_id(template_id), tenant=call.tenant)


@api.post(
    "/workspaces/{workspace_id}/templates/{template_id}/restoration",
    allow=Action.EDIT_VALUES,
    raises=(TemplateNotFound, TemplateLimitReached, TemplateChanged),
)
def restore_template(call: Call, template_id: str) -> schemas.TemplateOut:
    """Bring a deleted template back, without its shortcut where another has it by now."""
    return _out(call, use_cases.restore_template(_id(template_id), tenant=call.tenant))


@api.post(
    "/workspaces/{workspace_id}/template-folders",
    allow=Action.EDIT_VALUES,
    status=201,
    raises=(NameInvalid, TemplateLimitReached),
)
def create_folder(call: Call, body: schemas.FolderIn) -> schemas.FolderOut:
    """Make a folder for templates."""
    return schemas.FolderOut.of(use_cases.create_folder(body.name, is_shared=body.is_shared, tenant=call.tenant))


@api.patch(
    "/workspaces/{workspace_id}/template-folders/{folder_id}",
    allow=Action.EDIT_VALUES,
    raises=(FolderNotFound, NameInvalid, FolderChanged),
)
def rename_folder(call: Call, body: schemas.FolderChangeIn, folder_id: str) -> schemas.FolderOut:
    """Call a folder something else."""
    return schemas.FolderOut.of(
        use_cases.rename_folder(_folder(folder_id), body.name, body.version, tenant=call.tenant)
    )


@api.delete(
    "/workspaces/{workspace_id}/template-folders/{folder_id}",
    allow=Action.SEE_CRM,
    status=204,
    raises=(FolderNotFound, FolderChanged),
)
def delete_folder(call: Call, folder_id: str) -> None:
    """Take a folder away; the templates in it stay."""
    use_cases.delete_folder(_folder(folder_id), tenant=call.tenant)


def _out(call: Call, template: Template) -> schemas.TemplateOut:
    return schemas.TemplateOut.of(template, use_cases.files_of(template, tenant=call.tenant))


def _id(text: str) -> TemplateId:
    if not ids.is_minted_shape(text):
        raise TemplateNotFound
    return TemplateId(text)


def _folder(text: str) -> FolderId:
    if not ids.is_minted_shape(text):
        raise FolderNotFound
    return FolderId(text)
