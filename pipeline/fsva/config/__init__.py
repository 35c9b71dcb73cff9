"""What officers and the method say in TOML files, as checked values."""
