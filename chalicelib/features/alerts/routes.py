"""Routes of alerts."""

from __future__ import annotations

from chalicelib.edge.api import Api
from chalicelib.edge.call import Call
from chalicelib.features.alerts import schemas, use_cases
from chalicelib.kernel.permissions import Action
from chalicelib.table.transaction import ChangedMeanwhile

api = Api(__name__)


@api.get("/workspaces/{workspace_id}/alert-rules", allow=Action.SEE_CRM)
def get_alert_rules(call: Call) -> schemas.AlertRulesOut:
    """When members are told of chats that wait for a reply, and of those left silent."""
    return schemas.AlertRulesOut.of(use_cases.get_rules(tenant=call.tenant))


@api.put("/workspaces/{workspace_id}/alert-rules", allow=Action.CHANGE_SETTINGS, raises=(ChangedMeanwhile,))
def change_alert_rules(call: Call, body: schemas.AlertRulesIn) -> schemas.AlertRulesOut:
    """Say when members are told from now on; chats that are late already are found by filters."""
    return schemas.AlertRulesOut.of(use_cases.change_rules(body.to_command(), tenant=call.tenant))
