"""Blobs between offices: fetched by those whom a letter names them to, behind everything else."""
