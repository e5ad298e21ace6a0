"""A report's document, whatever form it comes in, becomes passages: paragraphs, rows of tables, footnotes."""
