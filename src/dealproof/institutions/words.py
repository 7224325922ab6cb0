"""The words that Chinese institution names are made of. Data only; `anatomy.py` takes names apart with it.

A legal name reads region + brand + type word + legal form: 浙江 | 泰隆 | 商业银行 | 股份有限公司. Region and brand
are what tells one institution from another; the type word is its licence; the legal form tells nothing.
Sources: the administrative divisions of China, the licence names of the financial regulators, company law.
"""

from __future__ import annotations

from dataclasses import dataclass

#: Legal forms, longest first, as they end a name.
LEGAL_FORMS = (
    "股份有限责任公司",
    "股份有限公司",
    "有限责任公司",
    "(特殊普通合伙)",
    "(普通合伙)",
    "(有限合伙)",
    "股份公司",
    "有限公司",
    "总公司",
    "公司",
)

#: What the edge of a column leaves of a legal form, longest first.
CUT_FORMS = tuple(
    sorted(
        {
            form[:length]
            for form in ("股份有限公司", "有限责任公司", "(特殊普通合伙)")
            for length in range(2, len(form))
            if form[:length] not in LEGAL_FORMS
        },
        key=len,
        reverse=True,
    )
)

#: Type words by family, longest first within a family. The first is the full form.
FAMILIES: dict[str, tuple[str, ...]] = {
    "village_bank": ("村镇银行",),
    "rural_bank": ("农村商业银行", "农商银行", "农村商行", "农商行"),
    "rural_cooperative": ("农村信用合作联社", "农村信用联社", "农村合作银行", "农信联社", "信用社", "联社"),
    "financial_leasing": ("金融租赁", "金租"),
    "leasing": ("国际融资租赁", "融资租赁", "租赁"),
    "consumer_finance": ("消费金融", "消金"),
    "auto_finance": ("汽车金融", "汽金"),
    "asset_investment": ("金融资产投资",),
    "bank": ("商业银行", "银行"),
    "trust": ("国际信托投资", "国际信托", "信托投资", "信托"),
    "trust_registry": ("信托登记",),
    "securities_underwriting": ("证券承销保荐",),
    "securities_asset_management": ("证券资产管理", "证券资管"),
    "insurance_asset_management": ("保险资产管理", "保险资管"),
    "asset_management": ("资产管理", "资管"),
    "securities": ("证券",),
    "microloan": ("网络金融小额贷款", "网络小额贷款", "互联网小额贷款", "小额贷款", "网络小贷", "小贷"),
    "guarantee": ("融资性担保", "融资担保", "非融资性担保", "担保"),
    "factoring": ("商业保理", "保理"),
    "finance_company": ("财务",),
    "wealth": ("理财",),
    "fund": ("基金管理", "基金"),
    "property_insurance": ("财产保险", "产险", "财险"),
    "life_insurance": ("人寿保险", "人寿", "寿险"),
    "insurance": ("养老保险", "健康保险", "再保险", "保险控股", "保险"),
    "rating": ("信用评级", "信用评估", "评级", "信评", "信用"),
    "rating_consulting": ("资信评估投资服务", "资信评估", "资信"),
    "rating_securities": ("证券评估", "证评"),
    "accounting": ("会计师事务所", "会计事务所"),
    "law": ("律师事务所",),
    "futures": ("期货",),
    "money_broker": ("货币经纪",),
    "payment": ("第三方支付", "支付"),
}

#: Abbreviations of type words that stand for exactly one full form, whoever uses them: 美团小贷 is 美团小额贷款.
SPELLED_OUT = {
    "农村商行": "农村商业银行",
    "农商银行": "农村商业银行",
    "农商行": "农村商业银行",
    "消金": "消费金融",
    "汽金": "汽车金融",
    "金租": "金融租赁",
    "小贷": "小额贷款",
    "财险": "财产保险",
    "产险": "财产保险",
    "证券资管": "证券资产管理",
    "保险资管": "保险资产管理",
}

#: Short type words that may arise by chance from two halves of a long one (融金租赁).
ABBREVIATIONS = frozenset({"金租", "消金", "汽金", "小贷", "资管"})

BANKS = frozenset({"bank", "rural_bank", "village_bank", "rural_cooperative"})

#: Licences that are few: where the list holds at least so many of them, it holds practically all, and a brand's
#: beginning names one institution (华能信托 is 华能贵诚信托). Counts of the regulator's lists of 2025, less a tenth.
#: Of companies without a licence, the list is complete where it holds all that are listed on the exchanges.
COMPLETE_FAMILIES = {"trust": 60, "consumer_finance": 28, "auto_finance": 22, "company": 4000}

#: Licences of which registers are kept, so that a full name that is nobody's is a misprint: their holders do not
#: found sisters that differ by one character, as the groups of microloan, factoring and leasing companies do.
REGISTERED = frozenset(
    {
        "bank",
        "trust",
        "consumer_finance",
        "auto_finance",
        "financial_leasing",
        "finance_company",
        "asset_management",
        "asset_investment",
        "securities",
        "securities_asset_management",
        "wealth",
        "rating",
        "rating_consulting",
        "rating_securities",
        "accounting",
        "law",
    }
)


@dataclass(frozen=True, slots=True)
class Register:
    """How many hold a licence, and the region and brand that holders once had and no longer have."""

    holders: int
    once_called: frozenset[str]


#: Licences of which all holders and their former names are known: the regulator's list of 2025, announcements of renames.
WHOLE_REGISTERS = {
    "consumer_finance": Register(
        31, frozenset({"捷信", "华融", "宁银", "苏宁", "包银", "包头市包银", "重庆马上", "北京银行"})
    )
}

#: Places that come near to a city of three characters in one of them.
OTHER_LONG_PLACES = ("石景山", "张家川")

#: Licences whose holders trade under their brand alone (中证鹏元); elsewhere a brand is a whole group's.
BRAND_ALONE = frozenset({"rating", "rating_consulting", "rating_securities", "accounting", "law"})

#: Words that many names share: what is left of a name without its region must be more than these.
GENERIC = (
    "集团 港口 钢铁 矿业 煤业 煤炭 能源 电力 电网 石油 石化 化工 交通 运输 高速 铁路 航空 汽车 建设 建工 建筑 投资 发展 国际 控股 实业 "
    "产业 工业 商业 农业 农村 农业 城市 联合 股份 国有 资产 资本 金融 科技 中小企业 小微企业 企业 融资 机场 水务 旅游 地产 置业 贸易 "
    "物流 供销 粮食 烟草 传媒 文化 教育 医药 信用 再 省 市 县 区"
).split()

#: Families whose names with and without （中国） name one institution; a bank's may be the parent abroad.
CHINA_BRACKET_OPTIONAL = frozenset({"auto_finance", "rating", "leasing"})

#: Kinds of institution (`institutions.kind`) that may hold a role; roles not named here may be anybody's.
ROLE_FAMILIES: dict[str, frozenset[str]] = {
    "rating_agency": frozenset({"rating", "rating_consulting", "rating_securities"}),
    "law_firm": frozenset({"law"}),
    "accounting_firm": frozenset({"accounting"}),
    "custodian": BANKS | {"trust_registry", "company"},
    "registrar": frozenset({"company", "trust_registry"}),
}

BRANCH_ENDINGS = (
    "分行",
    "支行",
    "分理处",
    "营业部",
    "营业所",
    "营业室",
    "储蓄所",
    "分公司",
    "分社",
    "分所",
    "办事处",
    "清算中心",
    "结算中心",
    "信用卡中心",
    "资金运营中心",
    "资产托管部",
    "托管部",
    "金融市场部",
    "投资银行部",
)

#: Words that a document sets before or behind a name, with or without brackets; longest first when used.
ROLE_WORDS = (
    "保荐机构",
    "保荐人",
    "牵头主承销商",
    "副主承销商",
    "联席主承销商",
    "主承销商",
    "承销商",
    "簿记管理人",
    "发起机构",
    "发起人",
    "委托机构",
    "委托人",
    "受托机构",
    "受托人",
    "发行载体管理机构",
    "发行载体",
    "发行人名称",
    "发行人",
    "发行机构",
    "贷款服务机构",
    "资产服务机构",
    "资产服务人",
    "服务机构",
    "资金保管机构",
    "资金保管银行",
    "保管机构",
    "托管银行",
    "托管机构",
    "托管人",
    "监管银行",
    "登记托管机构",
    "支付代理机构",
    "登记机构",
    "原始权益人",
    "资产提供方",
    "资产出售方",
    "计划管理人",
    "管理人",
    "销售机构",
    "推广机构",
    "信用评级机构",
    "评级机构",
    "法律顾问",
    "会计顾问",
    "税务顾问",
    "财务顾问",
    "审计机构",
    "流动性支持机构",
    "差额支付承诺人",
    "差额补足承诺人",
    "担保人",
    "保证人",
    "担保机构",
    "借款人",
    "贷款人",
    "公开发行",
    "发行稿",
    "名称",
    "机构名称",
    "清算行",
    "总行",
)

#: Cells in the name column that name nobody.
NOT_NAMES = frozenset(
    {
        "无",
        "不适用",
        "待定",
        "总计",
        "合计",
        "小计",
        "其他",
        "本行",
        "我行",
        "本公司",
        "我司",
        "同上",
        "未予评级",
        "无评级",
        "无票面利率",
        "未评级",
        "暂无",
        "见下",
        "详见",
        "机构",
        "公司",
        "银行",
        "信托",
        "证券",
        *ROLE_WORDS,
    }
)

#: Places outside the mainland: an institution there is another legal person, whatever its name looks like.
ABROAD = ("香港", "澳门", "台湾", "亚洲", "新加坡", "伦敦", "欧洲", "美国", "海外", "纽约", "日本", "韩国")

PROVINCES = (
    "北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南 "
    "陕西 甘肃 青海 内蒙古 广西 西藏 宁夏 新疆"
).split()

CITIES = (
    "石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水 太原 大同 阳泉 长治 晋城 朔州 晋中 运城 忻州 临汾 吕梁 "
    "呼和浩特 包头 乌海 赤峰 通辽 鄂尔多斯 呼伦贝尔 巴彦淖尔 乌兰察布 沈阳 大连 鞍山 抚顺 本溪 丹东 锦州 营口 阜新 辽阳 盘锦 "
    "铁岭 朝阳 葫芦岛 长春 四平 辽源 通化 白山 松原 白城 延边 哈尔滨 齐齐哈尔 鸡西 鹤岗 双鸭山 大庆 伊春 佳木斯 七台河 "
    "牡丹江 黑河 绥化 南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁 杭州 宁波 温州 嘉兴 湖州 绍兴 金华 "
    "衢州 舟山 台州 丽水 合肥 芜湖 蚌埠 淮南 马鞍山 淮北 铜陵 安庆 黄山 滁州 阜阳 宿州 六安 亳州 池州 宣城 福州 厦门 莆田 "
    "三明 泉州 漳州 南平 龙岩 宁德 南昌 景德镇 萍乡 九江 新余 鹰潭 赣州 吉安 宜春 抚州 上饶 济南 青岛 淄博 枣庄 东营 烟台 "
    "潍坊 济宁 泰安 威海 日照 莱芜 临沂 德州 聊城 滨州 菏泽 郑州 开封 洛阳 平顶山 安阳 鹤壁 新乡 焦作 濮阳 许昌 漯河 三门峡 "
    "南阳 商丘 信阳 周口 驻马店 武汉 黄石 十堰 宜昌 襄阳 鄂州 荆门 孝感 荆州 黄冈 咸宁 随州 恩施 长沙 株洲 湘潭 衡阳 邵阳 岳阳 "
    "常德 张家界 益阳 郴州 永州 怀化 娄底 湘西 广州 韶关 深圳 珠海 汕头 佛山 江门 湛江 茂名 肇庆 惠州 梅州 汕尾 河源 阳江 清远 "
    "东莞 中山 潮州 揭阳 云浮 南宁 柳州 桂林 梧州 北海 防城港 钦州 贵港 玉林 百色 贺州 河池 来宾 崇左 海口 三亚 成都 自贡 攀枝花 "
    "泸州 德阳 绵阳 广元 遂宁 内江 乐山 南充 眉山 宜宾 广安 达州 雅安 巴中 资阳 凉山 贵阳 六盘水 遵义 安顺 毕节 铜仁 昆明 曲靖 "
    "玉溪 保山 昭通 丽江 普洱 临沧 大理 拉萨 西安 铜川 宝鸡 咸阳 渭南 延安 汉中 榆林 安康 商洛 兰州 嘉峪关 金昌 白银 天水 武威 "
    "张掖 平凉 酒泉 庆阳 定西 陇南 西宁 银川 石嘴山 吴忠 固原 中卫 乌鲁木齐 克拉玛依 吐鲁番 哈密 昌吉 "
    "江阴 宜兴 常熟 张家港 昆山 太仓 义乌 慈溪 余姚 海宁 桐乡 诸暨 晋江 石狮 前海 横琴 浦东 中关村"
).split()

#: Words that stand in the names of companies: a misprint that makes one of them may be another company.
COMPANY_WORDS = frozenset(
    (
        "服务 商务 业务 事务 政务 税务 法务 劳务 资本 管理 投资 咨询 科技 信息 网络 数据 软件 技术 工程 建设 建筑 装饰 设计 "
        "规划 监理 检测 评估 评价 征信 资信 信贷 信保 信达 信通 信息 信用 信托 证券 证通 证联 银行 银联 银河 银泰 银座 银杏 行政 金融 "
        "金控 金服 金服 金属 金山 融资 融通 融合 融创 租赁 租车 担保 保理 保险 保障 保安 保洁 小额 贷款 基金 基建 基础 基地 期货 理财 财务 "
        "财富 财产 财险 产险 产业 产品 寿险 人寿 养老 健康 医疗 医药 生物 化工 化学 石油 石化 煤炭 煤业 矿业 钢铁 冶金 有色 电力 电网 "
        "电子 电气 电器 电信 通信 通讯 通用 能源 新能 环保 环境 水务 水利 水泥 燃气 热力 供热 供电 航空 航天 航运 船舶 港口 港务 码头 "
        "物流 运输 快递 仓储 铁路 高速 公路 交通 汽车 汽贸 轨道 地铁 公交 出租 旅游 酒店 餐饮 食品 饮料 酒业 农业 林业 牧业 渔业 种业 粮油 "
        "粮食 供销 商业 商贸 贸易 进出 百货 零售 超市 电商 连锁 文化 传媒 影视 出版 广告 教育 培训 体育 娱乐 游戏 地产 房产 置业 物业 "
        "园区 开发 发展 实业 控股 集团 股份 国际 创业 创投 创新 孵化 制造 机械 设备 装备 仪器 材料 塑料 橡胶 纺织 服装 家具 家居 造纸 印刷 "
        "包装 玻璃 陶瓷 光电 光伏 半导 芯片 智能 机器 自动 控制 系统 平台 互联 在线 支付 结算 清算 登记 交易 拍卖 典当 经纪 代理 中介 "
        "外贸 内贸 合作 联合 联盟 协会 中心 研究 学院 医院 银发 资产 资金 资源 资讯 国资 城投 城建 交投 水投 农投 文旅 村镇 镇村 农村 农商 "
        "农垦 农机 信合 商行 消费 消防 费用 会计 律师 师范 审计 鉴证 认证 公证"
    ).split()
)
