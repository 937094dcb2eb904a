"""Scopes as spaCy spans: which words they are, how far each reaches, and what they take back."""

import pytest

from bot.nlu.normalise import normalise
from bot.nlu.screen.lexicon import LexiconError, index_of, read_lexicon
from bot.nlu.screen.rules import find_signs, read
from bot.nlu.screen.scopes import REACHES, takes_back


def scopes(text: str) -> set[str]:
    return {span.label_ for span in read(normalise(text)).spans["scopes"]}


def taken_back(text: str) -> set[str | None]:
    return {finding.cancelled for finding in find_signs(text)}


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("năm ngoái bé bị co giật", "past"),
        ("hom no be bi co giat", "past"),
        ("giờ cháu khoẻ rồi", "settled"),
        ("dấu hiệu mất nước là gì", "question"),
        ("em soạn bài truyền thông về đuối nước", "question"),
        ("tự nhiên đang chơi thì ngã", "actual"),
        ("nghe nói bên xã kia có bé bị hóc", "other"),
        ("coi tivi thấy cảnh đó", "fiction"),
        ("con mèo nhà em nuốt cục pin", "pet"),
        ("con bê bỏ bú", "pet"),
        ("co nen danh con khong", "question"),
        ("đánh răng cho bé", "idiom"),
        ("bé chưa hề sốt", "negation"),
    ],
)
def test_scopes_are_spans_that_name_what_was_said(text: str, scope: str) -> None:
    assert scope in scopes(text)


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("cho con bu bi sac sua, moi tim tai", "pet"),
        ("con bo bu tu sang", "pet"),
        ("bé rơi từ gác xuống", "stop"),
        ("con hóc hạt na, về nhà thở rít", "question"),
        ("bé cứ kích động rồi ngất", "fiction"),
        ("bé truyền nước ở viện rồi co giật", "fiction"),
        ("sơ cứu sao đây, con bất tỉnh", "actual"),
        ("bé co giật có nên đè lại không", "question"),
    ],
)
def test_words_of_other_marks_are_no_scope(text: str, scope: str) -> None:
    """Folded letters once made "rơi" a "rồi", "hóc" a "học" and "cho con" a puppy."""
    assert scope not in scopes(text)


def test_a_scope_ends_with_its_sentence_where_the_file_says_so() -> None:
    assert taken_back("Hồi nhỏ anh nó cũng bị co giật.") == {"past"}
    assert taken_back("Hồi nhỏ anh nó khỏe lắm. Còn em nó co giật rồi.") == {None}


def test_a_story_holds_for_the_whole_message() -> None:
    assert taken_back("Xem phim sợ quá. Thằng nhỏ co giật rồi chết.") == {"fiction"}


def test_a_negation_reaches_four_words_and_no_further_than_a_pause() -> None:
    assert taken_back("bé không hề có bị co giật") == {"negation"}
    assert taken_back("bé không ăn, co giật") == {None}
    assert taken_back("bé không sốt nhưng co giật") == {None}


def test_a_sign_that_is_a_negation_itself_is_not_negated() -> None:
    assert None in taken_back("bé không thở")


def test_hearsay_takes_back_an_emergency_but_not_what_is_done_to_a_child() -> None:
    assert taken_back("nghe kể có bé bị hóc hạt nhãn") == {"other"}
    assert None in taken_back("nghe nói bé đó hay bị bố dượng đánh bầm tím")
    assert None in taken_back("nghe kể thôi, mà nay con em đang co giật")


@pytest.mark.parametrize(
    ("words", "expected"),
    [("bé chưa hề", True), ("chưa ăn gì, bé", False), ("sáng nay bé bị", False), ("", False)],
)
def test_words_before_a_number_are_judged_the_same(words: str, expected: bool) -> None:
    assert takes_back(words) is expected


def test_the_screen_is_a_pipeline_of_spacy() -> None:
    from bot.nlu.screen.rules import screening

    assert screening().pipe_names == ["sentencizer", "mam_signs", "mam_scopes"]


def test_every_scope_of_the_file_says_how_far_it_reaches() -> None:
    assert {entry["reach"] for entry in read_lexicon("scopes").values()} <= set(REACHES)


def test_a_line_that_cannot_be_read_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = {"past": {"reach": "sentence", "say": ["(a|)"]}}
    monkeypatch.setattr("bot.nlu.screen.lexicon.read_lexicon", lambda _: broken)
    with pytest.raises(LexiconError, match=r"scopes\.yml: past"):
        index_of.__wrapped__("scopes")


CALF = "Con bê nhà tui mới đẻ được ba bữa thì bỏ bú."


@pytest.mark.parametrize(
    ("text", "cancelled"),
    [
        (f"{CALF} Thằng con tui sáu tuổi cứ hỏi bê đi mô rồi", "pet"),
        (f"{CALF} Chừ tới lượt em bé cũng không chịu bú", None),
        ("Bé nhà em hai mươi ngày bỏ bú từ sáng. Con mèo thì vẫn ăn", None),
        ("Bé nhà em hai mươi ngày bỏ bú, con chó con cũng bỏ bú", None),
    ],
)
def test_who_does_not_feed_is_told_sentence_by_sentence(text: str, cancelled: str | None) -> None:
    found = [f for f in find_signs(text) if f.sign == "cannot_drink" and f.is_counted]
    assert [finding.cancelled for finding in found] == [cancelled]
