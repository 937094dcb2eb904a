"""What a line without marks may mean is read as parents mean it: about a child."""

import pytest

from bot.nlu.restore import restore


@pytest.mark.parametrize(
    ("bare", "meant"),
    [
        ("be sot", "bé sốt"),
        ("be bi ho", "bé bị ho"),
        ("be sot co giat", "bé sốt co giật"),
        ("bo bu", "bỏ bú"),
        ("bo con hay say", "bố con hay say"),
        ("bo chau di lam xa", "bố cháu đi làm xa"),
        ("be biet bo chua", "bé biết bò chưa"),
        ("cho be an bo duoc chua", "cho bé ăn bơ được chưa"),
        ("sua bo", "sữa bò"),
        ("me oi con sot", "mẹ ơi con sốt"),
        ("me chong em", "mẹ chồng em"),
        ("bo me chau", "bố mẹ cháu"),
        ("ba thang tuoi", "ba tháng tuổi"),
        ("ba ngoai trong chau", "bà ngoại trông cháu"),
        ("ba me oi", "ba mẹ ơi"),
        ("ba bau", "bà bầu"),
    ],
)
def test_a_bare_line_is_read_in_the_domain(bare: str, meant: str) -> None:
    assert restore(bare) == meant
