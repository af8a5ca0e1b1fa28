"""The whole ``Scan`` to what a person or a program reads; looks only, computes nothing."""
