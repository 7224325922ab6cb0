"""Table `parties`: who does what in a deal, per document."""

from __future__ import annotations

from dealproof.contract.spec import DEAL_ID, DOCUMENT_ID, TableSpec, number, text, word

ROLES = (
    "originator",
    "asset_provider",
    "servicer",
    "trustee",
    "custodian",
    "lead_underwriter",
    "underwriter",
    "registrar",
    "rating_agency",
    "law_firm",
    "accounting_firm",
    "liquidity_provider",
    "guarantor",
)
MATCHES = ("exact", "alias", "fuzzy", "reviewed", "unmatched")

TABLE = TableSpec(
    "parties",
    "deal × role × institution × document",
    "Institutions and their roles as each document names them.",
    "各文件所载参与机构及角色。",
    (
        DEAL_ID,
        word("role", "Role in the deal.", "角色。", ROLES, key=True),
        text("name", "Name as printed, normalised.", "机构名称（规范化原文）。", key=True),
        DOCUMENT_ID,
        text(
            "institution_id",
            "Institution that the name was matched to.",
            "匹配到的机构标识。",
            key=True,
            refers="institutions",
        ),
        word("match", "How the name was matched.", "匹配方式。", MATCHES),
        number("score", "Likeness of a fuzzy match, 0 to 100.", "模糊匹配相似度，0 至 100。"),
    ),
    decided=("institution_id",),
)
