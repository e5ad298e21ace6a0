"""How the numbers look: text, tables and figures."""
