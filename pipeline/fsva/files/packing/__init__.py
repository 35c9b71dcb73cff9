"""Compression of pictures, PDF files and archives with one pinned library.

Guarantees the same compressed bytes on every system and processor.
"""
