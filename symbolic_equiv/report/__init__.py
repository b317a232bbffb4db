"""Reports: one result of a check, and its renderings."""
