"""Rules about compiling, fitting and evaluating models, K2xx."""
