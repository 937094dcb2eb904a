"""What stands around a span of time: is it the child's age, how long something lasts, or neither."""  # noqa: E501

from __future__ import annotations

import re

from bot.nlu.readable import Line

_FILLERS = (
    "da|dang|nay|moi|duoc|hon|gan|tron|tam|khoang|chung|co|vua|sap|chua|chi|ma|thi|gio|chu|hien|hien tai|bay gio"  # noqa: E501
    "|hom nay|bua ni|bua nay|nha|em|minh|tui|toi|cua|gai|trai|lon|nho|thu|hai|ba|dau|long|la|be|con|chau|day|cung"  # noqa: E501
    "|rua|so sinh|non|nguoi ta|lo|i|o|u"
)
CHILD_BEFORE = re.compile(
    r"\b(?:be|con|chau|chau (?:noi|ngoai)|nhoc|bb|ku|cu ti|nhi|bim|nit|tre|no|han|em be|em"
    r"|sinh|sanh|de|thang"
    r"|tui no|so sinh|ti|cun|tom)"
    rf"\s+(?:(?:{_FILLERS})\s+)*$"
)
AGE_WORD_BEFORE = re.compile(
    r"\b(?:moi|duoc|tron|tuoi|sinh|sanh|so sinh|tre)\s+(?:co |hon |gan |duoc )?$"
)
CHILD_NEWLY = re.compile(
    r"\b(?:be|con|chau|nhoc|no|han|ti|sinh|sanh|de|em|tui|cu)\s+(?:duoc|moi|moi duoc|moi co"
    r"|duoc co|moi sinh|moi sanh|moi de|sinh duoc|de duoc)\s+$"
)
LASTS_BEFORE = re.compile(
    r"\b(?:sot|ho|oi|non|chay|bon|quay|khoc|so mui|chay mui|man|keo dai|suot|trong|khoang cach"
    r"|cach|bo bu|bo an|het"
    r"|lien tuc|uong|nghi|tiem|chich|xong|bi tre|muon|thuoc|boi|dung|vien|benh|om|met"
    r"|dieu tri|ngoai|di|mat|truoc|qua|vang|sung|ngua|phan long"
    r"|dau|khe|am|tri|xa|cai|kiem|khang sinh|ca|ngam|an dam|thang truoc|cho|hen|tai kham|mau)"
    r"\s+(?:(?:duoc|ca|gan|hon|may|da|bi|lien|li bi|suot|khoang|tam|chung|toi|den|nhieu|hoai"
    r"|len|xuong|cung|phai|cung phai|lan)\s+)*$"
)
LASTS_AFTER = re.compile(
    r"^\s*(?:nay|lien|qua(?! tuoi)|truoc|hom nay|gan day|mot lan|1 lan|lien tuc|lien tiep|sau do)\b"
)
LACKS_AFTER = re.compile(
    r"^\s*(?:nay\s+|roi\s+|ma\s+)*(?:chua|khong|ko|k|moi)\s+(?:chiu\s+|di\s+|thay\s+)?(?:di|i"
    r"|ia|ngoai|an|bu|uong|ngu|het|do|ha|dai|te|cau|bot|khoi)\b"
)
TO_COME = re.compile(r"^\s*(?:nua|toi(?! gio)|tiep theo)\b")
APPOINTED = re.compile(r"\b(?:hen|con|them|thu)\s+$")
UNBORN = re.compile(
    r"\b(?:thai|bau|co mang|nghen|mang thai|mang bau|co bau|co thai|tuoi thai)\s*(?:duoc |ky "
    r"|nhi |den |toi "
    r"|o |da |moi |gan |hon |luc |em |e |minh )*$"
)
EXPECTING = re.compile(r"(?<!\w)chửa\s+(?:được\s+|đến\s+|gần\s+|hơn\s+)?$")
BORE = re.compile(r"\b(?:sinh|sanh|de)\s+(?:\w+\s+){0,2}$")
SINCE_BIRTH = re.compile(r"\bsau\s+(?:khi\s+)?(?:sinh|sanh|de)\s+(?:\w+\s+){0,2}$")
CHILD = re.compile(r"\b(?:be|con|chau|nhoc|no|tre|bb|so sinh)\b")
SHOT = re.compile(r"\b(?:tiem|chich|lich|mui)\b")
NEAR = 30
SIZE_BEFORE = re.compile(
    r"\b(?:cao|dai|cach|rong|xa|sau|size|chieu cao|do dai|duong|boi|chay|tu tren|mac)\s+(?:\w+ )?$"
)
RATE_BEFORE = re.compile(
    r"\b(?:hon|duoc|da|gan|khoang|suot|xong|tre|cach|sau|trong|du|moi|co|tam|chung|tiem|het"
    r"|keo dai|qua|lien|truoc)\s+(?:\w+ )?$"
)
NOW_AFTER = re.compile(r"^\s*(?:nay|roi|r\b|qua|lien|truoc|sau|ruoi)")
CLOCK_AFTER = re.compile(
    r"^\s*(?:\d|sang|trua|chieu|toi(?! nay)|dem|khuya|kem|hon\b|ruoi\s+(?:sang|toi|dem|chieu))"
)
CLOCK_BEFORE = re.compile(
    r"\b(?:luc|tu|toi|den|hoi|tam|khoang|hen|sang|trua|chieu|dem|truoc|sau)\s+(?:\w+ )?$"
)
LONG_BEFORE = re.compile(
    r"\b(?:suot|hon|duoc|cach|sau|moi|trong|lien|gan|cu|ca|keo dai|ngu|khoc|da|roi"
    r"|ca may)\s+(?:khoang |duoc |tam |toi |may )?$"
)
DATE_BEFORE = re.compile(r"\b(?:ngay|mung|mong|hom|hen|sn|ns)\s*$")
ROUND_DOWN = re.compile(
    r"\b(?:gan|sap|chua|suyt|ngot nghet|xap xi|chuan bi|sap sua|sap toi)\s+(?:(?:duoc|tron|day"
    r"|toi|den|du|buoc|sang|la|qua)\s+)*$"
)


def rounds_down(before: str) -> bool:
    """ "gần 6 tháng", "chưa đầy 2 tuổi": not yet that old."""
    return bool(ROUND_DOWN.search(before))


def is_no_time(line: Line, match: re.Match[str], before: str, after: str) -> bool:
    """Neither an age nor a duration: a clock, a date, a height, what is to come, the unborn."""
    unit, number = match["unit"], match["number"]
    if UNBORN.search(before) or EXPECTING.search(line.meant[: match.start()].lower()):
        return True
    if unit in {"m", "t"}:
        return "." in number or ("," in number and unit == "m") or bool(SIZE_BEFORE.search(before))
    if unit in {"th", "thang", "tg", "thg"} and DATE_BEFORE.search(before):
        return bool(re.match(r"\s*\d", after)) or not match["half"]
    if re.search(r"\btruoc\s+$", before) and unit in {"th", "thang"}:
        return True
    if number == "bay" and unit == "gio" and not match["half"]:
        return line.meant.startswith("bây", match.start()) or not line.has_marks
    if number == "muoi" and re.search(r"\bnuoc\s+$", before):
        return True
    if unit == "p":
        return not before.strip() or not LONG_BEFORE.search(before)
    if TO_COME.match(after) or (APPOINTED.search(before) and not match["old"] and unit != "tuoi"):
        return not (before.rstrip().endswith("con") and unit in {"thang", "th", "tuan", "ngay"})
    if unit in {"gio", "h"} and (
        CLOCK_AFTER.match(after)
        or (unit == "h" and not LONG_BEFORE.search(before))
        or (CLOCK_BEFORE.search(before) and not LONG_BEFORE.search(before))
    ):
        return True
    if unit == "dem" and number == "nua":
        return True
    if unit == "bua" and (
        re.search(r"\b(?:ngay|moi ngay|an|bu)\s+(?:\w+ )?$", before) and not NOW_AFTER.match(after)
    ):
        return True
    if unit == "dem" and re.search(r"\btuan\s+(?:\w+ ){0,3}$", before):
        return True
    if unit == "tieng" and re.search(r"\b(?:noi|ho|goi|keu|mot trang)\s+(?:\w+ ){0,3}$", before):
        return not re.search(r"\b(?:ngay|suot|dem)\b", before[-12:])
    if number in {"mot", "1"} and unit in {
        "ngay",
        "tuan",
        "dem",
        "nam",
        "bua",
        "hom",
        "tieng",
        "gio",
    }:
        return not RATE_BEFORE.search(before) and not NOW_AFTER.match(after)
    if number in {"mot", "1"} and unit == "thang" and not (match["half"] or match["more"]):
        # "một tháng về một lần"
        return bool(re.match(r"\s*\w", after)) and not (
            match["old"]
            or CHILD_BEFORE.search(before)
            or RATE_BEFORE.search(before)
            or NOW_AFTER.match(after)
        )
    return unit == "nam" and (
        bool(re.match(r"\s*(?:hoc|lop)", after)) or (number == "nua" and "ruoi" in after[:6])
    )


def is_age(match: re.Match[str], unit: str, before: str, after: str, *, is_old: bool) -> bool:
    """Whether the span of time is how old the child is."""
    if is_old:
        return True
    if unit in {"gio", "nam", "phut"}:
        return False
    if match["unit"] in {"hom", "hum", "bua", "dem"}:
        return bool(CHILD_NEWLY.search(before)) and not LASTS_AFTER.match(after)
    childs = bool(CHILD_BEFORE.search(before))
    if SINCE_BIRTH.search(before) or (
        BORE.search(before) and not CHILD.search(before[-NEAR:]) and not CHILD.search(after[:NEAR])
    ):
        return False
    if re.search(r"\btre\s+$", before) and SHOT.search(before[-NEAR:]):
        return False
    if LASTS_AFTER.match(after) or (unit == "ngay" and LACKS_AFTER.match(after)):
        return childs and bool(AGE_WORD_BEFORE.search(before)) and not LASTS_AFTER.match(after)
    if unit == "thang":
        return childs or match["unit"] == "m" or not LASTS_BEFORE.search(before)
    if childs:
        return not LASTS_BEFORE.search(before)
    alone = re.search(r"(?:^|[,.;!?]\s*)$", before) and re.match(r"\s*(?:$|[,.;!?])", after)
    return bool(alone) and not re.search(r"\b(?:thai|bau|chua|mat|het|ton)\b", before)
