"""The report as a value: headings, paragraphs, tables, figures, lists, blanks for its author."""
