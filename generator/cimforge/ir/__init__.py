"""The intermediate representation: frozen facts and models that every stage reads and none edits."""
