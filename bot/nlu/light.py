"""Imported before spaCy where Rasa is not: keeps thinc from importing TensorFlow (400 MB, 5 s)."""

import sys

if "rasa" not in sys.modules:
    sys.modules.setdefault("tensorflow", None)  # type: ignore[arg-type]
