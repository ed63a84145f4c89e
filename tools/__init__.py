"""What the build, CI and developers run; not part of the installed package."""
