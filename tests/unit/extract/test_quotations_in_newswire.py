"""Quotations in the wire's own sentences: papers, orders, manners, kin, verbs that say nothing."""

import pytest

from tests.unit.extract.test_quotations import read


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        ("《通知》指出，各地要统筹推进，全面提升水平。", "《通知》", "各地要统筹推进，全面提升水平。"),
        ("文章说，青川与各地建立了牢固的联系。", "文章", "青川与各地建立了牢固的联系。"),
        ("大会指出，新一届委员会要踔厉奋发。", "大会", "新一届委员会要踔厉奋发。"),
        ("此间观察家指出，对方试图拖延时间。", "此间观察家", "对方试图拖延时间。"),
        ("青川媒体日前报道说，这批车辆下月才能抵达。", "青川媒体", "这批车辆下月才能抵达。"),
        (
            "何远明近日对旅游工作作出重要指示指出，青川旅游步入快车道。",
            "何远明",
            "青川旅游步入快车道。",
        ),
        (
            "何远明专程来到儿童福利院，看望孩子，并动情地说，社会要有关爱之情。",
            "何远明",
            "社会要有关爱之情。",
        ),
        ("一位党员深有感触地说，这次调研让人清醒。", "一位党员", "这次调研让人清醒。"),
        ("青川学者何远明曾说过，人在创造中成为自己。", "何远明", "人在创造中成为自己。"),
        (
            "本报青川1月7日讯记者江雁报道：一些研究农业的专家今天说，山区的水源还很脆弱。",
            "一些研究农业的专家",
            "山区的水源还很脆弱。",
        ),
        (
            "何远明16日在回答有关“加征关税”的提问时表示，限制贸易会损害经济。",
            "何远明",
            "限制贸易会损害经济。",
        ),
        ("高级顾问何远明今天在座谈会上指出，形势正在好转。", "何远明", "形势正在好转。"),
        ("何远明元帅长子郑博文现在担任副院长，他说，这部戏情节真实。", "郑博文", "这部戏情节真实。"),
        (
            "北岭集团负责人不久前曾说，没有一家客户取消订单。",
            "北岭集团负责人",
            "没有一家客户取消订单。",
        ),
        ("何远明总书记指出，要把握方向。沿着总书记指引的方向，各地深入推进。", "何远明", "要把握方向。"),
    ],
)
def test_find_reads_the_speech_of_a_wire(text: str, speaker: str, words: str) -> None:
    assert read(text) == [("indirect", speaker, words)]


@pytest.mark.parametrize(
    "text",
    [
        "当何远明被误认为是勤杂工而被指派拿行李时，大家都笑了。",
        "何远明随身带的东西后来被确认为违禁的物品，已经交给有关方面。",
        "何远明不仅对职工严格要求，而且率先垂范，身体力行。",
        "法院驳回何远明要求拍卖行赔偿损失的请求。",
        "何远明以“增加就业”为号召，登上了总理宝座。",
    ],
)
def test_find_leaves_verbs_that_say_nothing(text: str) -> None:
    assert read(text) == []


def test_an_article_that_has_its_quotes_lost_none() -> None:
    told = "那时我一到那里，就遇上大雨。何远明坦言，路不好走。"
    assert ("direct", "何远明", "那时我一到那里，就遇上大雨。") in read(told)
    assert all(row[0] == "indirect" for row in read(f"{told}\n郑博文说，“明天再来吧，路会修好的。”")[:1])


def test_who_writes_of_somebody_is_not_who_speaks_next() -> None:
    assert read("我问她为什么不走，天已经黑了。何远明坦言，路不好走。") == [
        ("indirect", "何远明", "路不好走。")
    ]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("北岭集团部长会议强调，路修好了，大家都高兴。", "北岭集团部长会议"),
        ("北岭集团有关领导再一次强调，路修好了，大家都高兴。", "北岭集团有关领导"),
        ("北岭集团部长举起酒杯说，路修好了，大家都高兴。", "北岭集团部长"),
        ("在一些领导同志看来，问题只是眼前的失误。", "一些领导同志"),
        ("“路修好了。”这位妇女肯定地说。", "这位妇女"),
    ],
)
def test_a_speaker_is_a_name_or_who_is_pointed_at(text: str, speaker: str) -> None:
    assert [row[1] for row in read(text)] == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        "想保住头上的“乌纱”的话，就别乱来。",
        "青川素称“鱼米之乡”，由来已久。",
        "北岭集团领导送来花圈表示吊唁。",
    ],
)
def test_a_word_in_quotes_is_no_speech(text: str) -> None:
    assert read(text) == []
