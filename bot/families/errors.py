"""FamiliesError
├── UnknownConsent     neither of the two answers
└── ImplausibleChild   a birth date in the future or too long ago, too many weeks early
"""


class FamiliesError(Exception):
    """Something about a family that cannot be done."""

    user_message = "Chưa làm được việc này."


class UnknownConsent(FamiliesError):
    user_message = "Câu trả lời này không phải là một trong hai lựa chọn."


class ImplausibleChild(FamiliesError):
    user_message = "Ngày sinh hoặc số tuần sinh sớm chưa hợp lý, ba mẹ xem lại giúp."
