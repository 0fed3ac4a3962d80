"""The one way to change a register: change sets, checked whole, with a journal and undo."""
