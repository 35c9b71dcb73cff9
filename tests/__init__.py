"""Tests of the pipeline; they mirror its modules."""
