"""The outputs of many districts joined to one table, one layer and two maps."""
