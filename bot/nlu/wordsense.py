"""Which sense a word of the lists has where it stands: "mũi" the nose or the shot, "ba" or three."""  # noqa: E501

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.nlu.marks import fold
from bot.nlu.readable import Line

if TYPE_CHECKING:
    from bot.nlu.words import Word

SHOT_BEFORE = re.compile(
    r"\b(?:tiem|chich|chung|ngua|vac xin|vacxin|vaccin|vaccine|vx|mui|lieu|nhac|lich|phong"
    r"|uong)\b[^.?!]{0,45}$"
)
SHOT_AFTER = re.compile(r"^[^.?!]{0,14}\b(?:tiem|chich|mui|lieu|vac xin|vacxin|vaccine)\b")
# Vaccines that are only vaccines; the others are illnesses too.
ONLY_SHOTS = re.compile(
    r"\d|trong|bcg|vg|mmr|synflorix|phe cau|rota|vaxigrip|influvac|vnn|jevax|imojev|varivax"
    r"|menactra"
    r"|bexsero|opv|ipv|dpt|dtap|hpv|quinvaxem|pentaxim|hexa|tetraxim|combe|infanrix|ngua|phong"
    r"|^pc$|mui|uon van"
    r"|prevenar|nhat ban|mo cau|bai liet|vac xin"
)
NOSE_NOT_BEFORE = re.compile(
    r"\b(?:tiem|chich|may|cac|nhung|du|thieu|lich|moi|tung|mot|hai|ba|bon|\d+|nhac|them|den|cua"
    r"|con|hen|tre|ngua|lo|lam)\s+(?:them\s+|ngua\s+)?$"
)
NOSE_NOT_AFTER = re.compile(
    r"^\s*(?:\d|gi\b|nao|tiem|nhac|thu|tiep|ke|mot|hai|ba|bon|cuoi|dau|soi|phe|lao|viem|cum|5|6"
    r"|rota|thuy|nay|do\b|vac|uon|dai|vnnb|pc\b)"
)
TEETH = re.compile(
    r"\b(?:moc|cai|chiec|sau|nghien|nho|sun|danh|chan|dau|viem|loi|nuou|ham|may|ke|rung|lay"
    r"|mang bam|chai|gay|me|nhu)\s+(?:\w+ )?$"
)
TEETH_AFTER = re.compile(
    r"^\s*(?:cua|ham|sua|khon|nanh|moc|sau|lung lay|bi|den|vang|sun|moi|dau)\b"
)
CENTRAL_WRITTEN = re.compile(
    r"(?<!\w)(?:rứa|chừ|mô|hấn|nỏ|mạ|ri|hè|bữa ni|mần|hắn|chi|tê|mệ)(?!\w)"
)
# "răng" the question word, where no mark tells it from a tooth.
CENTRAL_BARE = re.compile(r"\b(?:lam|chu|man) rang\b|\brang (?:rua|he|ri|biet|chu)\b")
CALLED_AFTER = re.compile(r"^\s*(?:oi|nao|bim|khac|o day)\b")
CALLED_BEFORE = re.compile(r"\b(?:cac|may|nhung|nhieu|sua|ti|bu|chao|thua|lam)\s+$")
CLOSE_AFTER = re.compile(
    r"^\s*(?:em|e|toi|tui|no|chau|con|bao|minh|chong|han|hắn|mi|be|cu|hay|ke|keu|bieu|noi|nhat"
    r"|cho|dut|van|o nha|o que|muon|dua|bat|ep|di|lai|thi|trong|dan|so|lo|dang|khong|giu|ru|ma"
    r"|va|,)\b"
)
SIDE_BEFORE = re.compile(
    r"\b(?:chau|sua|ben|nha|ha|khoa|da|ba|ong|que|huong|hong|long|dau|dang|nuoc|o|tren|con|ra"
    r"|di|bang|dieu tri|san)\s+$"
)
MILK_BEFORE = re.compile(r"\b(?:uong|hop|het|loai|pha|ly|coc|oi ra|bo)\s+$")
FRUIT_BEFORE = re.compile(r"\b(?:an|uong|cho|qua|trai|voi|va|nuoc|thich|them|con)\s+(?:\w+ )?$")
CHEEK_BEFORE = re.compile(
    r"\b(?:o|hai|2|tren|ben|doi|vung|go|hai ben|do|da|phinh|nut|nut ne|day|mat|quanh)\s+$"
)
ORDINAL_BEFORE = re.compile(
    r"\b(?:thu|len|chi|anh|lop|mui|co|lan|tuan|ngay|moi|cau|dua|rau|lieu)\s+$"
)
FATHER_BEFORE = re.compile(r"\b(?:goi|cua|voi|nho|theo|giong|thay)\s+$")
COUNTED_AFTER = re.compile(
    r"\s*(?:thang|tuoi|lan|co|lop|tro|dua|cai|mui|anh|chi|nguoi|ngay|nam|mon|tam|muoi|con)\b"
)
TEACHER_AFTER = re.compile(
    r"^\s*(?:bao|noi|nhan|giao|o lop|o truong|keu|cho|chu nhiem|ke|goi|phan anh|nhac|lop"
    r"|mam non|dan|ep|hoi|than|hay|cung|phe)\b"
)
NO_KIN_AFTER = re.compile(r"^\s*(?:me\b|con\b|bau\b|de\b|xa hoi)")


def stands(line: Line, word: Word) -> bool:
    """Whether the word has the sense of its list here."""
    before, after = line.plain[: word.start], line.plain[word.end :]
    plain = fold(word.written)
    if word.kind == "vaccine":
        return _is_shot(plain, before, after)
    if word.kind == "relation":
        return _is_kin(line, word, plain, before, after)
    if word.kind == "body_part":
        return _is_body(line, word, before, after)
    if word.kind == "symptom":
        return word.written != "té" or not re.search(r"\b(?:le|de)\s+$", before)
    return _is_food(word, before)


def _is_shot(plain: str, before: str, after: str) -> bool:
    if ONLY_SHOTS.search(plain):
        return True
    if re.search(r"\b(?:bi|nghi|mac|lay|ho|dich|benh)\s+$", before):
        return False
    return bool(SHOT_BEFORE.search(before) or SHOT_AFTER.match(after))


def _is_kin(line: Line, word: Word, plain: str, before: str, after: str) -> bool:
    written = word.written
    if CALLED_AFTER.match(after) or CALLED_BEFORE.search(before):
        return False
    if written in {"u", "bu", "bọ", "thầy", "cha", "bầm"}:
        return bool(CLOSE_AFTER.match(after)) and not re.search(r"\b(?:noi|sung|con)\s+$", before)
    if written in {"nội", "ngoại"}:
        return not SIDE_BEFORE.search(before) or bool(re.search(r"\bbang\s+$", before))
    if written == "ba":
        return bool(CLOSE_AFTER.match(after) or FATHER_BEFORE.search(before)) and not (
            ORDINAL_BEFORE.search(before) or COUNTED_AFTER.match(after)
        )
    if written == "má":
        return not CHEEK_BEFORE.search(before) and not re.search(r"\brau\s+$", before)
    if written == "cô":
        return bool(TEACHER_AFTER.match(after)) and not re.search(r"\b(?:da|thua|chao)\s+$", before)
    if written in {"bà", "ông", "mẹ", "bố"}:
        return not NO_KIN_AFTER.match(after) and not re.search(r"\b(?:dan|nguoi|quy)\s+$", before)
    return True


def _is_body(line: Line, word: Word, before: str, after: str) -> bool:
    written = word.written
    if written == "mũi":
        return not NOSE_NOT_BEFORE.search(before) and not NOSE_NOT_AFTER.match(after)
    if written == "răng" and (
        CENTRAL_WRITTEN.search(line.typed.lower())
        or (not line.has_marks and CENTRAL_BARE.search(line.plain))
    ):
        return bool(TEETH.search(before) or TEETH_AFTER.match(after))
    if written == "má":
        return bool(CHEEK_BEFORE.search(before))
    if written == "đầu":
        return not re.search(
            r"\b(?:ban|lan|bat|tu|con|lieu|mui|thang|nam|tuan|ngay|dung|lan|dot|be|chau|cu)\s+$",
            before,
        ) and not re.match(r"^\s*(?:tien|long|nam|thang|tuan|doi|ngay)\b", after)
    if written == "cổ":
        return not re.search(r"\b(?:do|ao|thu)\s+$", before)
    if written == "gối":
        return not re.match(r"^\s*(?:dau|om|chong|cho)", after) and not re.search(
            r"\b(?:cai|ca|nam|ke|uot ca)\s+$", before
        )
    return True


def _is_food(word: Word, before: str) -> bool:
    if word.written == "sữa":
        return bool(MILK_BEFORE.search(before))
    return word.written not in {"bơ", "cam"} or bool(FRUIT_BEFORE.search(before))
