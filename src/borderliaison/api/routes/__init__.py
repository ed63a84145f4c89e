"""The routes for programs, a module for each thing that they are about."""
