"""Says which trained model fits the training data as it is now."""

from __future__ import annotations

import hashlib
from pathlib import Path

from bot.commands.paths import CONFIG, DOMAIN, MODELS, TRAINING_FOLDERS
from bot.site.environment import ROOT


def rasa_fingerprint() -> str:
    """Twelve hex digits over everything Rasa's model is made of: data, settings, our components."""
    files = [CONFIG, DOMAIN]
    for folder in (*TRAINING_FOLDERS, ROOT / "data/lexicon"):
        files += [path for path in folder.rglob("*") if path.is_file()]
    files += (ROOT / "bot/nlu").rglob("*.py")
    return _digest(files)


def model_file() -> Path:
    """Where the fitting model is, or would be."""
    return MODELS / f"mam-{rasa_fingerprint()}.tar.gz"


def _digest(files: list[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
