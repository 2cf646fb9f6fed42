"""How good it is: accuracy on marked texts, with floors that it may not fall below."""
