"""What goes over the wire, one file per tag of the API."""
