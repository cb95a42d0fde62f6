"""Queries over papers that must return nothing."""

CHECKS = {
    "every paper that is kept has its bytes": """
        SELECT id FROM evidence_paper WHERE octet_length(content_encrypted) < size_bytes
    """,
}
