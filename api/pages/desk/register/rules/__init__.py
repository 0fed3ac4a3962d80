"""The rules of a programme (its policy) in words and by form."""
