"""What can be wrong with columns and values, as facts."""

from chalicelib.kernel.errors import Conflict, Invalid, NotFound


class ColumnNotFound(NotFound):
    """The workspace has no such column, or has deleted it."""

    code = "column-not-found"
    title = "There is no such column."


class OptionNotFound(NotFound):
    """The column has no such option."""

    code = "option-not-found"
    title = "The column has no such option."


class ColumnInvalid(Invalid):
    """Options, a description or a default that no column of this type can have."""

    code = "column-invalid"
    title = "This column can't be made like that."


class ColumnLimitReached(Conflict):
    """The workspace has as many columns, or the column as many options, as there may be."""

    code = "column-limit-reached"
    title = "There is no room for more."


class ColumnKeyTaken(Conflict):
    """Somebody made a column of the same name at the same moment."""

    code = "column-key-taken"
    title = "Somebody made a column of this name at the same moment. Repeat if you want another."


class ColumnChanged(Conflict):
    """Somebody changed the column first."""

    code = "column-changed"
    title = "Somebody changed this column meanwhile. Look again and repeat."


class ColumnReserved(Conflict):
    """Every workspace has tags: they can't be deleted, nor become another type."""

    code = "column-reserved"
    title = "Every workspace has this column. It stays, and stays what it is."


class ColumnBusy(Conflict):
    """The column becomes another type, or two of its options become one; `standing` has the column's id."""

    code = "column-busy"
    title = "This column is being changed in the background. Repeat when that is done."


class ColumnNotConvertible(Conflict):
    """A value does not fit the other type; `standing` has its chat and its text."""

    code = "column-not-convertible"
    title = "Not every value of this column can become that type. Nothing was changed."


class ValueInvalid(Invalid):
    """The value does not fit the column's type."""

    code = "value-invalid"
    title = "This value does not fit the column."


class ValueRequired(Invalid):
    """The column is required: what stands in it can be changed and not be taken away."""

    code = "value-required"
    title = "This column is required. Its value can be changed and not be cleared."


class ValueChanged(Conflict):
    """Somebody wrote first; `standing` is the value as it is now."""

    code = "value-changed"
    title = "Somebody changed this value meanwhile."


class ValuesTooLarge(Conflict):
    """One chat can't hold that much text in all its columns together."""

    code = "values-too-large"
    title = "This chat's columns hold too much text together."
