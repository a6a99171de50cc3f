"""What the log calls an action, in the reader's words; the code itself stays for filters and exports."""

from __future__ import annotations

from liandong.errors import Text
from liandong.office.audit import project_words
from liandong.office.shell.language import say

ACTIONS = {
    **project_words.ACTIONS,
    "accounts.archive": Text("停用账号", "account archived"),
    "accounts.change": Text("修改账号", "account changed"),
    "accounts.create": Text("建立账号", "account made"),
    "accounts.enter": Text("登录", "signed in"),
    "accounts.leave": Text("退出", "signed out"),
    "accounts.password_change": Text("修改密码", "password changed"),
    "accounts.password_reset": Text("重置密码", "password reset"),
    "accounts.recovery_code": Text("使用恢复码", "recovery code used"),
    "accounts.refused": Text("登录被拒", "sign-in refused"),
    "accounts.second_factor": Text("两步验证变更", "second factor changed"),
    "assessment.scheme": Text("修改考核办法", "scheme of assessment changed"),
    "assessment.share": Text("登记利益共享", "sharing agreed"),
    "assessment.target": Text("下达年度目标", "target of a year set"),
    "chains.plan": Text("修改规划", "plan changed"),
    "events.answer": Text("会谈推荐答复", "suggestion answered"),
    "events.answer_invitation": Text("邀请答复", "invitation answered"),
    "events.check_in": Text("签到", "checked in"),
    "events.done": Text("跟进办结", "follow-up done"),
    "events.follow_up": Text("布置跟进", "follow-up set"),
    "events.import": Text("建立活动", "event made"),
    "events.invite": Text("邀请参会", "invited"),
    "events.order": Text("调整签约顺序", "order of signing changed"),
    "events.publish": Text("发布排期", "schedule published"),
    "events.run": Text("会谈排期", "meetings scheduled"),
    "events.sign": Text("列入签约名单", "put on the signing list"),
    "events.stand_in": Text("更换带队人", "stand-in named"),
    "events.suggest": Text("推荐会谈", "meetings suggested"),
    "events.unsign": Text("移出签约名单", "taken off the signing list"),
    "events.wish": Text("登记会谈意愿", "wish kept"),
    "firms.classify": Text("补充行业分类", "firms classified"),
    "firms.follow": Text("关注企业", "firm followed"),
    "firms.import": Text("导入企业", "firms imported"),
    "firms.judge": Text("判断重复企业", "duplicate judged"),
    "firms.judge_undo": Text("撤回重复判断", "judgement of a duplicate taken back"),
    "firms.note": Text("联系记录", "contact noted"),
    "firms.tag": Text("加标签", "tag added"),
    "firms.undo": Text("撤回导入", "import taken back"),
    "firms.untag": Text("去标签", "tag removed"),
    "jobs.cancel": Text("停止任务", "job stopped"),
    "jobs.queue": Text("提交任务", "job queued"),
    "jobs.restart": Text("重新开始任务", "job started again"),
    "library.accept": Text("采信事实", "facts accepted"),
    "library.add": Text("添加资料", "page added"),
    "library.review": Text("核对事实", "fact reviewed"),
    "me.view_drop": Text("删除视图", "view removed"),
    "me.view_save": Text("保存视图", "view saved"),
    "parks.assign": Text("项目选址", "projects sited"),
    "parks.check": Text("核验控制指标", "control value checked"),
    "parks.condition": Text("准入条件办结", "condition met"),
    "parks.edit": Text("修改园区或地块", "park or parcel changed"),
    "parks.import": Text("导入园区表", "park sheet imported"),
    "parks.needs": Text("填写项目用地需求", "needs of a project kept"),
    "parks.place": Text("选定地块", "project placed"),
    "parks.release": Text("退出地块", "parcel given up"),
    "parks.run": Text("选址测算", "round of siting"),
    "parks.undo": Text("撤回园区表", "park sheet taken back"),
    "programmes.apply": Text("登记政策申报", "application kept"),
    "programmes.decide": Text("政策申报结果", "application decided"),
    "programmes.load": Text("导入政策", "programmes loaded"),
    "targets.decide": Text("靶向企业决定", "decision on a target"),
    "tokens.issue": Text("签发令牌", "token issued"),
    "tokens.revoke": Text("吊销令牌", "token revoked"),
}
SUBJECTS = {
    "assessment": Text("考核", "assessment"),
    "programmes": Text("政策", "programmes"),
    "accounts": Text("账号", "accounts"),
    "audit": Text("审计日志", "audit log"),
    "chains": Text("产业链", "chains"),
    "city": Text("城市", "city"),
    "events": Text("活动", "events"),
    "firms": Text("企业", "firms"),
    "leads": Text("线索", "leads"),
    "library": Text("资料", "library"),
    "parks": Text("园区", "parks"),
    "projects": Text("项目", "projects"),
    "targets": Text("靶向企业", "targets"),
}


def action_words(action: str) -> str:
    """An action in words: 核对事实; fact reviewed. The code where there is no word for it."""
    subject, _, verb = action.partition(".")
    if verb == "export" and subject in SUBJECTS:
        return say(Text(f"导出:{SUBJECTS[subject].zh}", f"export: {SUBJECTS[subject].en}"))
    return say(ACTIONS[action]) if action in ACTIONS else action
