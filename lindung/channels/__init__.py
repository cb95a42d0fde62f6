"""They call us: one folder per audience, strangers to each other."""
