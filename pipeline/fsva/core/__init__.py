"""The foundation: errors, words, numbers, codes, files that appear whole."""
