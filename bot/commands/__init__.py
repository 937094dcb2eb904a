"""The commands of `mam`, one module a group; `bot.cli` lists them."""
