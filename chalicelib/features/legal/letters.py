"""The letter a contact form becomes."""

from chalicelib.adapters.mail import Letter


def contact(*, to: str, writer: str, email: str, message: str) -> Letter:
    """Carries a message to the operator; an answer goes to whoever wrote it."""
    return Letter(
        to=to,
        reply_to=email,
        subject=f"{writer} wrote through the contact form",
        reason="You get this letter because this installation's contact form leads to this address.",
        paragraphs=(f"From {writer}, {email}:", *(line for line in message.split("\n") if line.strip())),
    )
