"""Several questions in one message, and questions that lean on the one before, on real parts."""

import pytest

from tests.whole.parent import Parent

pytestmark = [pytest.mark.django_db(databases=[]), pytest.mark.timeout(400)]


def test_two_questions_in_one_message_are_both_answered(parent: Parent) -> None:
    parent.agrees()
    parent.says("con 3 tuổi còn đái dầm ban đêm, với lại hay chảy máu cam thì làm sao ạ")
    parent.hears("Về chuyện “con 3 tuổi còn đái dầm ban đêm”")
    parent.hears("Về chuyện “hay chảy máu cam thì làm sao ạ”")
    parent.hears("Bé chảy máu cam")
    parent.presses("Bé chảy máu cam")
    parent.hears("cánh mũi")


def test_a_follow_up_keeps_the_topic_and_another_age_changes_the_answer(parent: Parent) -> None:
    parent.agrees()
    parent.says("bé 1 tuổi biết làm gì ạ")
    parent.hears("")
    parent.says("thế còn 2 tuổi thì sao?")
    parent.hears("2 tuổi")
    parent.says("khi nào đi khám ạ")
    parent.hears("Khi nào cần đi khám")
    parent.says("thuốc hạ sốt cho bé cần lưu ý gì")
    parent.hears("hạ sốt")
    parent.says("uống bao nhiêu ml")
    parent.hears("dược sĩ")
