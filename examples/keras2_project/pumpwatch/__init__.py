"""Fault detection for water pumps."""
