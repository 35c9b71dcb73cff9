"""What edition.toml says of a report that is published already."""
