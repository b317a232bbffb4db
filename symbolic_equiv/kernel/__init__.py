"""The trusted part: sorts, terms, theorems and certificates.  Imports the standard library only."""
