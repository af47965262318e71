"""The single table: keys, the tenant-bound handle, transactions with their journal entry, feeds, due rows."""
