"""Errors of counselling.

CounsellingError
├── CaseClaimed      a colleague was first
├── NotAssignee      the case is somebody else's
└── CaseIsClosed     nothing can be done to it any more
"""


class CounsellingError(Exception):
    """Base; `user_message` is for counsellors."""

    user_message = "Không làm được việc này với ca."


class CaseClaimed(CounsellingError):
    user_message = "Một đồng nghiệp vừa nhận ca này trước."


class NotAssignee(CounsellingError):
    user_message = "Ca này do người khác phụ trách. Hãy nhận ca trước khi trả lời."


class CaseIsClosed(CounsellingError):
    user_message = "Ca này đã đóng."
