"""What is known of papers without opening one."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass

from lindung.evidence.models import Paper


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """Format (``pdf``, ``jpeg``, ``png``) and size of what is kept."""

    format: str
    size_bytes: int


def facts_of(paper_ids: Collection[int]) -> dict[int, PaperFacts]:
    """Paper -> what is known of it."""
    rows = Paper.objects.filter(pk__in=paper_ids).values_list("id", "format", "size_bytes")
    return {paper_id: PaperFacts(kind, size) for paper_id, kind, size in rows}


def is_same(paper_id: int, content: bytes) -> bool:
    """Whether a paper was sent as these very bytes."""
    return Paper.objects.filter(pk=paper_id, sha256=hashlib.sha256(content).digest()).exists()
