"""The scorecard as text for a terminal, as records, and as a table for notebooks."""
