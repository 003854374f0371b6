"""Everything that would be true on paper. Knows no web framework, no database and no PDF library."""
