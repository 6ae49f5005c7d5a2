"""The paper's figures and the operator's, from live data: counts in, tables and pictures out."""
