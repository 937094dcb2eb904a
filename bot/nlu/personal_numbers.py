"""Numbers and links that lead to a person: phones, papers, accounts, plates, e-mail, profiles.

What is counted, weighed, dated or paid, and the short public numbers, stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import phonenumbers

# (kind, start, end) in the text as read.
Found = tuple[str, int, int]

EMAIL = re.compile(
    r"[\w.+-]+\s?(?:@|\(a\)|\(at\)|\[at\]|\sa\s?(?:còng|cong|móc|moc)\s)\s?"
    r"[\w-]+(?:\s?(?:\.|\bchấm\b|\bcham\b)\s?[a-z]{2,})+",
    re.I,
)
LINK = re.compile(
    r"(?:https?://|www\.)\S+[^\s.,;:!?)\"']"
    r"|\b(?:m\.|web\.|vm\.|vt\.)?(?:facebook|fb|zalo|tiktok|instagram|t|m|youtube|telegram|threads"
    r"|drive\.google|goo|maps\.app\.goo)\.(?:com|me|vn|be|net|gl)/\S*[^\s.,;:!?)\"']",
    re.I,
)
# Pages of authorities tell nothing of who names them.
PUBLIC_LINK = re.compile(
    r"^(?:https?://)?(?:www\.)?(?:[\w-]+\.)*(?:gov\.vn|who\.int|unicef\.org)\b", re.I
)
HANDLE = re.compile(r"(?<![\w.@])@[A-Za-z][\w.]{2,}\w")
PROFILE = re.compile(
    r"\b(?:fb|facebook|face|zalo|zl|ins|insta|instagram|ig|tiktok|telegram|tele|skype|viber"
    r"|messenger|mess|nick|nickname|user|username|id)"
    r"(?:\s+(?:la|cua|em|e|minh|m|toi|con|ten|ne|nè|nek|nhe|nick|tui|t))*\s*[:=-]?\s*"
    r"(?P<what>@?[a-z][a-z0-9]*(?:[._][a-z0-9]+)+|@?[a-z]{2,}\d[a-z0-9._]*)"
)
# "o" and "O" stand for nought among figures.
NUMBER = re.compile(
    r"(?:(?<![\w.,/%])[oO]|(?<![\d.,%])\(?\+?\d)[\doO .()_–-]{6,}[\doO](?![\w%]|[.,]\d)"
)
# Two numbers with a space between them.
ONE_OF_MORE = re.compile(r"(?<!\d)0\d{9}(?!\d)")
DATE = re.compile(
    r"\b\d{1,2}[-./ ]\d{1,2}[-./ ](?:19|20)\d{2}\b|\b(?:19|20)\d{2}-\d{1,2}-\d{1,2}\b"
)
MONEY = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
HOTLINE = re.compile(r"1[89]00|11[1345]\D*(?:11[1345]\D*)+$")
_DIGIT = r"(?:khong|mot|hai|ba|bon|tu|nam|lam|sau|bay|tam|chin|o)"
SAID_PHONE = re.compile(
    r"\b(?:(?:khong|o|0)\W{1,3}(?:ba|nam|bay|tam|chin|hai|[35789]\d*)|cong tam (?:tu|bon))"
    rf"(?:[ ,.-]+(?:{_DIGIT}|muoi|tram|nghin|ngan|le|linh|\d{{1,4}})\b){{5,}}"
)
DIGIT = re.compile(r"\d")
# How many of its words and figures are at least said, and how many of those in words.
SPOKEN, SPOKEN_IN_WORDS = 8, 3
_PAPER = (
    r"cccd|cmnd|cmt|can cuoc(?: cong dan)?|chung minh(?: nhan dan| thu)?"
    r"|(?:ma )?dinh danh(?: ca nhan)?|bhyt|bao hiem(?: y te| xa hoi)?|bhxh|ho chieu|passport"
    r"|ma (?:so )?(?:the|benh nhan|ho so|bn|thue|bhxh|y te)|mst|so benh an|benh an so|ma hoc sinh"
    r"|so ho ngheo|the (?:khuyet tat|uu tien)|giay phep lai xe|bang lai|gplx"
)
# "của con em là", "dân", "y tế"
_BETWEEN = (
    r"(?:\s+(?:so|cua|la|con|em|e|be|chau|minh|m|toi|tui|bo|me|chong|vo|ck|vk|ne|co|ma|nha|no|dan"
    r"|xa|hoi|y|te|thu|moi|cu))*"
)
PAPER = re.compile(
    rf"\b(?:{_PAPER}){_BETWEEN}\s*[:=-]?\s*(?P<what>[a-z]{{0,2}}\s?\d(?:[ .-]?\d){{5,17}})(?!\w)"
    r"(?!\s?(?:dong|nghin|ngan|trieu|vnd)\b)"
)
BIRTH_PAPER = re.compile(
    r"\b(?:khai sinh|gks|chung sinh|ket hon)\b[^.?!\d]{0,30}?\b(?:so|so:|ma)\s*[:=]?\s*"
    r"(?P<what>\d{1,6}(?:\s?/\s?(?:[a-z]{2,6}-?\s?)?\d{2,4}(?:[-/][a-z]+)?)?)(?![\w%/])"
)
CARD = re.compile(r"(?<!\w)[A-Z]{2}\s?\d(?:[ .-]?\d){12}(?!\w)")
PASSPORT = re.compile(r"(?<!\w)[BCEKNPQ]\d{7}(?!\w)")
BANK = re.compile(
    r"\b(?:stk|so tai khoan|so tk|tai khoan(?: ngan hang)?|tk|so the)"
    r"(?:\s+\w{2,12}bank|\s+(?:vcb|acb|mb|bidv|ngan hang))?"
    rf"{_BETWEEN}\s*[:=-]?\s*(?P<what>\d(?:[ .-]?\d){{5,18}})(?!\w)"
)
PLATE = re.compile(r"(?<!\w)\d{2}\s?-?\s?[A-ZĐ]{1,2}\d?\s?[-. ]\s?(?:\d{3}[. ]?\d{2}|\d{4})(?!\w)")
SAID_PLATE = re.compile(
    r"\b(?:bien so|bien kiem soat|bks|xe bien|bien)(?:\s+(?:so|xe|la))*\s*[:=]?\s*"
    r"(?P<what>\d{2}\s?-?\s?[a-z]{1,2}\d?\s?[-. ]?\s?(?:\d{3}[. ]?\d{2}|\d{4}))(?!\w)"
)
PHONE_DIGITS = range(9, 13)
PAPER_DIGITS = 12


def find_numbers(text: str, plain: str) -> Iterator[Found]:
    """What stands in `text`; `plain` is it without marks, in lower case, of the same length."""
    for match in EMAIL.finditer(text):
        yield "email", match.start(), match.end()
    for match in LINK.finditer(text):
        if not PUBLIC_LINK.match(match[0]):
            yield "account", match.start(), match.end()
    for match in HANDLE.finditer(text):
        yield "account", match.start(), match.end()
    for match in PROFILE.finditer(plain):
        yield "account", *match.span("what")
    for kind, pattern in (("id_number", PAPER), ("id_number", BIRTH_PAPER), ("bank_account", BANK)):
        for match in pattern.finditer(plain):
            if not DATE.search(match["what"]):
                yield kind, *match.span("what")
    for pattern in (CARD, PASSPORT):
        for match in pattern.finditer(text):
            yield "id_number", match.start(), match.end()
    for match in PLATE.finditer(text):
        yield "plate", match.start(), match.end()
    for match in SAID_PLATE.finditer(plain):
        yield "plate", *match.span("what")
    yield from _phones(text, plain)


def _phones(text: str, plain: str) -> Iterator[Found]:
    for match in NUMBER.finditer(text):
        if kind := _kind_of(match[0].strip()):
            yield kind, match.start(), match.end()
    for match in ONE_OF_MORE.finditer(text):
        yield "phone", match.start(), match.end()
    # Numbers of other countries; for those of here it takes months and dates for phones too.
    for phone in phonenumbers.PhoneNumberMatcher(text, None):
        yield "phone", phone.start, phone.end
    for match in SAID_PHONE.finditer(plain):
        said = re.findall(r"[a-z]+", match[0])
        if len(said) >= SPOKEN_IN_WORDS and len(said) + len(DIGIT.findall(match[0])) >= SPOKEN:
            yield "phone", match.start(), match.end()


def _kind_of(written: str) -> str | None:
    """What a run of figures is, told by its length, its groups and how numbers are given out."""
    if sum(character.isdigit() for character in written) < 3 or MONEY.fullmatch(written):
        return None
    groups = [len(group) for group in re.findall(r"[\doO]+", written)]
    digits = re.sub(r"\D", "", written.replace("o", "0").replace("O", "0"))
    if DATE.search(written) or HOTLINE.match(digits) or not _evenly_grouped(groups):
        return None
    if len(digits) == PAPER_DIGITS and digits.startswith("0"):
        return "id_number"
    if written.startswith("+") or digits.startswith("84"):
        return "phone" if _is_given_out(f"+{digits}") else None
    if digits.startswith("0"):
        return "phone" if len(digits) in PHONE_DIGITS else None
    # Without its first nought it is a phone only where it would be one with it.
    if len(digits) == PHONE_DIGITS[0] and len(groups) <= 3:
        return "phone" if _is_given_out(f"+84{digits}") else "id_number"
    return None


def _evenly_grouped(groups: list[int]) -> bool:
    """A phone is in equal pieces or in pieces of some length; "0 6 12 18 24" are months."""
    return len(set(groups)) == 1 or (min(groups[1:]) >= 2 and sum(groups) / len(groups) > 2)


def _is_given_out(international: str) -> bool:
    try:
        number = phonenumbers.parse(international)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_possible_number(number)
