"""HTTP in and out: routes, bodies and answers; what happens is decided elsewhere."""
