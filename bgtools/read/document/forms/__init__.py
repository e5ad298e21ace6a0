"""How each form of file is read: Word, OpenDocument, PDF, plain text; out come lines."""
