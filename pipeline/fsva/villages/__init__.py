"""From the rows of layers and tables to one clean row per village."""
