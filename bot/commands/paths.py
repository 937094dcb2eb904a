"""Where things are in the tree, for commands."""

from bot.site.environment import ROOT

MODELS = ROOT / "models"
PROGRAMME = ROOT / "data/programme"
CONFIG = ROOT / "config.yml"
DOMAIN = ROOT / "domain.yml"
CREDENTIALS = ROOT / "credentials.yml"
TRAINING_FOLDERS = tuple(ROOT / "data" / name for name in ("nlu", "rules", "stories"))
