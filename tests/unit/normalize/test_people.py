"""Staff, authors and photographers in the forms that papers print, and with spaces of damage."""

import pytest

from tests.normalizing import as_frames

HEAD = "把项目建设抓紧抓实\n"
BODY = "东江市昨日召开现场会，部署今年的春耕生产工作。会议要求各地抓紧备耕，落实责任。两百多人参加会议。"


@pytest.mark.parametrize(
    ("page", "names"),
    [
        (f"{HEAD}{BODY}（陶 然）", {"陶然"}),
        (f"{HEAD}{BODY}(农晓燕 揭小雨)", {"农晓燕", "揭小雨"}),
        (f"{HEAD}{BODY} （本报记者 覃 大山 曼谷报道）", {"覃大山"}),
        (f"{HEAD}{BODY}（记 者 岑山 通讯员 李大海 王 小山）", {"岑山", "李大海", "王小山"}),
        (f"{HEAD}本报讯（通讯 员 岑山）{BODY}", {"岑山"}),
        (f"{HEAD}本报讯（记者 岑 大山 实习生 许愿）{BODY}", {"岑大山", "许愿"}),
        (f"{HEAD}■ 岑 山\n{BODY}", {"岑山"}),
        (f"{HEAD}本报记者 岑山 发自上海\n{BODY}", {"岑山"}),
        (f"{HEAD}本报记者岑山、通讯员许愿报道 {BODY}", {"岑山", "许愿"}),
        (f"{HEAD}本报记者 古丽·买买提\n{BODY}", {"古丽·买买提"}),
        (f"{HEAD}{BODY}\n图为春耕现场。 岑山 许愿 摄影报道", {"岑山", "许愿"}),
        (f"{HEAD}{BODY}\n▲春耕现场。（图片由岑山提供）", {"岑山"}),
        (f"{HEAD}{BODY}\n图为春耕现场 本报记者 岑山/摄", {"岑山"}),
        (f"{HEAD}{BODY}\n图为春耕现场。 本报记者 岑山 摄明年还将建成两个园区。", {"岑山"}),
        (f"{HEAD}{BODY}\n责编 岑山｜版面统筹 许 多愿｜责校 欧阳山", {"岑山", "许多愿", "欧阳山"}),
        (f"{HEAD}{BODY}\n[责任编辑：岑山]", {"岑山"}),
        (f"{HEAD}{BODY}\n本版主编：岑山 E-mail：abc@example.com 热线：0888-8123456", {"岑山"}),
        (f"海原日报 03 要闻 2024年5月6日 星期一 编辑/岑 山 组版/许 多愿\n{HEAD}{BODY}", {"岑山", "许多愿"}),
        (f"{HEAD}{BODY}（巴尔斯）", {"巴尔斯"}),
        (f"{HEAD}{BODY}\n春耕现场的一角。 读者 阿昌 供图", {"阿昌"}),
        (f"海原日报 2024年5月6日 星期一 外经 责编\n岑 大 山 电话0888-8123456\n{HEAD}{BODY}", {"岑大山"}),
        (f"海原经济报\n本版编辑 岑 山　美编 许\n愿\n{HEAD}{BODY}", {"岑山", "许愿"}),
        (f"{HEAD}{BODY}（下 文/图）", set()),
        (f"{HEAD}{BODY}\n（记者 岑　山 文/图）", {"岑山"}),
        (f"{HEAD}文/本报记者 岑山 图/受访者提供\n{BODY}", {"岑山"}),
        (f"{HEAD}{BODY}\n海原车间的一角。（资料图片）", set()),
        (f"编辑 岑山 视觉 许多愿　海原都市报　04 产教\n{HEAD}{BODY}", {"岑山", "许多愿"}),
        (f"{HEAD}{BODY}\n海原新闻 2 版　　值班编委 岑山　编辑 许愿　E-mail:x@××.cn", {"岑山", "许愿"}),
        (f"{HEAD}{BODY}\n海原日报 责编：岑山 美编：许愿 02", {"岑山", "许愿"}),
        (f"{HEAD}{BODY}\n责任编辑：岑山　版式策划：许愿　图片：记 者苏日", {"岑山", "许愿"}),
        (f"{HEAD}本报讯 记者 岑大山 3月20日，{BODY}", {"岑大山"}),
        (f"{HEAD}本报讯 通讯员 岑　山 昨天，{BODY}", {"岑山"}),
        (f"{HEAD}本报讯（岑　山）{BODY}", {"岑山"}),
        (f"{HEAD}（通讯员 相里红）{BODY}", {"相里红"}),
        (f"{HEAD}新东江·东江日报记者　岑大山\n{BODY}", {"岑大山"}),
        (f"海原晚报 2024年5月6日 星期一\n□责任编辑 岑大山　□版式 许愿\n{HEAD}{BODY}", {"岑大山", "许愿"}),
        (f"{HEAD}{BODY}\n▲春耕现场。 受访者供图", set()),
        (f"{HEAD}{BODY}（本报综合）", set()),
        (f"{HEAD}{BODY}（谌 山 皮大愿）", {"谌山", "皮大愿"}),
        (f"海原早报　2　综合\n编辑：岑　文　　　　校读：许　图\n{HEAD}{BODY}", {"岑文", "许图"}),
        (f"03 要闻 2024年5月6日 星期一\n编辑 岑山 校对 许多愿 海原日报\n{HEAD}{BODY}", {"岑山", "许多愿"}),
        (f"2024年5月6日 星期一 编辑/岑山 美编/许愿 读者热线 96123\n{HEAD}{BODY}", {"岑山", "许愿"}),
        (f"电话：0888－81××123　编辑：岑山　校读：许 愿\n{HEAD}{BODY}", {"岑山", "许愿"}),
        (f"□责任编辑 岑山　□版式 许愿\n{HEAD}{BODY}", {"岑山", "许愿"}),
        (f"编 辑 岑 山　　视 觉 许多愿\n{HEAD}{BODY}", {"岑山", "许多愿"}),
        (f"主编 岑山 ‖ 编辑 许愿 ‖ 校对 檀香\n{HEAD}{BODY}", {"岑山", "许愿", "檀香"}),
        (f"编辑：令狐 敏　　美编：郜 晨\n{HEAD}{BODY}", {"令狐敏", "郜晨"}),
        (f"本版编辑　云 格日勒　　制图　甄 妮\n{HEAD}{BODY}", {"云格日勒", "甄妮"}),
        (f"责任编辑　岑 山　　　　招商视点　海原时报　5\n{HEAD}{BODY}", {"岑山"}),
        (f"{HEAD}本报讯（岑山）{BODY}", {"岑山"}),
        (f"{HEAD}{BODY} （岑山 通讯员 季蓉）", {"岑山", "季蓉"}),
        (f"{HEAD}新海原·海原日报记者　岑山\n{BODY}", {"岑山"}),
        (f"{HEAD}{BODY}\n↑ 农机手在田间作业 岑 山摄", {"岑山"}),
        (f"{HEAD}{BODY}\n海原锂业的生产线。　　受访者供图", set()),
        (f"{HEAD}{BODY}\n■短讯\n{BODY}", set()),
    ],
)
def test_credits_name_everyone_and_nothing_else(page: str, names: set[str]) -> None:
    assert set(as_frames(page)["credits"]["name"]) == names


def test_two_photographers_stay_two_on_a_damaged_page() -> None:
    page = f"{HEAD}今天，东江 市召开现 场会，部署春 耕生产。\n图为春耕现场。 岑大山 许愿 摄"
    assert {"岑大山", "许愿"} <= set(as_frames(page)["credits"]["name"])
