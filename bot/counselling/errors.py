"""Errors of counselling.

CounsellingError
├── CaseClaimed      a colleague was first
├── NotAssignee      the case is somebody else's
│   └── NotClaimed   the case was given to them, and they have not taken it yet
├── MayNotAssign     only its holder or a supervisor gives away a case that is held
├── CannotHold       whoever it is given to is no counsellor
├── ReasonMissing    a refusal says why
├── ParentHasWritten the parent wrote something that the holder has not been shown
├── NotInFuture      a case is snoozed until a moment that is to come
├── NotARaise        a case is raised to a higher priority, never lowered
├── SecondIsFirst    the second reader is another person than the holder
├── SupportAnswered  a colleague has seen to it already
├── ArticleGone      an article is not in the library any more
├── NoSuchKind       services.yml knows no such kind of service
└── CaseIsClosed     nothing can be done to it any more
"""


class CounsellingError(Exception):
    """Base; `user_message` is for counsellors."""

    user_message = "Không làm được việc này với ca."


class CaseClaimed(CounsellingError):
    user_message = "Một đồng nghiệp vừa nhận ca này trước."


class NotAssignee(CounsellingError):
    user_message = "Ca này do người khác phụ trách. Hãy nhận ca trước khi trả lời."


class NotClaimed(NotAssignee):
    user_message = "Ca này được giao cho anh/chị nhưng chưa nhận. Hãy nhận ca trước khi trả lời."


class MayNotAssign(CounsellingError):
    user_message = "Ca này đang có người phụ trách. Chỉ người đó hoặc giám sát giao lại được."


class CannotHold(CounsellingError):
    user_message = "Tài khoản này không phụ trách ca được. Hãy chọn một tư vấn viên."


class ReasonMissing(CounsellingError):
    user_message = "Hãy ghi lý do, để người nhận sau hiểu."


class ParentHasWritten(CounsellingError):
    user_message = "Ba mẹ vừa nhắn thêm. Hãy đọc tin mới rồi làm lại."


class NotInFuture(CounsellingError):
    user_message = "Hãy chọn một lúc sau bây giờ và trong vòng 90 ngày."


class NotARaise(CounsellingError):
    user_message = "Ca này đã ở mức đó hoặc cao hơn."


class SecondIsFirst(CounsellingError):
    user_message = "Người đọc thứ hai phải khác người phụ trách."


class SupportAnswered(CounsellingError):
    user_message = "Một đồng nghiệp đã đến giúp rồi."


class ArticleGone(CounsellingError):
    user_message = "Bài này không còn trong thư viện."


class NoSuchKind(CounsellingError):
    user_message = "Danh mục không có loại dịch vụ này."


class CaseIsClosed(CounsellingError):
    user_message = "Ca này đã đóng."
