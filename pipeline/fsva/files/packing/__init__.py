"""Packing: deflate of one library from the lock, for pictures, PDF and archives.

Owns that what is packed has the same bytes on every system and processor.
"""
