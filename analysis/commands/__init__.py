"""What the command line says and takes, apart from the list of its commands."""
