"""Views: a filter, a sort, columns, a grouping and a layout that were saved under a name."""
