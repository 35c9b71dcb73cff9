"""The pages of an atlas around its maps: cover, contents, charts, summary."""
