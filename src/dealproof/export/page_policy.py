"""What a page of ours may do: run and look as it was written, and nothing else, whatever text of strangers stands in it."""

from __future__ import annotations

import base64
import hashlib

from markupsafe import Markup


def content_policy(styles: tuple[str, ...], scripts: tuple[str, ...] = ()) -> Markup:
    """The content security policy of a page with these inline styles and scripts, for its head: nothing is fetched, no
    other script runs, no text becomes code, nothing is sent."""
    rules = (
        "default-src 'none'",
        f"style-src {_hashes(styles)}",
        f"script-src {_hashes(scripts)}",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    )
    return Markup('<meta http-equiv="Content-Security-Policy" content="{}">').format(Markup("; ".join(rules)))


def _hashes(texts: tuple[str, ...]) -> str:
    """The sources of these texts and of no others; `'none'` where there is none."""
    hashes = [base64.b64encode(hashlib.sha256(str(text).encode()).digest()).decode() for text in texts]
    return " ".join(f"'sha256-{one}'" for one in hashes) or "'none'"
