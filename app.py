"""The Lambdas: which slices answer requests and events. No logic."""

from chalicelib import cold_start, due_work, stream_work
from chalicelib.edge import health
from chalicelib.edge.api import Api
from chalicelib.edge.chalice_app import SafeChalice
from chalicelib.features.accounts import routes as accounts
from chalicelib.features.alerts import routes as alerts
from chalicelib.features.billing import routes as billing
from chalicelib.features.billing.jobs import events as billing_events
from chalicelib.features.bulk_edits import routes as bulk_edits
from chalicelib.features.chats import routes as chats
from chalicelib.features.comments import routes as comments
from chalicelib.features.contacts import routes as contacts
from chalicelib.features.delivery import routes as delivery
from chalicelib.features.exports import routes as exports
from chalicelib.features.fields import routes as fields
from chalicelib.features.files import routes as files
from chalicelib.features.identity import routes as identity
from chalicelib.features.imports import routes as imports
from chalicelib.features.journal import routes as journal
from chalicelib.features.legal import routes as legal
from chalicelib.features.legal import use_cases as legal_documents
from chalicelib.features.privacy import routes as privacy
from chalicelib.features.reminders import routes as reminders
from chalicelib.features.seats import routes as seats
from chalicelib.features.sign_in import routes as sign_in
from chalicelib.features.social_sign_in import routes as social_sign_in
from chalicelib.features.staff import routes as staff
from chalicelib.features.templates import routes as templates
from chalicelib.features.tickets import routes as tickets
from chalicelib.features.upkeep import routes as upkeep
from chalicelib.features.views import routes as views
from chalicelib.features.workspaces import routes as workspaces

app = SafeChalice(app_name="wireroom")


def apis() -> tuple[Api, ...]:
    """Every slice's routes; the OpenAPI document and the boundary tests walk them."""
    return (
        health.api,
        identity.api,
        sign_in.api,
        social_sign_in.api,
        *workspaces.apis,
        seats.api,
        accounts.api,
        chats.api,
        contacts.api,
        bulk_edits.api,
        imports.api,
        alerts.api,
        fields.api,
        delivery.api,
        reminders.api,
        *tickets.apis,
        comments.api,
        files.api,
        views.api,
        templates.api,
        journal.api,
        exports.api,
        legal.api,
        staff.api,
        upkeep.api,
        billing.api,
        privacy.api,
    )


for _api in apis():
    app.register_blueprint(_api.blueprint)

app.register_blueprint(stream_work.blueprint)
app.register_blueprint(billing_events.blueprint)


@app.schedule("rate(1 minute)", name="due")
def tick(_event: object) -> None:
    """What is due; Lambda looks for the handler as app.tick."""
    due_work.tick()


@app.schedule("rate(1 minute)", name="bill")
def bill(_event: object) -> None:
    """What is due of money."""
    due_work.bill()


@app.schedule("rate(1 minute)", name="erase")
def erase(_event: object) -> None:
    """What is due of erasing."""
    due_work.erase()


legal_documents.current()  # one that can't be read stops the process here, not at somebody's sign-up

cold_start.finish()
