"""HTML for the sample documents: tables in several styles, headings, prose, and the two producers that print it."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

Row = Sequence[object]
STYLES = {
    "ruled": "td,th{border:0.6pt solid #000}",
    "three": "table{border-top:1.2pt solid #000;border-bottom:1.2pt solid #000} thead tr:last-child th{border-bottom:0.6pt solid #000}",
    "zebra": "tbody tr:nth-child(even){background:#e9eff7} thead{background:#c9d8ee}",
    "plain": "td,th{border:none}",
    "rows": "tr{border-bottom:0.5pt solid #888}",
    "open": "td,th{border:0.6pt solid #000} td:first-child,th:first-child{border-left:none} td:last-child,th:last-child{border-right:none}",
    "dashed": "td,th{border:0.6pt dashed #333}",
}
PROSE = (
    "本部分内容依据各交易文件编写，所用词语与交易文件的定义相同，阅读时宜与备查文件一并参照。",
    "委托人将其持有的债权连同附属担保权益一并转让，转让自生效之日起对各方具有约束力。",
    "管理人定期核对回收款的归集与划付，发现差异的，于三个工作日内查明原因并留存记录。",
    "资产的回收受借款人经营周期与所在行业景气度的影响，各月之间可能出现波动。",
    "以上安排不构成对收益的承诺，投资人以其认购的份额承担相应的风险。",
    "服务机构按照与自有资产相同的标准开展催收，费用从回收款中列支。",
    "账户内的闲置资金可以存放于合格的存款银行，期限不得晚于最近一次分配。",
    "任何一方更换联系方式的，以书面通知送达之日为准，此前的送达仍然有效。",
)


def prose(start: int, lines: int) -> str:
    """Some paragraphs of filler prose."""
    texts = [PROSE[(start + n) % len(PROSE)] + PROSE[(start + n * 3 + 1) % len(PROSE)] for n in range(lines)]
    return "".join(f"<p>{text}</p>" for text in texts)


def table(rows: Sequence[Row], style: str, header: int = 1, extra: str = "") -> str:
    """An HTML table; a cell is a text or (text, colspan, rowspan)."""
    head = "".join(_row(row, "th") for row in rows[:header])
    body = "".join(_row(row, "td") for row in rows[header:])
    return f'<table class="{style} {extra}"><thead>{head}</thead><tbody>{body}</tbody></table>'


def _row(row: Row, tag: str) -> str:
    return "<tr>" + "".join(_cell(cell, tag) for cell in row) + "</tr>"


def _cell(cell: object, tag: str) -> str:
    text, columns, rows = cell if isinstance(cell, tuple) else (cell, 1, 1)
    bare = str(text).replace(",", "").replace(".", "").replace("%", "").strip()
    kind = "n" if bare.isdigit() else "t"
    spans = (f" colspan={columns}" if columns > 1 else "") + (f" rowspan={rows}" if rows > 1 else "")
    return f'<{tag} class="{kind}"{spans}>{text}</{tag}>'


def caption(text: str) -> str:
    """A centred caption above a table."""
    return f'<div class="cap">{text}</div>'


def unit(text: str) -> str:
    """A unit line at the right, above a table."""
    return f'<div class="unit">{text}</div>'


def heading(text: str, level: int = 2) -> str:
    """A heading."""
    return f"<h{level}>{text}</h{level}>"


def page_break() -> str:
    """A new page."""
    return '<div style="break-after:page"></div>'


def document(body: str, running: str = "", landscape: bool = False, watermark: str = "", size: float = 9.0) -> str:
    """A whole HTML document with running header, page numbers and styles."""
    rules = "".join(_scoped(name, css) for name, css in STYLES.items())
    mark = f'<div class="mark">{watermark}</div>' if watermark else ""
    paper = "A4 landscape" if landscape else "A4"
    return f"""<html lang="zh"><head><meta charset="utf-8"><style>
@page {{ size:{paper}; margin:22mm 20mm; @top-center {{ content:"{running}"; font:8pt "Noto Serif CJK SC","WenQuanYi Zen Hei" }} @bottom-center {{ content:counter(page); font-size:8pt }} }}
body {{ font-family:"WenQuanYi Zen Hei","Noto Serif CJK SC"; font-size:10.5pt; line-height:1.65; text-align:justify }}
h1 {{ text-align:center; font-size:19pt; margin-top:60mm }} h2 {{ font-size:13pt }} h3 {{ font-size:11.5pt }} p {{ text-indent:2em; margin:3pt 0 }}
table {{ width:100%; border-collapse:collapse; font-size:{size}pt; line-height:1.35; margin:3pt 0 9pt }} td,th {{ padding:2.5pt 4pt; font-weight:normal }}
th {{ text-align:center }} td.n {{ text-align:right }} td.t {{ text-align:left }} .cap {{ text-align:center; font-weight:bold; margin-top:6pt }} .unit {{ text-align:right; font-size:9pt }}
.center {{ text-align:center; text-indent:0 }} .spaced {{ text-align-last:justify }} sup {{ font-size:6pt }}
.mark {{ position:fixed; top:110mm; left:30mm; transform:rotate(-35deg); font-size:40pt; color:#ddd; z-index:-1 }}
{rules}</style></head><body>{mark}{body}</body></html>"""


def _scoped(name: str, css: str) -> str:
    found = []
    for part in css.split("}"):
        if "{" in part:
            selectors, rule = part.split("{")
            scoped = [
                f"table.{name}" if s.strip() == "table" else f"table.{name} {s.strip()}" for s in selectors.split(",")
            ]
            found.append(f"{','.join(scoped)}{{{rule}}}")
    return "".join(found)


def print_pdf(html: str, target: Path, producer: str) -> None:
    """Print with WeasyPrint or headless Chromium. Raises RuntimeError when Chromium gives no file."""
    if producer == "weasyprint":
        import weasyprint

        weasyprint.HTML(string=html).write_pdf(str(target))
        return
    with TemporaryDirectory() as folder:
        source = Path(folder) / "page.html"
        source.write_text(html, encoding="utf-8")
        command = [
            "chromium",
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-pdf-header-footer",
            f"--print-to-pdf={target}",
            str(source),
        ]
        done = subprocess.run(command, capture_output=True, check=False)
        if not target.exists():
            raise RuntimeError(done.stderr.decode(errors="replace"))
