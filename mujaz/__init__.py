"""Mujaz (موجز): a static site generator for an Arabic news digest."""

__version__ = "0.1.0"
