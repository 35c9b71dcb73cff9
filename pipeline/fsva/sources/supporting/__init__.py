"""Tables of the report beside the indicators: by kecamatan and year, or by anything else."""
