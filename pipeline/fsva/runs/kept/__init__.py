"""What a run keeps for later runs, and what it takes over from earlier ones.

Owns what each result depends on and how it is written. Where results lie is
``fsva.core.publishing.result_store``.
"""
