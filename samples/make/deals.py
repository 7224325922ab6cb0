"""The fictional deals. Institutions bear real names; everything else is invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from samples.make.model import Deal, Tranche, periods

D = Decimal


def credit_micro() -> Deal:
    """Static micro-loan deal of the credit market, two agencies."""
    deal = Deal(
        "禾盈2024-2", "禾盈2024年第二期微小企业贷款资产支持证券", "禾盈2024年第二期微小企业贷款资产证券化信托", "credit_abs", "micro_loan",
        date(2024, 3, 1), date(2024, 5, 9), date(2024, 5, 24), date(2024, 7, 26), date(2029, 1, 26),
        (
            Tranche("优先A1", "优先A1级", "senior", D("1500000000"), "fixed", "2.05", "固定摊还", date(2024, 12, 26), ("AAAsf", "AAAsf")),
            Tranche("优先A2", "优先A2级", "senior", D("680000000"), "fixed", "2.18", "过手摊还", date(2025, 6, 26), ("AAAsf", "AAAsf")),
            Tranche("优先B", "优先B级", "mezzanine", D("190000000"), "fixed", "2.60", "过手摊还", date(2025, 9, 26), ("AA+sf", "AAsf")),
            Tranche("次级", "次级", "subordinated", D("330000000"), "none", "", "过手摊还", date(2026, 3, 26)),
        ),
        D("2700006421.88"), 6120, 5688,
        (
            ("发起机构/贷款服务机构", "浙江泰隆商业银行股份有限公司"), ("受托机构/发行人", "华润深国投信托有限公司"), ("资金保管机构", "浙商银行股份有限公司"),
            ("牵头主承销商/簿记管理人", "中信建投证券股份有限公司"), ("联席主承销商", "华泰证券股份有限公司"), ("信用评级机构", "联合资信评估股份有限公司"),
            ("信用评级机构", "中债资信评估有限责任公司"), ("登记托管机构/支付代理机构", "中央国债登记结算有限责任公司"), ("法律顾问", "北京市中伦律师事务所"),
            ("会计顾问", "毕马威华振会计师事务所（特殊普通合伙）"),
        ),
        seed=7,
    )  # fmt: skip
    return replace(deal, periods=periods(deal, 6))


def exchange_micro() -> Deal:
    """Revolving micro-loan plan of the exchange market."""
    deal = Deal(
        "嘉禾普惠2025-2", "国泰海通-嘉禾普惠2025年第2期小微贷款资产支持专项计划", "国泰海通-嘉禾普惠2025年第2期小微贷款资产支持专项计划", "exchange_abs",
        "micro_loan", date(2025, 2, 28), date(2025, 3, 21), date(2025, 4, 11), date(2025, 8, 26), date(2028, 4, 26),
        (
            Tranche("优先A", "优先A级资产支持证券", "senior", D("656000000"), "fixed", "1.95", "到期还本", date(2026, 4, 26), ("AAAsf",), "261101.SH"),
            Tranche("优先B", "优先B级资产支持证券", "mezzanine", D("72000000"), "fixed", "2.35", "过手摊还", date(2026, 7, 26), ("AA+sf",), "261102.SH"),
            Tranche("次级", "次级资产支持证券", "subordinated", D("72000000"), "none", "", "过手摊还", date(2027, 4, 26), (), "261103.SH"),
        ),
        D("800001356.20"), 20480, 19211,
        (
            ("原始权益人", "华鑫国际信托有限公司"), ("资产提供方/资产服务机构", "重庆美团三快小额贷款有限公司"), ("计划管理人", "国泰海通证券股份有限公司"),
            ("托管人", "北京银行股份有限公司"), ("评级机构", "中诚信国际信用评级有限责任公司"), ("法律顾问", "北京市金杜律师事务所"),
            ("登记托管机构", "中国证券登记结算有限责任公司"), ("监管银行", "招商银行股份有限公司"),
        ),
        seed=11,
    )  # fmt: skip
    return replace(deal, periods=periods(deal, 3, revolving=True, months=3))


def abn_micro() -> Deal:
    """Revolving micro-loan ABN without an institution in its series."""
    deal = Deal(
        "瑞穗2025-1", "华润深国投信托有限公司2025年度第一期瑞穗小微贷款资产支持票据", "华润深国投信托有限公司2025年度第一期瑞穗小微贷款资产支持票据", "abn",
        "micro_loan", date(2025, 1, 20), date(2025, 2, 14), date(2025, 2, 27), date(2025, 5, 15), date(2027, 11, 15),
        (
            Tranche("优先", "优先级", "senior", D("1230000000"), "fixed", "1.88", "过手", date(2026, 6, 15), ("AAAsf",), "082580101.IB"),
            Tranche("次优先", "次优先级", "mezzanine", D("120000000"), "fixed", "2.21", "过手", date(2026, 8, 15), ("AA+sf",), "082580102.IB"),
            Tranche("次级", "次级", "subordinated", D("150000000"), "none", "", "过手", date(2027, 5, 15), (), "082580103.IB"),
        ),
        D("1500002048.75"), 41200, 38765,
        (
            ("发起机构", "华润深国投信托有限公司"), ("发行载体管理机构", "华润深国投信托有限公司"), ("资产提供方", "浙江网商银行股份有限公司"),
            ("资产服务机构", "浙江网商银行股份有限公司"), ("资金保管机构", "兴业银行股份有限公司"), ("主承销商/簿记管理人", "中信银行股份有限公司"),
            ("信用评级机构", "东方金诚国际信用评估有限公司"), ("登记托管机构", "银行间市场清算所股份有限公司"),
        ),
        seed=13,
    )  # fmt: skip
    return replace(deal, periods=periods(deal, 3, revolving=True))


def auto_loan() -> Deal:
    """Static auto-loan deal with A级 and B级 and a long history."""
    deal = Deal(
        "驰远2022-1", "驰远2022年第一期个人汽车抵押贷款资产支持证券", "驰远2022年第一期个人汽车抵押贷款资产证券化信托", "credit_abs", "auto_loan",
        date(2022, 1, 1), date(2022, 3, 10), date(2022, 3, 25), date(2022, 5, 26), date(2027, 12, 26),
        (
            Tranche("优先A", "A级", "senior", D("2640000000"), "fixed", "2.70", "过手", date(2023, 8, 26), ("AAAsf",)),
            Tranche("优先B", "B级", "mezzanine", D("180000000"), "fixed", "3.10", "过手", date(2023, 11, 26), ("AA+sf",)),
            Tranche("次级", "次级", "subordinated", D("180000000"), "none", "", "过手", date(2025, 11, 26)),
        ),
        D("3000004117.36"), 38125, 38020,
        (
            ("发起机构", "上汽通用汽车金融有限责任公司"), ("贷款服务机构", "上汽通用汽车金融有限责任公司"), ("受托机构", "上海国际信托有限公司"),
            ("资金保管机构", "中国工商银行股份有限公司"),
        ),
        seed=17,
    )  # fmt: skip
    return replace(deal, periods=periods(deal, 32))


def consumer() -> Deal:
    """Revolving consumer-loan deal of the credit market."""
    deal = Deal(
        "和悦2025-1", "和悦2025年第一期个人消费贷款资产支持证券", "和悦2025年第一期个人消费贷款资产证券化信托", "credit_abs", "consumer_loan",
        date(2025, 1, 1), date(2025, 2, 20), date(2025, 3, 6), date(2025, 4, 26), date(2029, 4, 26),
        (
            Tranche("优先A", "优先A档", "senior", D("1680000000"), "fixed", "1.89", "过手", date(2026, 5, 26), ("AAAsf",), "082500321.IB"),
            Tranche("优先B", "优先B档", "mezzanine", D("120000000"), "fixed", "2.24", "过手", date(2026, 7, 26), ("AAsf",), "082500322.IB"),
            Tranche("次级", "次级档", "subordinated", D("200000000"), "none", "", "过手", date(2027, 6, 26), (), "082500323.IB"),
        ),
        D("2000003300.15"), 90410, 88120, (("受托机构", "中海信托股份有限公司"), ("发起机构", "招联消费金融股份有限公司")), seed=19,
    )  # fmt: skip
    return replace(deal, periods=periods(deal, 3, revolving=True))


def npl() -> Deal:
    """Non-performing loans: no default rate."""
    return Deal(
        "惠清2024-3", "惠清2024年第三期不良资产支持证券", "惠清2024年第三期不良资产证券化信托", "credit_abs", "npl",
        date(2024, 4, 1), date(2024, 7, 5), date(2024, 7, 19), date(2024, 10, 26), date(2029, 7, 26),
        (
            Tranche("优先", "优先档", "senior", D("164000000"), "fixed", "2.30", "过手", date(2026, 4, 26), ("AAAsf",)),
            Tranche("次级", "次级档", "subordinated", D("60000000"), "none", "", "过手", date(2027, 4, 26)),
        ),
        D("1216480233.09"), 15820, 15602, (("受托机构", "建信信托有限责任公司"), ("资金保管机构", "中国民生银行股份有限公司")), seed=23,
    )  # fmt: skip
