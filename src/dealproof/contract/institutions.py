"""Table `institutions`: the institutions that parties were matched to."""

from __future__ import annotations

from dealproof.contract.spec import ColumnSpec, TableSpec, text, word

KINDS = (
    "commercial_bank",
    "private_bank",
    "trust_company",
    "internet_platform",
    "microloan_company",
    "guarantee_company",
    "property_insurer",
    "factoring_company",
    "consumer_finance_company",
    "securities_company",
    "asset_manager",
    "rating_agency",
    "law_firm",
    "accounting_firm",
    "registrar",
    "other",
)

INSTITUTION_ID = ColumnSpec("institution_id", "string", "", "Key of the institution.", "机构标识。", key=True)

TABLE = TableSpec(
    "institutions",
    "institution",
    "Institutions that stand in the analysts' list.",
    "机构名录。",
    (
        INSTITUTION_ID,
        text("legal_name", "Full legal name.", "法定全称。"),
        text("short_name", "Usual short name.", "简称。"),
        word("kind", "Kind of institution.", "机构类型。", KINDS),
        text("provider_class", "Class of asset provider used in market reviews.", "资产提供方分类。"),
        text("parent_id", "Institution that controls this one.", "控股机构标识。"),
        text(
            "provider_group", "Coarse class of asset provider: 银行, 平台, or the class itself.", "资产提供方粗分类。"
        ),
    ),
)
