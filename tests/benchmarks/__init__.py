"""Benchmarks: corpus.py makes articles, build.py times Mujaz, peers.py compares it with others."""
