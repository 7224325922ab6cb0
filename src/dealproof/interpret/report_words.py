"""The words of which the captions and headings of a report's own tables are made.

A list of what can mean another's is never whole; what a report calls its own tables is much the same with everybody. So a
caption that has any other word is asked about, once, before the figures under it are taken.
"""

from __future__ import annotations

import re

from dealproof.text import squeeze

#: What a report speaks of, what happens to it, and what is measured, in this order.
_WORDS = """
信贷 基础资产池 贷款池 债权池 资产包 资产池 基础资产 底层资产 标的资产 入池 资产 贷款 债权 应收账款 租赁 租金 消费 小微 微小 中小 企业 个人 经营性 经营 汽车 住房 抵押 不良 信用卡 账单
分期 普惠 个体工商户 信托财产 信托 证券 票据 专项计划 计划 资产支持 支持 优先级 优先 次优先 次级 夹层级 夹层 中间级 劣后级 劣后 档次 各档
档 级 收益 权益 持有人 借款人 债务人 客户 产品 账户 资金 现金流 税收 税费 费用 支出 收入 收支 回收款 项 对价 人民币 加速清偿 受托机构报告
受托报告 资产服务报告 信托报告

承租人 承租方 合同 借据 订单 保理 应收 进展 进度

违约 逾期 拖欠 早偿 提前 还款 偿还 偿付 清偿 回收 回款 收回 催收 处置 核销 清收 损失 结清 到期 新增 累计 当前 最近 近 个 严重 存续 运行 运营 管理 履约
分配 兑付 支付 付息 还本 本息 循环购买 持续购买 购买 循环 持续 受让 投资 归集 收款 收付 计息 计算 重大 披露 说明 分析 监测 对比 比较 跟踪

分配方案 兑付方案 付息方案 迁徙 阶段 最终 清算 情况 状况 状态 表现 概况 概述 概要 概览 总览 信息 统计 特征 数据 指标 要素 主要 关键 核心 重要 基本 总体 整体 综合 详细 明细 汇总 一览 质量 分布 结构
构成 分类 五级 风险 信用 变化 变动 走势 趋势 滚动 本金 余额 利息 笔数 户数 金额 规模 比例 比率 占比 率 数值 名称 序号 单位 内容 项目 未偿付 未偿 剩余 加权
平均 利率 期限 面额 每 逐 历史 历期 各期 报告期 报告 期间 期末 期初 末 初 截至 截止 之日 以来 成立 设立 生效 自 起 止 至 未结清 未到期 涉及 包含 本期 当期 本 当 该 各 按 及 和
与 的 之 等 其 中 后 表 图 附件 附录 附表 附 续 第 部分 章 节 篇 横版 竖版 季度 半年 年度 年 季 月 日 期 次 元 万 亿 总 共 为 在 内 于
"""
_KNOWN = re.compile("|".join(sorted(re.findall(r"\S+", _WORDS), key=len, reverse=True)))
_COUNTED = re.compile(r"[一二三四五六七八九十百零〇○壹贰叁肆伍陆柒捌玖拾\d]+")
_ROMAN = re.compile(r"^(?:[IVX]{1,4}(?=[、.一-龥])|[甲乙丙丁戊己庚辛]、)")
#: The English words that stand behind the Chinese ones of a caption in two languages.
_ENGLISH = re.compile(
    r"(?:thispayment|asset|assets|pool|pools|loan|loans|portfolio|default|defaults|delinquency|delinquencies|recovery|recoveries"
    r"|cumulative|performance|status|summary|overview|statistics|characteristics|information|data|distribution|distributions|payment"
    r"|payments|notes?|securities|tranches?|class|interest|principal|balance|collections?|cash|flows?|fees?|expenses?|accounts?"
    r"|period|current|key|dates?|trust|triggers?|events?|parties|purchases?|revolving|rmb|cny|of|the|and|on|for|&|-)+",
    re.IGNORECASE,
)
_LEFT = re.compile(r"[一-龥]|[A-Za-z]{2,}")
_LATIN = re.compile(r"[A-Za-z&-]{3,}")


def _unless_english(found: re.Match[str]) -> str:
    return " " if _ENGLISH.fullmatch(found.group()) else found.group()


def unknown_words(text: str) -> str:
    """What is left of a caption or heading without the words of a report's own tables, numbers and signs; '' for nothing."""
    left = _KNOWN.sub(" ", _LATIN.sub(_unless_english, _ROMAN.sub("", squeeze(text))))
    return "".join(_LEFT.findall(_COUNTED.sub(" ", left)))
