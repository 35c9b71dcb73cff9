"""Writers: one module per format, each turning values into bytes.

They know no folders; ``fsva.core.publishing.publish`` puts the bytes in their place.
"""
