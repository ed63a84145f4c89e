"""Records as pages show them: kinds by their signs, values in the reader's words."""
