"""Writers: one module per format, each of which turns values into bytes.

They know no folders; ``fsva.core.publishing.publish`` writes the bytes to disk.
"""
