"""Writers of the report and what is handed in with it: Word, PDF, slides."""
