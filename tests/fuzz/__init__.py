"""Tests of the sample digest in Debian's Chromium, and by validators of HTML. ``.ci/browser`` brings them."""
