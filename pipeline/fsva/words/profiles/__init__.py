"""What profiles of villages and kecamatan say."""
